/** What the specs of entries made in error have in common: a case between two structures, and who records, corrects and cancels on it. */
import { rebuild } from '../support/rebuild';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, Person, type View } from './driver';

export interface Session extends View {
  minutes: number;
  summary?: string;
  privateNote?: string;
  cancelled?: { reason: string; comment?: string; privateNote?: string };
  movedTo?: { caseId: string; sessionId: string };
  movedFrom?: { caseId: string; sessionId: string };
  versions: { minutes: number }[];
}

export let system: TestSystem;
export let lead: Person;
export let colleague: Person;
export let recipient: Person;
export let manager: Person;
export let coordinator: Person;

export const open = async (): Promise<string> => (await lead.do('/v1/cases', newCase())).id;

/** The logs alone give the same entries. */
export async function expectNothingLost(): Promise<void> {
  const rows = () =>
    system.database.query('select id, status, corrections, minutes, text_event from session_entry order by id');
  const before = await rows();
  expect(await rebuild(system.database)).toEqual([]);
  expect(await rows()).toEqual(before);
}

/** For the tests of one file: a system in which all of them are signed in. */
export function everybody(): void {
  beforeAll(async () => {
    system = await startSystem();
    const enter = (role: string, structure?: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    [lead, colleague, recipient, manager, coordinator] = await Promise.all([
      enter('conseiller'),
      enter('responsable'),
      enter('conseiller', 'la-poste'),
      enter('responsable', 'la-poste'),
      enter('coordinateur'),
    ]);
  });
  afterAll(() => system.stop());
}
