import { startSystem, type TestSystem } from '../support/system';
import { Person, request, type Answer } from './driver';

interface Account {
  id: string;
  name: string;
  email: string;
  status: string;
  employments: { structure: { id: string } }[];
}

describe('accounts', () => {
  let system: TestSystem;
  let administrator: Person;
  let coordinator: Person;
  let manager: Person;
  beforeAll(async () => {
    system = await startSystem();
    [administrator, coordinator, manager] = await Promise.all(
      [system.account('administrateur'), system.account('coordinateur'), system.account('responsable', 'afpa')].map(
        (account) => enter(account),
      ) as [Promise<Person>, Promise<Person>, Promise<Person>],
    );
  });
  afterAll(() => system.stop());

  const enter = (account: string): Promise<Person> => Person.signIn(system.baseUrl, account, system.password);
  const found = async (by: Person, query = ''): Promise<Account[]> =>
    (await by.all(`/v1/users${query}`)) as unknown as Account[];
  const names = async (by: Person, query: string) => (await found(by, query)).map(({ name }) => name);
  const hire = (email: string, name: string, role = 'counsellor') =>
    manager.do('/v1/users', { email, name, structureId: manager.structureId, role });

  it('are found by words of the name, the address, the structure, the role and what they are', async () => {
    const hired = await hire('zoe.demaison@exemple.fr', 'Zoé Démaison-Œuvrard');
    expect(await names(coordinator, '?q=DEMAISON%20zo')).toEqual(['Zoé Démaison-Œuvrard']);
    expect(await names(administrator, '?q=oeuv')).toEqual(['Zoé Démaison-Œuvrard']);
    expect(await names(administrator, '?q=maison')).toEqual([]);
    expect(await names(administrator, '?q=Zoe.Dem')).toEqual(['Zoé Démaison-Œuvrard']);
    const of = `structureId=${manager.structureId}`;
    expect(await names(administrator, `?${of}&status=invited`)).toEqual(['Zoé Démaison-Œuvrard']);
    const both = await found(administrator, `?${of}&status=active`);
    expect(both).toHaveLength(2);
    expect((await found(administrator, `?${of}&role=manager`)).map(({ id }) => id)).toEqual([manager.id]);
    const { employments } = (await manager.get(`/v1/users/${hired.id}`)) as unknown as {
      employments: { id: string }[];
    };
    await manager.do(`/v1/users/${hired.id}/employments/${employments[0]!.id}/end`);
    expect(await names(administrator, `?${of}&status=left`)).toEqual(['Zoé Démaison-Œuvrard']);
    expect(await names(administrator, `?${of}&status=invited`)).toEqual([]);
    for (const q of ['%25', '_', '-', '%27']) expect([q, await names(administrator, `?q=${q}`)]).toEqual([q, []]);
  });

  it('come in one order, page by page, each once', async () => {
    const all: Account[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: { items: Account[]; nextCursor: string | null } = (await administrator.get(
        `/v1/users?limit=7${next && `&cursor=${encodeURIComponent(next)}`}`,
      )) as never;
      all.push(...page.items);
      next = page.nextCursor;
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const folded = all.map(({ name }) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace('-', ' '));
    expect(folded).toEqual([...folded].sort());
    expect(all.length).toBeGreaterThan(30);
  });

  it('of another structure, and what people are elsewhere, no manager learns of', async () => {
    const laPoste = await enter(system.account('responsable', 'la-poste'));
    expect(
      (await found(manager)).every(({ employments }) =>
        employments.every(({ structure }) => structure.id === manager.structureId),
      ),
    ).toBe(true);
    expect(await names(manager, '?q=responsable@la-poste')).toEqual([]);
    const refused = await manager.try('GET', `/v1/users?structureId=${laPoste.structureId}`);
    expect([refused.status, refused.body.errors[0]]).toEqual([
      422,
      expect.objectContaining({ pointer: '?structureId', code: 'not-for-your-role' }),
    ]);
    // Somebody who works here and there: the other employer stays the other employer's.
    await administrator.do(`/v1/users/${manager.id}/employments`, {
      structureId: laPoste.structureId,
      role: 'auditor',
    });
    const [own] = (await found(manager)).filter(({ id }) => id === manager.id);
    expect(own!.employments.length).toBeGreaterThan(0);
    expect((await found(laPoste)).filter(({ id }) => id === manager.id)[0]!.employments).toHaveLength(1);
    for (const who of [system.account('conseiller', 'afpa'), system.account('auditeur')])
      expect((await (await enter(who)).try('GET', '/v1/users')).status).toBe(403);
  });
});

describe('where somebody is signed in', () => {
  let system: TestSystem;
  beforeAll(async () => void (system = await startSystem()));
  afterAll(() => system.stop());

  const enter = (account: string): Promise<Person> => Person.signIn(system.baseUrl, account, system.password);
  /** `Person` would sign in again. */
  const isIn = async ({ authorization }: Person) =>
    (await request(system.baseUrl, 'GET', '/v1/me', { headers: { authorization } })).status;
  const open = async (by: Person) =>
    ((await by.get('/v1/me/sign-ins')) as unknown as { items: { id: string; current: boolean }[] }).items;
  const problem = ({ status, body }: Answer) => [status, body.code];

  it('is theirs to see and to end, there or everywhere else', async () => {
    const email = system.account('conseiller', 'afpa');
    const here = await enter(email);
    const there = await enter(email);
    const third = await enter(email);
    const other = await enter(system.account('conseiller', 'la-poste'));
    const all = await open(here);
    expect([all.length, all.filter(({ current }) => current).length]).toEqual([3, 1]);
    const mine = async (who: Person) => (await open(who)).find(({ current }) => current)!.id;
    const lost = await mine(there);
    // Not somebody else's to end, and nobody learns that it is there.
    const end = (by: Person, id: string) => by.post(`/v1/me/sign-ins/${id}/end`);
    expect(problem(await end(other, lost))).toEqual([404, 'not-found']);
    expect(await isIn(there)).toBe(200);
    expect((await end(here, lost)).status).toBe(204);
    expect([await isIn(here), await isIn(there), await isIn(third)]).toEqual([200, 401, 200]);
    expect(problem(await end(here, lost))).toEqual([404, 'not-found']);
    expect((await here.do('/v1/me/sign-ins/end-others')) as unknown).toEqual({ ended: 1 });
    expect([await isIn(here), await isIn(third), await isIn(other)]).toEqual([200, 401, 200]);
    // Half a day later nothing of it is left.
    system.clock.advance({ hours: 13 });
    const later = await enter(email);
    expect(await open(later)).toHaveLength(1);
  });

  it('ends by an administrator alone, and stands in the journal', async () => {
    const [manager, person] = await Promise.all([
      enter(system.account('responsable', 'fal-72')),
      enter(system.account('conseiller', 'fal-72')),
    ]);
    const administrator = await enter(system.account('administrateur'));
    const end = (by: Person, id: string) => by.post(`/v1/users/${id}/sign-ins/end`);
    for (const who of [manager, await enter(system.account('coordinateur')), person])
      expect((await end(who, person.id)).status).toBe(403);
    expect(await isIn(person)).toBe(200);
    expect((await end(administrator, person.id)).body as unknown).toEqual({ ended: 1 });
    expect([await isIn(person), await isIn(manager)]).toEqual([401, 200]);
    expect(problem(await end(administrator, '01999999-0000-7000-8000-000000000009'))).toEqual([404, 'not-found']);
    const entries = (await administrator.all('/v1/audit/entries?action=sessions.ended')) as unknown as {
      user: { id: string };
      shown: string[];
    }[];
    expect(entries[0]).toMatchObject({ user: { id: administrator.id }, shown: [person.id] });
    expect(entries.some(({ user }) => user.id === person.id)).toBe(false);
  });
});
