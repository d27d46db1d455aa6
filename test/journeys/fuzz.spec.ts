import { randomUUID } from 'node:crypto';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, request, type Answer } from './driver';
import { assemble, type People } from './referral-states';

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
}
interface Operation {
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  parameters?: { name: string; in: string }[];
}
interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const codes = new Set(
  (
    'malformed-json too-large unsupported-type unauthenticated forbidden invalid not-found stale wrong-state open-handover open-referrals possible-duplicate ' +
    'duplicate-referral choose-structure recipient-unavailable recipient-not-active out-of-area objection not-informed cycle too-deep idempotency-key-reused too-many-requests'
  ).split(' '),
);

/** Values that have broken servers: PostgreSQL refuses NUL and lone surrogates, integers overflow, keys reach prototypes, depth exhausts stacks. */
const nasty: unknown[] = [
  null,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ‮ \u200b',
  'x'.repeat(20_000),
  "'; drop table case_row; --",
  '${jndi:ldap://x}',
  'NaN',
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  2_147_483_648,
  true,
  [],
  [null],
  Array.from({ length: 500 }, () => 'email'),
  {},
  { constructor: { prototype: {} } },
  '9999-99-99',
  '+275760-09-13',
  '2026-11-23T09:00:00Z',
  '00000000-0000-0000-0000-000000000000',
];

describe('bad bodies for every POST and PUT of openapi.json', () => {
  let system: TestSystem;
  let people: People;
  let api: OpenApi;
  let ids: Record<string, string>;

  beforeAll(async () => {
    system = await startSystem();
    people = await assemble(system);
    api = (await request(system.baseUrl, 'GET', '/openapi.json')).body as unknown as OpenApi;
    const { id: caseId } = await people.sender.do('/v1/cases', newCase());
    const { id: referralId } = await people.sender.do(`/v1/cases/${caseId}/referrals`, newReferral(people.recipient.structureId));
    const { id: handoverId } = await people.sender.do(`/v1/cases/${caseId}/handovers`, {
      kind: 'push',
      toStructureId: people.contributor.structureId,
      note: 'Note.',
    });
    ids = { cases: caseId, referrals: referralId, handovers: handoverId, structures: people.sender.structureId, users: people.sender.id };
  });
  afterAll(() => system.stop());

  const operations = (method: string): [string, Operation][] =>
    Object.entries(api.paths).flatMap(([path, item]) => (item[method] ? [[path, item[method]] as [string, Operation]] : []));
  /** Real ids where the route names something that exists, so that a bad body comes as deep as it can. */
  const address = (path: string): string =>
    path
      .replace(/\/([a-z-]+)\/\{[^}]+\}/g, (_, noun: string) => `/${noun}/${ids[noun] ?? randomUUID()}`)
      .replace(/\{[^}]+\}/g, randomUUID());

  function resolved(schema: Schema | undefined): Schema {
    if (schema?.$ref !== undefined) return resolved(api.components.schemas[schema.$ref.split('/').at(-1)!]);
    if (schema?.allOf?.length === 1) return resolved(schema.allOf[0]);
    return schema ?? {};
  }

  /** A body of the right shape, as far as types say it; each call of `spoil` gets a path to ruin. */
  function sample(schema: Schema | undefined, depth = 0): unknown {
    const { type, properties, items } = resolved(schema);
    if (properties !== undefined && depth < 4)
      return Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, sample(member, depth + 1)]));
    if (type === 'array') return [sample(items, depth + 1)];
    return type === 'number' || type === 'integer' ? 1 : type === 'boolean' ? true : type === 'object' ? {} : 'x';
  }

  function* bodiesOf(operation: Operation): Generator<unknown> {
    const schema = resolved(operation.requestBody?.content?.['application/json']?.schema);
    yield* [
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
    const whole = sample(schema) as Record<string, unknown>;
    yield whole;
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      for (const value of nasty) yield { ...whole, [name]: value };
      for (const inner of Object.keys(resolved(member).properties ?? {})) {
        for (const value of nasty) yield { ...whole, [name]: { ...(whole[name] as object), [inner]: value } };
      }
      if (resolved(member).type === 'array') for (const value of nasty) yield { ...whole, [name]: [value] };
    }
  }

  const isTold = ({ status, headers, body }: Answer): boolean =>
    status < 400 || (status < 500 && /^application\/problem\+json/.test(headers.get('content-type') ?? '') && codes.has(body.code));

  it('are refused with a problem, never with a 5xx', async () => {
    const wrong: string[] = [];
    const routes = [...operations('post'), ...operations('put')];
    expect(routes.length).toBeGreaterThan(25);
    for (const [path, operation] of routes) {
      // Every wrong guess at sign-in is made slower; a token must live to the end. Both have their own tests.
      if (path.startsWith('/v1/auth/log')) continue;
      const method = api.paths[path]?.post ? 'POST' : 'PUT';
      const person = /^\/v1\/(audit|structures|users)/.test(path) ? people.administrator : people.sender;
      for (const body of bodiesOf(operation)) {
        const answer = await person.try(method, address(path), { body });
        if (!isTold(answer))
          wrong.push(`${method} ${path} ${JSON.stringify(body).slice(0, 200)} → ${answer.status} ${answer.text.slice(0, 200)}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 300_000);

  it('nor are bad parameters of any GET', async () => {
    const wrong: string[] = [];
    for (const [path, operation] of operations('get')) {
      const names = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      const person = path.startsWith('/v1/audit') ? people.administrator : people.sender;
      for (const name of names) {
        for (const value of [
          '',
          '%00',
          '%ed%a0%80',
          'x'.repeat(3000),
          '-1',
          '1e99',
          ',,,',
          '%27',
          '[]',
          '%5B%5D=1',
          'null',
          '2026-99-99',
          'a&' + name + '=b',
        ]) {
          const answer = await person.try('GET', `${address(path)}?${name}=${value}`);
          if (!isTold(answer)) wrong.push(`GET ${path}?${name}=${value.slice(0, 40)} → ${answer.status} ${answer.text.slice(0, 200)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('nor are bad headers', async () => {
    const wrong: string[] = [];
    for (const [name, value] of [
      'if-match',
      'idempotency-key',
      'traceparent',
      'accept',
      'accept-language',
      'content-encoding',
      'x-request-id',
    ].flatMap((header) =>
      ['', '"', '*', 'W/"1"', '"99999999999999999999"', '"-1"', 'x'.repeat(3000), 'é', ',,,', '1, 2'].map(
        (content) => [header, content] as const,
      ),
    )) {
      const answer = await people.sender.post(
        `/v1/cases/${ids.cases}/corrections`,
        { resident: { status: 'retraite' } },
        { [name]: value },
      );
      if (!isTold(answer)) wrong.push(`${name}: ${value.slice(0, 40)} → ${answer.status} ${answer.text.slice(0, 200)}`);
    }
    expect(wrong).toEqual([]);
  });

  it('without a token everything but the public routes is 401, whatever else is wrong with it', async () => {
    const open = /^\/(health|metrics|openapi|docs)|^\/v1\/auth\/(login|invitations)/;
    const wrong: string[] = [];
    for (const method of ['get', 'post', 'put', 'delete', 'patch']) {
      for (const [path] of operations(method)) {
        if (open.test(path)) continue;
        const answer = await request(
          system.baseUrl,
          method.toUpperCase(),
          address(path),
          method === 'get' ? {} : { body: { nonsense: 1 } },
        );
        if (answer.status !== 401 || answer.body?.code !== 'unauthenticated')
          wrong.push(`${method} ${path} → ${answer.status} ${answer.text.slice(0, 200)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
