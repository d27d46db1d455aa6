/** Who is near a resident: the directory from the nearest on, why each comes where it does, and the same order as what is proposed of a leaver's cases. */
import { nearnessValues, type Capacity } from '@fil-rouge/kernel';
import { communesOfEpci, nearnessOf, type StructureRecord } from '@fil-rouge/users';
import { startSystem, type TestSystem } from '../support/system';
import { Person, type View } from './driver';

interface Line extends View {
  nearness?: string;
  capacity: Capacity;
  acceptsReferrals: boolean;
}

const [sable, laFleche, mamers, leMans, laval, angers, solesmes] = [
  '72264',
  '72154',
  '72180',
  '72181',
  '53130',
  '49007',
  '72336',
] as const;
const [paysSabolien, maineSaosnois] = ['247200090', '200072676'] as const;

let system: TestSystem;
let lead: Person, manager: Person, administrator: Person, auditor: Person, elsewhere: Person;

beforeAll(async () => {
  system = await startSystem();
  const enter = (account: string) => Person.signIn(system.baseUrl, `${account}.demo`, system.password);
  [lead, manager, administrator, auditor, elsewhere] = (await Promise.all(
    [
      'conseiller@departement-sarthe',
      'responsable@la-poste',
      'administrateur@departement-sarthe',
      'auditeur@departement-sarthe',
      'conseiller@afpa',
    ].map(enter),
  )) as [Person, Person, Person, Person, Person];
});
afterAll(() => system.stop());

const near = async (by: Person, query: string, limit = 100): Promise<Line[]> =>
  (await by.all(`/v1/structures?${query}`, limit)) as Line[];
const declare = (name: string, communes: readonly string[]): Promise<View> =>
  administrator.do('/v1/structures', {
    name,
    typology: 'ASSO',
    communes: [...communes],
    services: ['Maîtrise des outils numériques du quotidien'],
  });
const orderOf = ({ nearness, capacity }: Line): number =>
  nearnessValues.indexOf(nearness as (typeof nearnessValues)[number]) * 3 +
  ['open', 'waiting_list', 'full'].indexOf(capacity);

it('comes from the nearest on and says why, whoever asks and however long the pages are', async () => {
  for (const communes of [[sable], [solesmes, sable], [laFleche], [laval, mamers], [laval], [sable, laFleche]])
    await declare(`Association ${communes.join(' ')}`, communes);
  const of = await near(lead, `near=${sable}`);
  const said = Object.fromEntries(of.map(({ name, nearness }) => [name, nearness]));
  expect(said).toMatchObject({
    'Association 72264': 'same_commune',
    'Association 72336 72264': 'same_epci',
    'Association 72154': 'neighbouring_epci',
    'Association 72264 72154': 'neighbouring_epci',
    'Association 53130 72180': 'department',
    'Association 53130': 'elsewhere',
    // One of its counsellors is placed in the Pays sabolien.
    'Département de la Sarthe': 'same_epci',
    Afpa: 'department',
  });
  expect(of.map(orderOf)).toEqual(of.map(orderOf).toSorted((a, b) => a - b));
  expect(of).toHaveLength((await near(lead, '')).length);
  for (const by of [elsewhere, auditor, administrator]) {
    for (const limit of [3, 100]) {
      const again = await near(by, `near=${sable}`, limit);
      expect(again.map(({ id, nearness }) => [id, nearness])).toEqual(of.map(({ id, nearness }) => [id, nearness]));
    }
  }
  expect((await near(lead, ''))[0]).not.toHaveProperty('nearness');
});

it('a place where it receives brings it near, and one that has closed does not', async () => {
  const where = async () => (await near(lead, `near=${mamers}&q=poste`))[0]!.nearness;
  expect(await where()).toBe('department');
  const { id } = await manager.do('/v1/places', {
    name: 'Bureau de Mamers',
    street: 'Place Carnot',
    postalCode: '72600',
    commune: mamers,
  });
  expect(await where()).toBe('same_commune');
  await manager.do(`/v1/places/${id}/close`);
  expect(await where()).toBe('department');
});

it('who is full stands after who has room, at the same nearness, and is not left out', async () => {
  const names = async (query: string) => (await near(lead, query)).map(({ name }) => name);
  const query = `near=${laFleche}&acceptsReferrals=true`;
  const before = await names(query);
  const last = before.length - 1;
  await manager.try('PUT', `/v1/structures/${manager.structureId}/capacity`, { body: { capacity: 'full' } });
  const after = await near(lead, query);
  expect(after.map(({ name }) => name).toSorted()).toEqual(before.toSorted());
  const department = after.filter(({ nearness }) => nearness === 'department');
  expect(department.at(-1)).toMatchObject({ name: 'La Poste', capacity: 'full' });
  expect(after.findIndex(({ nearness }) => nearness === 'elsewhere')).not.toBe(last);
  await manager.try('PUT', `/v1/structures/${manager.structureId}/capacity`, { body: { capacity: 'waiting_list' } });
  expect((await near(lead, query)).filter(({ nearness }) => nearness === 'department').at(-1)!.name).toBe('La Poste');
  await manager.try('PUT', `/v1/structures/${manager.structureId}/capacity`, { body: { capacity: 'open' } });
  expect(await names(query)).toEqual(before);
});

it('other filters hold, and what is no commune is refused', async () => {
  const work = await near(
    lead,
    `near=${sable}&service=${encodeURIComponent('Insertion professionnelle via le numérique')}`,
  );
  expect(work.map(({ name }) => name)).toEqual(['Afpa']);
  for (const wrong of ['99999', 'ici', '00000', '9'.repeat(40)])
    expect((await lead.try('GET', `/v1/structures?near=${wrong}`)).status).toBe(422);
  const { nextCursor } = await lead.get(`/v1/structures?near=${sable}&limit=2`);
  for (const other of [`near=${mamers}&limit=2`, 'limit=2'])
    expect((await lead.try('GET', `/v1/structures?${other}&cursor=${nextCursor}`)).status).toBe(422);
});

it('is the rule by which proposals are made, told once in SQL', async () => {
  const structures = (await system.database.query(
    `select s.id, s.communes, s.departement, array(select e.placed_at from employment e where e.structure_id = s.id and e.placed_at is not null) as "placedAt",
       array(select p.commune from place p where p.structure_id = s.id and p.status = 'open') as "receivesAt" from structure s`,
  )) as unknown as (Pick<StructureRecord['structure'], 'communes' | 'departement'> & {
    id: string;
    placedAt: string[];
    receivesAt: string[];
  })[];
  await manager.do('/v1/places', {
    name: 'Bureau de Sablé',
    street: 'Rue Aristide-Briand',
    postalCode: '72300',
    commune: sable,
  });
  structures.find(({ id }) => id === manager.structureId)!.receivesAt.push(sable);
  const everywhere = [
    sable,
    laFleche,
    mamers,
    leMans,
    laval,
    angers,
    ...communesOfEpci(paysSabolien).slice(0, 3),
    ...communesOfEpci(maineSaosnois).slice(0, 3),
  ];
  for (const commune of everywhere) {
    const shown = await near(lead, `near=${commune}`);
    expect(Object.fromEntries(shown.map(({ id, nearness }) => [id, nearness]))).toEqual(
      Object.fromEntries(structures.map((one) => [one.id, nearnessOf(one, commune)])),
    );
  }
});
