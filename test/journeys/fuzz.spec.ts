import { startSystem, type TestSystem } from '../support/system';
import { request, succeeded, type Answer, type Person } from './driver';
import { addressOf, enterManager, noGround, prepare, type Ground } from './fuzz.ground';
import { queries, samplesFor } from './fuzz.samples';
import { actors, assemble, type People } from './referral-states';

interface OpenApi {
  paths: Record<string, Record<string, unknown>>;
}

const codes = new Set(
  (
    'malformed-json too-large unsupported-type unauthenticated forbidden invalid not-found stale wrong-state open-handover open-referrals possible-duplicate duplicate-referral ' +
    'choose-structure recipient-unavailable recipient-not-active out-of-area objection not-informed cycle too-deep idempotency-key-reused too-many-requests malformed-request headers-too-large expectation-failed'
  ).split(' '),
);

/** Values that have broken servers: PostgreSQL refuses NUL and lone surrogates, integers overflow, keys reach prototypes, depth exhausts stacks. */
const nasty: unknown[] = [
  null,
  '',
  ' ',
  'a\u0000b',
  '\ud800',
  '𝔘𝔫𝔦 \u202e\u200b',
  'x'.repeat(20_000),
  "'; drop table referral; --",
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  2_147_483_648,
  true,
  [],
  [null],
  [['email']],
  Array.from({ length: 500 }, () => 'email'),
  {},
  { constructor: { prototype: {} }, toString: 1 },
  '9999-12-31',
  '0000-01-01',
  '2027-02-29',
  '+275760-09-13T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '0001-01-01',
  '00000000-0000-0000-0000-000000000000',
];

const crooked: unknown[] = [
  null,
  [],
  'text',
  1,
  true,
  {},
  JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`),
  JSON.parse('{"__proto__":{"x":1},"constructor":1}'),
  { nonsense: { deep: [1] } },
];

/** What only looks like the end of a page: values of other types, of other lists, and such as no database holds. */
const cursors = [
  '[1e400]',
  '[{}]',
  '[[]]',
  '["a\\u0000","b"]',
  '["\\ud800","b"]',
  '["+275760-09-13T00:00:00Z","x"]',
  '["-infinity","00000000-0000-0000-0000-000000000000"]',
  '["0000-01-01","0"]',
  '[99999999999999999999,"x"]',
  '["","","",""]',
  '{"length":1}',
].map((key) => Buffer.from(key).toString('base64url'));

/** The whole body, then the whole body with one member ruined, at every place of it in turn. */
function* ruined(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) for (const inner of ruined(value[0])) yield [inner];
  else if (value !== null && typeof value === 'object') {
    for (const [name, member] of Object.entries(value)) {
      for (const bad of [...nasty, ...ruined(member)]) yield { ...value, [name]: bad };
    }
  }
}

function nth(bodies: Generator<unknown>, place: number): unknown {
  let index = 0;
  for (const body of bodies) if (index++ === place) return body;
  return undefined;
}

/** A problem with a code that is known; where values are refused, it says which. */
const isTold = ({ status, headers, body }: Answer): boolean =>
  status < 400 ||
  (status < 500 &&
    /^application\/problem\+json/.test(headers.get('content-type') ?? '') &&
    codes.has(body?.code) &&
    (body.code !== 'invalid' ||
      (body.errors.length > 0 &&
        body.errors.every(({ pointer, code }) => typeof pointer === 'string' && /^[a-z-]+$/.test(code)))));

describe('bad requests on every route of openapi.json', () => {
  let system: TestSystem;
  let people: People;
  let manager: Person;
  let api: OpenApi;

  beforeAll(async () => {
    system = await startSystem();
    people = await assemble(system);
    manager = await enterManager(system);
    api = (await request(system.baseUrl, 'GET', '/openapi.json')).body as unknown as OpenApi;
  });
  afterAll(() => system.stop());

  const address = (path: string, ground: Ground): string => addressOf(path, ground, manager);

  // The table only needs people to know whose ids to put in; its paths are the same for everybody.
  const nobody = Object.fromEntries(actors.map((actor) => [actor, { id: '', structureId: '' }])) as unknown as People;
  const paths = Object.keys(samplesFor(nobody, noGround));

  it('every route that takes a body is tried', () => {
    // Every wrong guess at sign-in is made slower, and a token must live to the end; both have their own tests.
    const taking = Object.keys(api.paths).filter(
      (path) => ('post' in api.paths[path]! || 'put' in api.paths[path]!) && !/^\/v1\/auth\/(browser\/)?log/.test(path),
    );
    expect(taking.filter((path) => !paths.includes(path))).toEqual([]);
    expect(Object.keys(queries).filter((path) => !(path in api.paths))).toEqual([]);
  });

  it.each(paths)(
    '%s takes the whole body; with one member ruined it is refused with a problem, never with a 5xx',
    async (path) => {
      const method = api.paths[path]?.['put'] ? 'PUT' : 'POST';
      const { by, given, secret } = samplesFor(people, noGround)[path]!;
      const person = by === 'manager' ? manager : people[by];
      let ground = await prepare(people, given, manager);
      const sample = () => samplesFor(people, ground)[path]!.body;
      const wrong: string[] = [];
      const attempt = async (body: unknown): Promise<Answer> => {
        const answer = await person.try(method, address(path, ground), { body });
        if (!isTold(answer))
          wrong.push(`${JSON.stringify(body).slice(0, 300)} → ${answer.status} ${answer.text.slice(0, 200)}`);
        if (answer.status < 300 && path.includes('{')) ground = await prepare(people, given, manager);
        return answer;
      };
      for (const body of crooked) await attempt(body);
      // Each body is ruined where it stands: the ids in it are those of the ground at that moment.
      for (let place = 0; ; place++) {
        const body = nth(ruined(sample()), place);
        if (body === undefined) break;
        await attempt(body);
      }
      const whole = await attempt(sample());
      if (!secret) succeeded(whole);
      expect(wrong).toEqual([]);
    },
  );

  it.each(Object.entries(queries))('%s: so are bad parameters', async (path, names) => {
    const person = path.startsWith('/v1/audit') ? people.administrator : people.sender;
    const ground = await prepare(people);
    const wrong: string[] = [];
    const values = [
      '',
      '%00',
      '%ed%a0%80',
      '%',
      'x'.repeat(3000),
      '-1',
      '1e99',
      ',,,',
      '%27',
      '[]',
      '%5B%5D',
      'null',
      '2026-99-99',
      '275760-09-14T00:00:00Z',
      'eyJhIjoxfQ',
      'WzEsMl0',
      'WyJhIiwiYiJd',
      'W251bGwsbnVsbF0',
      '0000-01-01',
      '9999-12-31',
      '2027-02-29',
      ...cursors,
    ];
    for (const name of names) {
      for (const query of [
        ...values.map((value) => `${name}=${value}`),
        `${name}=a&${name}=b`,
        `${name}[a]=b`,
        `${name}[]=b`,
      ]) {
        const answer = await person.try(
          'GET',
          `${address(path, ground)}?${path === '/v1/referrals' && name !== 'box' ? 'box=sent&' : ''}${query}`,
        );
        if (!isTold(answer)) wrong.push(`?${query.slice(0, 60)} → ${answer.status} ${answer.text.slice(0, 200)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('so are bad headers', async () => {
    const ground = await prepare(people);
    const wrong: string[] = [];
    const values = ['', '"', '*', 'W/"1"', '"99999999999999999999"', '"-1"', 'x'.repeat(3000), 'é', ',,,', '1, 2'];
    for (const name of [
      'authorization',
      'if-match',
      'idempotency-key',
      'traceparent',
      'accept',
      'accept-language',
      'content-encoding',
      'x-request-id',
    ]) {
      for (const value of values) {
        const answer = await people.sender.post(
          `/v1/cases/${ground.cases}/corrections`,
          { resident: { status: 'retraite' } },
          { [name]: value },
        );
        if (!isTold(answer))
          wrong.push(`${name}: ${value.slice(0, 40)} → ${answer.status} ${answer.text.slice(0, 200)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('so are bad ids in an address', async () => {
    const wrong: string[] = [];
    const ids = [
      '0',
      '%00',
      '%F0%9F',
      '..%2f',
      'x'.repeat(600),
      '-1',
      'null',
      '__proto__',
      '%22',
      '01900000-0000-7000-8000-00000000000g',
      'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    ];
    for (const [path, item] of Object.entries(api.paths).filter(([one]) => one.includes('{'))) {
      for (const method of Object.keys(item)) {
        const person =
          path.includes('handover-batches') || path.includes('merge')
            ? people.coordinator
            : path.includes('audit')
              ? people.administrator
              : people.sender;
        for (const id of ids) {
          const answer = await person.try(
            method.toUpperCase(),
            path.replace(/\{\w+\}/g, id),
            method === 'get' ? {} : { body: {} },
          );
          if (!isTold(answer) || answer.status < 400)
            wrong.push(`${method} ${path} ${id.slice(0, 40)} → ${answer.status} ${answer.text.slice(0, 200)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('without a token everything but the public routes is 401, whatever else is wrong with it', async () => {
    const open =
      /^\/(health|metrics|openapi|docs)|^\/v1\/auth\/(login|browser\/login|invitations|password-resets|email-changes)|^\/v1\/(calendars\/|outside-answers)/;
    const wrong: string[] = [];
    for (const [path, item] of Object.entries(api.paths)) {
      for (const method of Object.keys(item)) {
        if (open.test(path)) continue;
        const answer = await request(
          system.baseUrl,
          method.toUpperCase(),
          address(path, noGround),
          method === 'get' ? {} : { body: { nonsense: 1 } },
        );
        if (answer.status !== 401 || answer.body?.code !== 'unauthenticated')
          wrong.push(`${method} ${path} → ${answer.status} ${answer.text.slice(0, 200)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
