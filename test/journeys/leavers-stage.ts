/** What the specs of a leaver’s cases have in common: the Département and its placed counsellors, who leave one after the other. */
import { startSystem, type TestSystem } from '../support/system';
import { newCase, Person } from './driver';
import { asBatch, batches, type Batch } from './leavers-story';

export let system: TestSystem;
export let manager: Person;
export let coordinator: Person;
export let administrator: Person;
export let laPoste: Person;
let leavers = 0;

export const enter = (account: string): Promise<Person> =>
  Person.signIn(system.baseUrl, `${account}.demo`, system.password);

export async function everybodyEnters(): Promise<void> {
  [manager, coordinator, administrator, laPoste] = (await Promise.all(
    [
      'responsable@departement-sarthe',
      'coordinateur@departement-sarthe',
      'administrateur@departement-sarthe',
      'conseiller@la-poste',
    ].map(enter),
  )) as [Person, Person, Person, Person];
}

/** One of the Département's placed counsellors, another one each time. */
const placed = [
  'pays-flechois',
  'huisne-sarthoise',
  'pays-sabolien',
  'val-de-sarthe',
  'sud-sarthe',
  'maine-saosnois',
  'braye-et-anille',
  'gesnois-bilurien',
  'loir-luce-berce',
];
export const leaver = (): Promise<Person> => enter(`conseiller.${placed[leavers++]!}@departement-sarthe`);

export const openCases = async (person: Person, count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push((await person.do('/v1/cases', newCase())).id);
  return ids.sort();
};
export const open = async (by: Person, body: object): Promise<Batch> => asBatch(await by.do(batches, body));
export const read = async (by: Person, id: string): Promise<Batch> => asBatch(await by.get(`${batches}/${id}`));

export async function carriedOut(by: Person, id: string, status = 'done'): Promise<Batch> {
  await system.settle();
  const batch = await read(by, id);
  expect(batch.status).toBe(status);
  return batch;
}

export async function endEmployment(person: Person): Promise<number> {
  const { employments } = (await manager.get(`/v1/users/${person.id}`)) as unknown as {
    employments: { id: string; ended: boolean }[];
  };
  const employment = employments.find(({ ended }) => !ended)!;
  return (await manager.post(`/v1/users/${person.id}/employments/${employment.id}/end`)).status;
}

/** For the tests of one `describe`: a system in which those who stay are signed in. */
export function departement(): void {
  beforeAll(async () => {
    system = await startSystem();
    await everybodyEnters();
  });
  afterAll(() => system.stop());
}
