import { randomUUID } from 'node:crypto';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, type Answer, type View } from './driver';

/** Whoever takes part in one of the two records, or in none. */
export const accounts = {
  lead: 'conseiller@departement-sarthe',
  otherLead: 'conseiller@la-poste',
  helper: 'conseiller@fal-72',
  otherHelper: 'conseiller@afpa',
  asked: 'conseiller@croix-rouge',
  successor: 'conseiller@cc-sud-sarthe',
  unrelated: 'conseiller@ville-allonnes',
  coordinator: 'coordinateur@departement-sarthe',
  auditor: 'auditeur@departement-sarthe',
} as const;
export type People = Record<keyof typeof accounts, Person>;

export async function assemble({ baseUrl, password }: Pick<TestSystem, 'baseUrl' | 'password'>): Promise<People> {
  const people: Partial<People> = {};
  for (const [name, account] of Object.entries(accounts))
    people[name as keyof People] = await Person.signIn(baseUrl, `${account}.demo`, password);
  return people as People;
}

export interface Twins {
  /** The same person under two spellings: opened by the lead, and again by the other lead. */
  readonly survivor: string;
  readonly loser: string;
  readonly name: string;
  readonly otherName: string;
}

const letters = () =>
  randomUUID()
    .replace(/[^a-f]/g, '')
    .padEnd(4, 'b');

export async function openTwice({ lead, otherLead }: People): Promise<Twins> {
  const [name, otherName] = [`Ancelin${letters()}`, `Zuvanot${letters()}`];
  const called = (lastName: string) => {
    const body = newCase();
    return { ...body, resident: { ...(body['resident'] as object), firstName: 'Camille', lastName } };
  };
  const { id: survivor } = await lead.do('/v1/cases', called(name));
  const { id: loser } = await otherLead.do('/v1/cases', called(otherName));
  return { survivor, loser, name, otherName };
}

export interface Stage {
  system: TestSystem;
  people: People;
  twins: Twins;
}

/** For the tests of one `describe`: a system with everybody in it, and before each test a resident who was opened twice. */
export function stageWithTwins(): Stage {
  const stage = {} as Stage;
  beforeAll(async () => {
    stage.system = await startSystem();
    stage.people = await assemble(stage.system);
  });
  afterAll(() => stage.system.stop());
  beforeEach(async () => {
    stage.twins = await openTwice(stage.people);
  });
  return stage;
}

/** Both records with sessions and referrals; on the loser one accepted, one unanswered, one declined, and a handover that waits. */
export interface LivedIn extends Twins {
  readonly helping: string;
  readonly accepted: string;
  readonly unanswered: string;
  readonly declined: string;
  readonly handover: string;
  readonly otherSession: string;
}

export async function liveIn(people: People): Promise<LivedIn> {
  const twins = await openTwice(people);
  const { survivor, loser } = twins;
  const { lead, otherLead, helper, otherHelper, asked, successor } = people;
  const refer = async (from: Person, caseId: string, to: Person, needs: string[]) =>
    (await from.do(`/v1/cases/${caseId}/referrals`, newReferral(to.structureId, { needs }))).id;
  await lead.do(`/v1/cases/${survivor}/sessions`, newSession({ summary: 'Premier rendez-vous au Département.' }));
  const otherSession = (
    await otherLead.do(
      `/v1/cases/${loser}/sessions`,
      newSession({ summary: 'Rendez-vous à La Poste.', privateNote: 'Note de La Poste.' }),
    )
  ).id;
  const helping = await refer(lead, survivor, helper, ['bureautique']);
  await helper.do(`/v1/referrals/${helping}/accept`);
  const accepted = await refer(otherLead, loser, otherHelper, ['email']);
  await otherHelper.do(`/v1/referrals/${accepted}/accept`);
  await otherHelper.do(
    `/v1/cases/${loser}/sessions`,
    newSession({ summary: 'Séance à l’Afpa.', privateNote: 'Note de l’Afpa.' }),
  );
  const unanswered = await refer(otherLead, loser, asked, ['sante']);
  const declined = await refer(otherLead, loser, asked, ['scolarite_et_numerique']);
  await asked.do(`/v1/referrals/${declined}/decline`, { reason: 'no_capacity' });
  const handover = (
    await otherLead.do(`/v1/cases/${loser}/handovers`, {
      kind: 'push',
      toStructureId: successor.structureId,
      note: 'Déménage bientôt.',
    })
  ).id;
  return { ...twins, helping, accepted, unanswered, declined, handover, otherSession };
}

export const merge = (
  { coordinator }: People,
  { loser, survivor }: Pick<Twins, 'loser' | 'survivor'>,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  coordinator.post(
    `/v1/cases/${loser}/merge`,
    { intoCaseId: survivor, reason: 'Même personne, deux orthographes.' },
    headers,
  );

export interface Entry extends View {
  text?: string;
  privateNote?: string;
  cancelled?: boolean;
  data: Record<string, unknown>;
}
export const timeline = (person: Person, caseId: string, limit = 100): Promise<Entry[]> =>
  person.all(`/v1/cases/${caseId}/timeline`, limit) as Promise<Entry[]>;
export const typesOf = (entries: readonly { type: string }[]): string[] => entries.map(({ type }) => type);
