import { request, Person, type Answer } from '../journeys/driver';
import { routes } from '../support/routes';
import { metricsToken, startSystem, type TestSystem } from '../support/system';
import { serveHealth } from '../../apps/worker/src/worker';

describe('what a browser or a proxy may do with an answer', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  function expectSecure({ headers, path, status }: Answer): void {
    // But for what is about nobody and the same for everybody who is signed in.
    const known: Record<string, string> = { '/v1/vocabularies': 'private, max-age=3600', '/': 'no-cache' };
    const kept = (status === 200 && known[path]) || 'no-store';
    expect([path, headers.get('cache-control')]).toEqual([path, kept]);
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
    expect([path, headers.get('x-frame-options')]).toEqual([path, 'DENY']);
    expect([path, headers.get('referrer-policy')]).toEqual([path, 'no-referrer']);
    expect([path, headers.get('strict-transport-security')]).toEqual([path, expect.stringMatching(/^max-age=\d+/)]);
    expect([path, headers.get('content-security-policy')]).toEqual([
      path,
      expect.stringMatching(/^default-src 'none';(?!.*script-src[^;]*unsafe)/),
    ]);
    expect(headers.get('x-powered-by')).toBeNull();
  }

  it('is said in every answer of every route, whoever asks', async () => {
    const person = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
    for (const { method, path } of routes()) {
      const address = path.replace(/\{\w+\}/g, '01900000-0000-7000-8000-000000000000');
      if (path === '/v1/auth/logout') continue;
      expectSecure(await request(system.baseUrl, method, address, method === 'GET' ? {} : { body: {} }));
      expectSecure(await person.try(method, address, method === 'GET' ? {} : { body: { nonsense: 1 } }));
    }
    // The page of the console, too: it names its files, which change with the next version.
    for (const path of ['/', '/nothing', '/docs', '/openapi.json'])
      expectSecure(await request(system.baseUrl, 'GET', path));
  });

  it('is kept by who asked where it is about nobody, and sent again only when it has changed', async () => {
    const person = await Person.signIn(system.baseUrl, system.account('auditeur'), system.password);
    for (const address of ['/v1/vocabularies', '/v1/communes?q=st%20cal']) {
      const first = await person.try('GET', address);
      const etag = first.headers.get('etag')!;
      expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'private, max-age=3600']);
      for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const again = await person.try('GET', address, { headers: { 'if-none-match': known } });
        expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
      }
      expect((await person.try('GET', address, { headers: { 'if-none-match': '"x"' } })).text).toBe(first.text);
      // Whoever is not signed in is told nothing, not even that nothing has changed.
      const stranger = await request(system.baseUrl, 'GET', address, { headers: { 'if-none-match': etag } });
      expect([stranger.status, stranger.headers.get('cache-control')]).toEqual([401, 'no-store']);
    }
    const { items } = await person.get('/v1/vocabularies');
    const themes = items.find(({ name }) => name === 'themes') as unknown as { codes: object[]; version: string };
    expect(themes.codes).toContainEqual({
      code: 'logement',
      label: 'Logement',
      parent: 'aide_aux_demarches_administratives',
    });
    expect(themes.version).toMatch(/^[0-9a-f]{12}$/);
    expect((await person.get('/v1/communes?q=st%20cal')).items[0]).toMatchObject({
      code: '72269',
      postalCodes: ['72120'],
      epci: { name: expect.any(String) as string },
    });
  });

  it('lets the documentation work: it loads nothing from elsewhere and runs nothing that stands in the page', async () => {
    const { text } = await request(system.baseUrl, 'GET', '/docs');
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|https?:\/\/(?!www\.w3\.org)/i);
    const scripts = [...text.matchAll(/<script src="([^"]+)"/g)].map(([, source]) => source!);
    expect(scripts.length).toBeGreaterThan(2);
    for (const source of scripts)
      expect((await request(system.baseUrl, 'GET', new URL(source, `${system.baseUrl}/docs`).pathname)).status).toBe(
        200,
      );
  });
});

describe('the door of the house', () => {
  it('shows the documentation and the measurements only as it is set', async () => {
    const system = await startSystem({ env: { DOCS: 'off', METRICS_TOKEN: '' } });
    for (const path of ['/docs', '/docs/', '/docs-json', '/docs-yaml', '/openapi.json', '/docs/swagger-ui-init.js']) {
      expect([path, (await request(system.baseUrl, 'GET', path)).status]).toEqual([path, 404]);
    }
    for (const token of ['', metricsToken, 'undefined']) {
      const answer = await request(system.baseUrl, 'GET', '/metrics', {
        headers: { authorization: `Bearer ${token}` },
      });
      expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated']);
    }
    await system.stop();
  });

  it('opens the measurements of the api and of the worker to their own token, and to no person', async () => {
    const system = await startSystem();
    const worker = await serveHealth(system.worker, 0, '127.0.0.1');
    const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
    for (const address of [`${system.baseUrl}/metrics`, `http://127.0.0.1:${worker.port}/metrics`]) {
      const status = async (authorization?: string) =>
        (await fetch(address, authorization === undefined ? {} : { headers: { authorization } })).status;
      expect(await status()).toBe(401);
      expect(await status(`Bearer ${metricsToken}x`)).toBe(401);
      expect(await status(administrator.authorization)).toBe(401);
      expect(await status(`bearer  ${metricsToken}`)).toBe(200);
    }
    expect((await fetch(`http://127.0.0.1:${worker.port}/health/live`)).status).toBe(200);
    await worker.close();
    await system.stop();
  });
});
