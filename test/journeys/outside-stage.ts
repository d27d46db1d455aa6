/** Who sends residents outside the network in the stories of it, and reads what came of it. */
import { startSystem, type SystemOptions, type TestSystem } from '../support/system';
import { newCase, newOutside, newReferral, Person, type View } from './driver';

export interface Outside extends View {
  recipient: string;
  place?: string;
  outcome?: string;
  outcomeOn?: string;
  ended?: { actor?: { id: string }; comment?: string };
  resident?: { firstName?: string; lastName?: string };
}

export let system: TestSystem;
export let lead: Person, contributor: Person, stranger: Person, coordinator: Person, auditor: Person;

export function everybody(options: () => Promise<SystemOptions> = () => Promise.resolve({})): void {
  beforeAll(async () => {
    system = await startSystem(await options());
    const enter = (account: string) => Person.signIn(system.baseUrl, `${account}.demo`, system.password);
    [lead, contributor, stranger, coordinator, auditor] = (await Promise.all(
      [
        'conseiller@departement-sarthe',
        'conseiller@la-poste',
        'conseiller@afpa',
        'coordinateur@departement-sarthe',
        'auditeur@departement-sarthe',
      ].map(enter),
    )) as [Person, Person, Person, Person, Person];
  });
  afterAll(() => system.stop());
}

export const refused = async (answer: ReturnType<Person['post']>) => {
  const { status, body } = await answer;
  return [status, body.code, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
};
export const open = async (): Promise<string> => {
  const { id } = await lead.do('/v1/cases', newCase());
  const { id: referral } = await lead.do(`/v1/cases/${id}/referrals`, newReferral(contributor.structureId));
  await contributor.do(`/v1/referrals/${referral}/accept`);
  return id;
};
export const at = (caseId: string): string => `/v1/cases/${caseId}/outside-referrals`;
export const send = async (caseId: string, more: object = {}, by = lead): Promise<Outside> =>
  (await by.do(at(caseId), newOutside(more))) as Outside;
export const caf = { name: 'Caf de la Sarthe', place: 'Le Mans', message: 'Aide au logement.' };
