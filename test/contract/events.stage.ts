/** What the chapters of the log are told with: people, and what they do by HTTP. */
import type { Uuid } from '@fil-rouge/kernel';
import { newReferral, Person } from '../journeys/driver';
import { assemble, bodiesOf, type Action, type People } from '../journeys/referral-states';
import { today } from '../support/clock';
import type { TestSystem } from '../support/system';

export interface Stage extends People {
  readonly system: TestSystem;
  readonly manager: Person;
  /** A case of an invented resident, led by the sender. */
  open(firstName: string, lastName: string, more?: { resident?: object; summary?: string }): Promise<Uuid>;
  refer(caseId: Uuid, to: Person, need: string, more?: object, by?: Person): Promise<Uuid>;
  handOver(caseId: Uuid, by: Person, asked: object): Promise<Uuid>;
  on(referral: Uuid, ...steps: [Person, Action, object?][]): Promise<void>;
  decide(structureId: Uuid, ...decisions: string[]): Promise<void>;
  /** Day by day, so that everything falls due on its day. */
  pass(days: number): Promise<void>;
}

export const opening = (
  firstName: string,
  lastName: string,
  { resident = {}, ...more }: { resident?: object; summary?: string } = {},
) => ({
  resident: { firstName, lastName, birthYear: 1948, commune: '72264', ...resident },
  themes: ['email', 'sante'],
  informed: { on: today(), how: 'oral' },
  confirmNotDuplicate: true,
  ...more,
});
export async function setStage(started: TestSystem): Promise<Stage> {
  const { baseUrl, clock, account, password } = started;
  const people = await assemble(started);
  return {
    ...people,
    system: started,
    manager: await Person.signIn(baseUrl, account('responsable'), password),
    open: async (...who) => (await people.sender.do('/v1/cases', opening(...who))).id,
    refer: async (caseId, { structureId }, need, more = {}, by = people.sender) =>
      (await by.do(`/v1/cases/${caseId}/referrals`, newReferral(structureId, { needs: [need], ...more }))).id,
    handOver: async (caseId, by, asked) => (await by.do(`/v1/cases/${caseId}/handovers`, asked)).id,
    async on(referral, ...steps) {
      for (const [by, action, body] of steps)
        await by.do(`/v1/referrals/${referral}/${action}`, body ?? bodiesOf(people)[action]);
    },
    async decide(structureId, ...decisions) {
      for (const status of decisions) {
        await people.administrator.do(`/v1/structures/${structureId}/decisions`, {
          status,
          decidedOn: today(),
          reference: 'DEC-72-7',
        });
        await started.settle();
      }
    },
    async pass(days) {
      for (let day = 0; day < days; day++) {
        clock.advance({ days: 1 });
        await started.settle();
      }
    },
  };
}

export const pushTo = ({ structureId }: Person) => ({
  kind: 'push',
  toStructureId: structureId,
  note: 'Vient de déménager à La Flèche.',
});
export const informed = () => ({ informed: { on: today(), how: 'written' } });
export const inSarthe = {
  typology: 'ASSO',
  communes: ['72264', '72181'],
  services: ['Maîtrise des outils numériques du quotidien'],
};
