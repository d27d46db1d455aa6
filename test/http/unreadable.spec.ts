import dns from 'node:dns';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { startSystem, type TestSystem } from '../support/system';

// What never becomes a request, written to the socket byte by byte: no client library sends such things.
describe('what Node itself refuses', () => {
  let system: TestSystem;
  const port = (): number => Number(new URL(system.baseUrl).port);

  // A second is the shortest limit there is; the tests below are the only ones that let it pass.
  beforeAll(async () => {
    system = await startSystem({ env: { REQUEST_TIMEOUT: '1' } });
  });
  afterAll(() => system.stop());

  /** Everything that comes back until the server closes the connection; `trickle` is sent a byte at a time for as long as it is open. */
  async function send(text: string, trickle?: string): Promise<string> {
    const socket = connect({ port: port(), host: '127.0.0.1', allowHalfOpen: true });
    await once(socket, 'connect');
    const drip = trickle === undefined ? undefined : setInterval(() => socket.writable && socket.write(trickle), 100);
    socket.on('error', () => undefined).write(text);
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    await new Promise((resolve) => socket.once('end', resolve).once('close', resolve));
    clearInterval(drip);
    socket.destroy();
    return answer;
  }

  function problemIn(answer: string): { status: number; code: string; detail: string } {
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^content-type: application\/problem\+json/im);
    expect(head).toMatch(/^connection: close/im);
    expect(head).toMatch(/^cache-control: no-store/im);
    const problem = JSON.parse(body.replace(/^[0-9a-f]+\r\n/, '').replace(/\r\n0$/, '')) as {
      status: number;
      code: string;
      detail: string;
      traceId: string;
    };
    expect(problem.status).toBe(Number(head.split(' ')[1]));
    expect(problem.traceId).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer).not.toMatch(/ {4}at |node:|Error:|HPE_|FST_/);
    return problem;
  }

  const openSockets = (): Promise<number> =>
    new Promise((resolve, reject) =>
      system.api
        .getHttpServer()
        .getConnections((error: Error | null, count: number) => (error ? reject(error) : resolve(count))),
    );

  const login = 'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  const case_ =
    'POST /v1/cases HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer 0123456789abcdef0123\r\n';

  it.each([
    ['a body that stalls, signed out', `${login}Content-Length: 100000\r\n\r\n{`, undefined],
    ['a body that stalls, with a token', `${case_}Content-Length: 100000\r\n\r\n{`, undefined],
    ['a body that never begins', `${login}Content-Length: 100000\r\n\r\n`, undefined],
    ['a body that comes a byte at a time', `${login}Content-Length: 100000\r\n\r\n{`, ' '],
    ['chunks that never end', `${login}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`, '1\r\n \r\n'],
    ['headers that never end', 'GET /health/live HTTP/1.1\r\nHost: x\r\n', undefined],
    ['headers that come a byte at a time', 'GET /health/live HTTP/1.1\r\nHost: x\r\nX-Long: ', 'a'],
    ['half a request line', 'GET /heal', undefined],
    [
      'a body where there is none to read',
      'GET /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n',
      undefined,
    ],
  ])('%s: 408 after the set time, and the connection is closed', async (name, text, trickle) => {
    const answer = await send(text, trickle);
    // The last one has its answer already: nothing more is said, only the connection ends.
    if (name !== 'a body where there is none to read')
      expect(problemIn(answer)).toMatchObject({ status: 408, code: 'request-timeout' });
  });

  it('a connection on which nothing is sent is closed', async () => {
    expect(await send('')).toMatch(/^(HTTP\/1\.1 408 [^]*request-timeout[^]*)?$/);
  });

  it.each([
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'malformed-request'],
    ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01', 400, 'malformed-request'],
    ['a bad request line', 'GET  /a b c HTTP/1.1\r\n\r\n', 400, 'malformed-request'],
    ['another version', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n', 400, 'malformed-request'],
    ['a bad header', 'GET / HTTP/1.1\r\nHost: x\r\nA\x01B: c\r\n\r\n', 400, 'malformed-request'],
    ['two lengths', `${login}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`, 400, 'malformed-request'],
    ['a length that is none', `${login}Content-Length: -1\r\n\r\n{}`, 400, 'malformed-request'],
    ['chunks that are none', `${login}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n`, 400, 'malformed-request'],
    ['no Host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'malformed-request'],
    ['a proxy asked for', 'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n', 400, 'malformed-request'],
    [
      'headers that are too large',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['an address that is too long', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'headers-too-large'],
    [
      'an expectation that nobody meets',
      'GET /health/live HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\n\r\n',
      417,
      'expectation-failed',
    ],
    [
      'a method that no route has',
      'PROPFIND /v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      404,
      'not-found',
    ],
    ['TRACE', 'TRACE /v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 404, 'not-found'],
    ['an address that cannot be read', 'GET /%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 404, 'not-found'],
  ])('%s: a problem, and the connection is closed', async (_, text, status, code) => {
    expect(problemIn(await send(text))).toMatchObject({ status, code });
  });

  it('answers as if nothing was asked when another protocol is asked for', async () => {
    expect(
      await send('GET /health/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: close, Upgrade\r\n\r\n'),
    ).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('waits with 100-continue for a body that comes', async () => {
    const body = '{"email":"a@b.fr","password":"x"}';
    expect(
      await send(`${login}Expect: 100-continue\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
    ).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 401 /);
  });

  it('keeps no socket of them all', async () => {
    const stalled = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const socket: Socket = connect({ port: port(), host: '127.0.0.1', allowHalfOpen: true }).on(
          'error',
          () => undefined,
        );
        await once(socket, 'connect');
        socket.write(`${login}Content-Length: 100000\r\n\r\n{`);
        return socket;
      }),
    );
    await Promise.all(stalled.map((socket) => once(socket.resume(), 'end')));
    // None of them closes its own half: the server must not wait for that. (It would be waited for here until the test is ended.)
    while ((await openSockets()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    for (const socket of stalled) socket.destroy();
    expect(await openSockets()).toBe(0);
  });
});

describe('a name with two addresses, as localhost has', () => {
  const both = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  let system: TestSystem;

  beforeAll(async () => {
    // Not every machine has two addresses of that name; each has both addresses. Fastify asks for all of them.
    const really = dns.lookup.bind(dns) as (...asked: unknown[]) => void;
    const lookup = jest
      .spyOn(dns, 'lookup')
      .mockImplementation(((
        name: string,
        options: { all?: boolean },
        done: (error: null, found: typeof both) => void,
      ): void =>
        name === 'localhost' && options.all
          ? done(null, both)
          : really(...[name, options, done].filter((one) => one !== undefined))) as never);
    system = await startSystem({ host: 'localhost' });
    lookup.mockRestore();
  });
  afterAll(() => system.stop());

  const port = (): number => Number(new URL(system.baseUrl).port);

  it('is listened to at one of them, where Node’s refusals are problems', async () => {
    const socket = connect({ port: port(), host: '127.0.0.1' });
    let answer = '';
    socket
      .setEncoding('utf8')
      .on('data', (chunk: string) => (answer += chunk))
      .write('BREW / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*^content-type: application\/problem\+json/im);
    // Fastify’s second server would know nothing of ours.
    await expect(once(connect({ port: port(), host: '::1' }), 'connect')).rejects.toBeDefined();
  });
});
