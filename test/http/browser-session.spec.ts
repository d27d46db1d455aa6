import { startSystem, type TestSystem } from '../support/system';

/** A browser's sign-in, told by what goes over the wire. */
describe.each([
  ['on a machine of one’s own', 'http://fil-rouge.test', 'fil-rouge', ''],
  ['behind https', 'https://fil-rouge.test', '__Host-fil-rouge', '; Secure'],
])('a sign-in by cookie, %s', (_where, publicUrl, name, secure) => {
  let system: TestSystem;
  let cookies: string[];
  let session: string;

  const ask = async (path: string, headers: Record<string, string>, method = 'GET') =>
    fetch(`${system.baseUrl}${path}`, { method, headers });
  const page = { 'fil-rouge-page': 'console' };

  beforeAll(async () => {
    system = await startSystem({ env: { PUBLIC_URL: publicUrl } });
    const entered = await fetch(`${system.baseUrl}/v1/auth/browser/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: system.account('conseiller'), password: system.password }),
    });
    expect(await entered.json()).not.toHaveProperty('accessToken');
    cookies = entered.headers.getSetCookie();
    session = cookies.find((one) => one.startsWith(`${name}=`))!;
  });
  afterAll(() => system.stop());

  it('is kept from scripts, from other sites and from the next day', () => {
    expect(session).toMatch(new RegExp(`^${name}=[\\w-]{43}; Path=/; HttpOnly${secure}; SameSite=Strict$`));
    expect(cookies.find((one) => one.startsWith(`${name}-device=`))).toContain('HttpOnly');
  });

  it('opens what our own page asks for, and nothing that another one sends', async () => {
    const cookie = session.split(';')[0]!;
    const status = async (headers: Record<string, string>) => (await ask('/v1/me', { cookie, ...headers })).status;
    expect(await status(page)).toBe(200);
    expect(await status({ ...page, 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await status({})).toBe(401);
    for (const site of ['cross-site', 'same-site', 'none'])
      expect(await status({ ...page, 'sec-fetch-site': site })).toBe(401);
    // Whoever brings a token is asked for that one.
    expect(await status({ ...page, authorization: 'Bearer nichts-was-jemand-kennt' })).toBe(401);
    expect(await status({ ...page, cookie: `${name}=${'x'.repeat(43)}` })).toBe(401);
    expect(await status({ ...page, cookie: `${name}=%00%ff; ${name}="; =;;` })).toBe(401);
  });

  it('is not granted to a form of another site', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await fetch(`${system.baseUrl}/v1/auth/browser/login`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify({ email: system.account('conseiller'), password: system.password }),
      });
      expect([type, answer.status, answer.headers.getSetCookie()]).toEqual([type, 415, []]);
    }
  });

  it('ends for good, and takes its cookie along', async () => {
    const cookie = session.split(';')[0]!;
    const left = await ask('/v1/auth/logout', { cookie, ...page }, 'POST');
    expect(left.status).toBe(204);
    expect(left.headers.getSetCookie()).toEqual([
      expect.stringMatching(new RegExp(`^${name}=; .*Expires=Thu, 01 Jan 1970`)),
    ]);
    // Every read asks the database again.
    expect((await ask('/v1/me', { cookie, ...page })).status).toBe(401);
  });
});
