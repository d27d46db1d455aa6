/** What the specs of a structure that changes have in common: who leads, who decides for the State, and what is told of it. */
import { startSystem, type TestSystem } from '../support/system';
import { Person, type View } from './driver';

interface Notice extends View {
  title: string;
  count?: number;
  referralId?: string;
}
export let system: TestSystem;
export let lead: Person;
export let coordinator: Person;
export let administrator: Person;
export let laPoste: Person;

export const enter = (account: string): Promise<Person> =>
  Person.signIn(system.baseUrl, `${account}.demo`, system.password);

export const decide = async (structureId: string, status: string): Promise<void> => {
  await administrator.do(`/v1/structures/${structureId}/decisions`, {
    status,
    decidedOn: system.clock.now().slice(0, 10),
    reference: 'DEC-72',
  });
  await system.settle();
};
export const notices = async (person: Person, type: string): Promise<Notice[]> =>
  ((await person.all('/v1/notifications')) as Notice[]).filter((notice) => notice.type === type);

/** For the tests of one `describe`: a system in which they are signed in. */
export function network(): void {
  beforeAll(async () => {
    system = await startSystem();
    [lead, coordinator, administrator, laPoste] = (await Promise.all(
      [
        'conseiller@departement-sarthe',
        'coordinateur@departement-sarthe',
        'administrateur@departement-sarthe',
        'conseiller@la-poste',
      ].map(enter),
    )) as [Person, Person, Person, Person];
  });
  afterAll(() => system.stop());
}
