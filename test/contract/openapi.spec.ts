import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { statusOfCode, vocabularies } from '@fil-rouge/kernel';
import { routes, rulesOf } from '../support/routes';

const committed = join(__dirname, 'openapi.json');

interface Operation {
  parameters?: { name: string }[];
  requestBody?: object;
  responses: Record<string, { content?: object }>;
  security?: object[];
  'x-permission'?: string;
}
interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, object> }> };
}

/** Made from the built code: the compiler plugin writes the schemas, and it does not run under jest. */
const present = (): string =>
  execFileSync(process.execPath, [join(__dirname, '../../dist/apps/api/src/openapi.js')], {
    encoding: 'utf8',
    maxBuffer: 10_000_000,
  });

/** The values of a union come in the order in which the compiler happened to meet them: another order is no other contract. */
const inOrder = (text: string): unknown =>
  JSON.parse(text, (key, value: unknown) => (key === 'enum' && Array.isArray(value) ? value.toSorted() : value));

describe('the OpenAPI document', () => {
  const text = present();
  const document = JSON.parse(text) as OpenApi;

  it('is the committed one: a change of the contract is made on purpose (UPDATE_OPENAPI=1 npx jest test/contract/openapi)', () => {
    if (process.env['UPDATE_OPENAPI']) writeFileSync(committed, `${JSON.stringify(inOrder(text), null, 1)}\n`);
    expect(inOrder(text)).toEqual(inOrder(readFileSync(committed, 'utf8')));
  });

  it('describes what every route answers', () => {
    // Nothing to describe: an empty body, or the text of the measures.
    const without = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.entries(responses)
          .filter(([status, { content }]) => status.startsWith('2') && !content)
          .map(([status]) => `${method} ${path} ${status}`),
      ),
    );
    expect(without).toEqual([
      'get /health/live 200',
      'get /metrics 200',
      'post /v1/auth/logout 204',
      'post /v1/auth/password-resets 202',
      'post /v1/auth/email-changes/accept 204',
      'post /v1/me/password 204',
      'post /v1/me/email-changes 202',
    ]);
  });

  it('says of each member what its rules say: how long, how many, from where to where, of which words', () => {
    const bounds: Readonly<Record<string, string>> = {
      maxLength: 'maxLength',
      min: 'minimum',
      max: 'maximum',
      arrayMaxSize: 'maxItems',
      arrayMinSize: 'minItems',
    };
    const bodies = routes().flatMap(({ body }) => (body ? [body] : []));
    const silent = [...new Set(bodies)].flatMap((shape) =>
      [...rulesOf(shape)].flatMap(([member, rules]) =>
        rules.flatMap(({ name = '', constraints, each }) => {
          const said = document.components.schemas[shape.name]?.properties?.[member] as
            Record<string, unknown> | undefined;
          if (name === 'isIn')
            return (each ? (said?.['items'] as { enum?: unknown } | undefined)?.enum : said?.['enum'])
              ? []
              : [`${shape.name}.${member}: its words`];
          const bound = each ? undefined : bounds[name];
          return bound === undefined || said?.[bound] === constraints[0]
            ? []
            : [`${shape.name}.${member}: ${bound} ${String(constraints[0])}`];
        }),
      ),
    );
    expect(bodies.length).toBeGreaterThan(40);
    expect(silent).toEqual([]);
  });

  it('speaks no code list that is not published with its labels', () => {
    // What a machine sorts by, or what is true or not of a record's chain: nothing that a person picks or reads.
    const technical = [
      ['true', 'false'],
      ['received', 'sent'],
      ['mine', 'structure'],
      ['asc', 'desc'],
      ['command', 'journal'],
      ['ok', 'broken', 'gap', 'lead', 'numbering'],
      ['accept', 'decline', 'withdraw', 'cancel'],
      ['ok', ...Object.keys(statusOfCode)],
    ];
    const published = [...Object.values(vocabularies).map((list) => Object.keys(list)), ...technical];
    const isPublished = (codes: string[]): boolean =>
      published.some((list) => codes.every((code) => list.includes(code) || code === 'preview'));
    const unpublished: string[][] = [];
    JSON.stringify(document, (key, value: unknown) => {
      if (key === 'enum' && !isPublished(value as string[])) unpublished.push(value as string[]);
      return value;
    });
    expect(unpublished).toEqual([]);
  });

  it('describes the members of every body and names a permission for every route that is not public', () => {
    const open = [
      '/health/live',
      '/health/ready',
      '/metrics',
      '/v1/auth/login',
      '/v1/auth/invitations/accept',
      '/v1/auth/password-resets',
      '/v1/auth/password-resets/accept',
      '/v1/auth/email-changes/accept',
    ];
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        expect([method, path, operation['x-permission'] === undefined]).toEqual([method, path, open.includes(path)]);
      }
    }
    const empty = Object.entries(document.components.schemas)
      .filter(([, { properties }]) => properties && Object.keys(properties).length === 0)
      .map(([name]) => name);
    expect(empty).toEqual([]);
  });
});
