import { Person, request } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';

interface SignIn {
  activeAt: string;
  expiresAt: string;
  current: boolean;
}

describe('a session that nobody uses', () => {
  let system: TestSystem;
  let person: Person;
  const background = { 'x-fil-rouge-background': '1' };

  beforeAll(async () => void (system = await startSystem()));
  afterAll(() => system.stop());
  beforeEach(async () => void (person = await enter()));

  const enter = (structure?: string) =>
    Person.signIn(system.baseUrl, system.account('conseiller', structure), system.password);
  const ask = async (headers: Record<string, string> = {}, path = '/v1/me'): Promise<number> =>
    (await request(system.baseUrl, 'GET', path, { headers: { authorization: person.authorization, ...headers } }))
      .status;
  const later = (minutes: number) => system.clock.advance({ minutes });

  it('ends after thirty minutes, and for good', async () => {
    later(29);
    expect(await ask()).toBe(200);
    later(31);
    expect(await ask()).toBe(401);
    const { status, body } = await request(system.baseUrl, 'GET', '/v1/me', {
      headers: { authorization: person.authorization, 'accept-language': 'fr' },
    });
    expect([status, body.code]).toEqual([401, 'unauthenticated']);
    // Not a read and not a command either, and what was ended cannot be put into use again.
    const posted = await request(system.baseUrl, 'POST', '/v1/me/sign-ins/end-others', {
      headers: { authorization: person.authorization },
    });
    expect(posted.status).toBe(401);
    expect(await ask(background)).toBe(401);
  });

  it('goes on while it is used, until half a day is over', async () => {
    for (let minutes = 0; minutes + 25 < 12 * 60; minutes += 25) {
      expect(await ask()).toBe(200);
      later(25);
    }
    expect(await ask()).toBe(200);
    later(20);
    expect(await ask()).toBe(401);
  });

  it('is not kept open by a page that looks by itself', async () => {
    later(20);
    expect(await ask(background)).toBe(200);
    later(11);
    expect(await ask(background)).toBe(401);
  });

  it('is in use when somebody asks in the same moment in which the page looked by itself', async () => {
    later(20);
    expect([await ask(background), await ask()]).toEqual([200, 200]);
    later(20);
    expect(await ask()).toBe(200);
  });

  it('is noted once in two minutes, whatever is asked meanwhile', async () => {
    // Where the rows lie, and which transactions wrote them.
    const noted = () =>
      system.database.query<object>('select ctid::text, xmin::text from access_token order by token_hash');
    await ask();
    const before = await noted();
    for (let second = 0; second < 100; second += 5) {
      system.clock.advance({ seconds: 5 });
      expect(await ask({}, '/v1/communes?q=sable')).toBe(200);
    }
    expect(await noted()).toEqual(before);
    later(3);
    await Promise.all([ask(), ask(), ask()]);
    const changed = (await noted()).filter((row, at) => JSON.stringify(row) !== JSON.stringify(before[at]));
    expect(changed).toHaveLength(1);
  });

  it('says when it was last used, and is listed no more when it has ended', async () => {
    person = await enter('afpa');
    await enter('afpa');
    later(20);
    await ask();
    const { items } = (await person.get('/v1/me/sign-ins')) as unknown as { items: SignIn[] };
    expect(items).toHaveLength(2);
    const [mine, theirs] = [items.find(({ current }) => current)!, items.find(({ current }) => !current)!];
    expect(Date.parse(mine.activeAt) - Date.parse(theirs.activeAt)).toBeGreaterThanOrEqual(20 * 60_000);
    later(15);
    expect(((await person.get('/v1/me/sign-ins')) as unknown as { items: SignIn[] }).items).toHaveLength(1);
    expect((await person.do('/v1/me/sign-ins/end-others')) as unknown).toEqual({ ended: 0 });
  });
});
