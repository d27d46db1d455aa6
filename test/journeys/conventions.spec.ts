import { addCalendarDays } from '@fil-rouge/kernel';
import { NetworkLoader } from '@fil-rouge/users';
import { startSystem, type TestSystem } from '../support/system';
import { today } from '../support/clock';
import { Person, type View } from './driver';

interface Post {
  id: string;
  status: string;
  holder?: { id: string };
  until?: string;
  fillBy?: string;
  holderStillThere?: boolean;
  history: { status: string; until?: string }[];
}
interface Convention extends Omit<View, 'status'> {
  status: string;
  until: string;
  amount: number;
  structure: { id: string; name: string };
  posts: Post[];
}

describe('what the State pays for', () => {
  let system: TestSystem;
  let administrator: Person;
  let coordinator: Person;
  let manager: Person;
  let counsellor: Person;
  let elsewhere: Person;
  beforeAll(async () => {
    system = await startSystem();
    [administrator, coordinator, manager, counsellor, elsewhere] = (await Promise.all(
      [
        system.account('administrateur'),
        system.account('coordinateur'),
        system.account('responsable', 'fal-72'),
        system.account('conseiller', 'fal-72'),
        system.account('responsable', 'la-poste'),
      ].map((account) => Person.signIn(system.baseUrl, account, system.password)),
    )) as [Person, Person, Person, Person, Person];
  });
  afterAll(() => system.stop());

  const sign = async (more = {}): Promise<Convention> =>
    (await administrator.do(`/v1/structures/${manager.structureId}/conventions`, {
      ...{ reference: 'CN-72-FAL', envelope: 1, from: today(), posts: 2, ...more },
    })) as unknown as Convention;
  const listed = async (by: Person, query = '') => (await by.all(`/v1/conventions${query}`)) as unknown as Convention[];

  it('is signed, its posts held, left and given back, and all of it stays to be read', async () => {
    const signed = await sign();
    expect(signed).toMatchObject({
      amount: 100_000,
      status: 'running',
      structure: { id: manager.structureId },
      posts: [{ status: 'vacant' }, { status: 'vacant' }],
    });
    const [first, second] = signed.posts.map(({ id }) => `/v1/conventions/${signed.id}/posts/${id}`);
    await manager.do(`${first}/occupy`, { userId: counsellor.id, from: today() });
    // What is told of nobody is shown to nobody, and would stand in the log for ever.
    const told = await manager.post(`${second}/return`, { on: today(), reason: 'Mme Essai est malade.' });
    expect([told.status, told.body.errors[0]!.pointer]).toEqual([422, '/reason']);
    await manager.do(`${second}/return`, { on: today() });
    const left = (await manager.do(`${first}/vacate`, { on: today() })) as unknown as Convention;
    expect(left.posts.map(({ status, history }) => [status, history.map((period) => period.status)])).toEqual([
      ['vacant', ['vacant', 'occupied']],
      ['returned', ['vacant']],
    ]);
    expect(left.posts[0]!.fillBy! > addCalendarDays(today(), 180)).toBe(true);
    expect(left.posts[0]!.history.every(({ until }) => until === today())).toBe(true);
    const again = (await manager.do(`${first}/occupy`, {
      userId: counsellor.id,
      from: today(),
    })) as unknown as Convention;
    expect(again.posts[0]).toMatchObject({ holder: { id: counsellor.id }, holderStillThere: true });
    const ended = (await administrator.do(`/v1/conventions/${signed.id}/end`, {
      ...{ on: today(), reason: 'Résiliée.' },
    })) as unknown as Convention;
    expect(ended.posts[0]).toMatchObject({ status: 'occupied', until: today() });
    expect(ended.posts[1]).not.toHaveProperty('until');
    expect(ended.posts[0]!.history).toHaveLength(3);
    const refused = await manager.post(`${first}/vacate`, { on: today() });
    expect([refused.status, refused.body.code]).toEqual([409, 'wrong-state']);
  });

  it('is for the managers of the structure, coordinators and administrators alone, wherever it could be read', async () => {
    const { id, posts } = await sign({ envelope: 2, reference: 'CN-72-SECRET' });
    for (const by of [administrator, coordinator, manager])
      expect((await listed(by)).map((convention) => convention.id)).toContain(id);
    expect((await listed(elsewhere)).map((convention) => convention.id)).not.toContain(id);
    const read = (by: Person) => by.try('GET', `/v1/conventions/${id}`);
    expect((await read(elsewhere)).status).toBe(404);
    expect((await elsewhere.try('GET', `/v1/conventions?structureId=${manager.structureId}`)).status).toBe(422);
    expect((await read(counsellor)).status).toBe(403);
    const take = { userId: elsewhere.id, from: today() };
    const occupied = await elsewhere.post(`/v1/conventions/${id}/posts/${posts[0]!.id}/occupy`, take);
    expect([occupied.status, occupied.body.code]).toEqual([404, 'not-found']);
    for (const by of [manager, coordinator]) {
      const body = { reference: 'CN', envelope: 1, from: today(), posts: 1 };
      expect((await by.post(`/v1/structures/${manager.structureId}/conventions`, body)).status).toBe(403);
      expect((await by.post(`/v1/conventions/${id}/end`, { on: today(), reason: 'Non.' })).status).toBe(403);
    }
    expect((await coordinator.post(`/v1/conventions/${id}/posts/${posts[0]!.id}/return`, { on: today() })).status).toBe(
      403,
    );
    // Whoever manages another structure too reads as the one for which they are signed in.
    expect((await listed(elsewhere)).every(({ structure }) => structure.id === elsewhere.structureId)).toBe(true);
  });

  it('is called to mind before it ends, once each, by the clock', async () => {
    const near = await sign({ reference: 'CN-72-FIN', until: addCalendarDays(today(), 100), posts: 1 });
    await manager.do(`/v1/conventions/${near.id}/posts/${near.posts[0]!.id}/return`, { on: today() });
    await system.settle();
    const told = async (by: Person) =>
      ((await by.all('/v1/notifications')) as unknown as { type: string; title: string }[]).filter(
        ({ type }) => type === 'ConventionEnds',
      );
    // Signed with fewer than 180 days to go: that is called to mind at once.
    expect(await told(manager)).toHaveLength(1);
    system.clock.advance({ days: 11 });
    await system.settle();
    for (const by of [manager, coordinator, administrator]) {
      const heard = (await told(by)).filter(({ title }) => title.includes('90 jours'));
      expect([by.email, heard.map(({ title }) => title)]).toEqual([
        by.email,
        [expect.stringContaining('prend fin dans 90 jours')],
      ]);
    }
    expect(await told(elsewhere)).toEqual([]);
    await system.settle();
    expect(await told(manager)).toHaveLength(2);
  });

  it('is done once, whoever asks at the same time', async () => {
    const { id, posts } = await sign({ envelope: 3 });
    const body = { userId: counsellor.id, from: today() };
    const answers = await Promise.all(
      [manager, administrator].map((by) => by.post(`/v1/conventions/${id}/posts/${posts[0]!.id}/occupy`, body)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const key = { 'idempotency-key': 'convention-une-fois-pour-toutes' };
    const path = `/v1/structures/${manager.structureId}/conventions`;
    const one = { reference: 'CN-UNE', envelope: 4, from: today(), posts: 1 };
    const [first, second] = [await administrator.post(path, one, key), await administrator.post(path, one, key)];
    expect(second.body.id).toBe(first.body.id);
    expect((await listed(administrator)).filter(({ id: each }) => each === first.body.id)).toHaveLength(1);
  });

  it('is there for the whole network of the Sarthe, as it was published, and loaded once; whatever its structures are called by then', async () => {
    const network = system.worker.get(NetworkLoader, { strict: false });
    const own = (await listed(coordinator)).map(({ id }) => id);
    await administrator.do(`/v1/structures/${elsewhere.structureId}/rename`, { name: 'La Poste du Maine' });
    await network.load({ conventions: true });
    expect(await network.load({ conventions: true })).toMatchObject({ structures: 0, accounts: 0 });
    const loaded = (await listed(coordinator)).filter(({ id }) => !own.includes(id));
    // The structure of these tests had one before; one more waits for the State.
    expect(loaded).toHaveLength(8);
    const posts = (name: string) => loaded.find(({ structure }) => structure.name === name)!.posts;
    expect(
      ['Département de la Sarthe', 'Le Mans Métropole', 'La Poste du Maine', 'Afpa'].map((name) => posts(name).length),
    ).toEqual([16, 7, 3, 1]);
    expect(loaded.flatMap(({ posts: all }) => all).every(({ holderStillThere }) => holderStillThere)).toBe(true);
    expect(loaded.every(({ status }) => status === 'running')).toBe(true);
  });
});
