/** What the specs of tasks have in common: who follows a case, who is asked to help, and what each has to do. */
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, Person } from './driver';

export interface Task {
  id: string;
  kind: string;
  title: string;
  dueAt: string;
  late: boolean;
  urgent?: boolean;
  assignee?: { id: string };
  caseId?: string;
  referralId?: string;
  handoverId?: string;
}
export let system: TestSystem;
export let people: Record<
  'lead' | 'leadManager' | 'colleague' | 'post' | 'postManager' | 'afpa' | 'coordinator',
  Person
>;
let start: string;

/** Somebody else who counsels for the same structure. */
async function another(but: string): Promise<Person> {
  const [found] = await system.database.query<{ email: string }>(
    `
      select a.email from account b join employment x on x.user_id = b.id join employment e on e.structure_id = x.structure_id join account a on a.id = e.user_id
      where b.email = $1 and e.role = 'counsellor' and a.id <> b.id limit 1`,
    [but],
  );
  return Person.signIn(system.baseUrl, found!.email, system.password);
}
export const open = async () => (await people.lead.do('/v1/cases', newCase())).id;
export const refer = async (caseId: string, more: object = {}) =>
  (await people.lead.do(`/v1/cases/${caseId}/referrals`, newReferral(people.post.structureId, { ...more }))).id;

/** For the tests of one `describe`: a system in which they are signed in, each test on the same morning. */
export function everybody(): void {
  beforeAll(async () => {
    system = await startSystem();
    start = system.clock.now();
    const enter = (role: string, structure: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    people = {
      lead: await enter('conseiller', 'departement-sarthe'),
      leadManager: await enter('responsable', 'departement-sarthe'),
      colleague: await another('conseiller@departement-sarthe.demo'),
      post: await enter('conseiller', 'la-poste'),
      postManager: await enter('responsable', 'la-poste'),
      afpa: await enter('conseiller', 'afpa'),
      coordinator: await enter('coordinateur', 'departement-sarthe'),
    };
  });
  afterAll(() => system.stop());
  beforeEach(() => system.clock.set(start));
}
