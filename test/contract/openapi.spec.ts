import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissionValues, recordKinds, statusOfCode, vocabularies } from '@fil-rouge/kernel';
import { appointmentActions } from '../../libs/cases/src/appointment/appointment.policy';
import { attachmentActions, filesActions } from '../../libs/cases/src/attachment/attachments.dto';
import { caseActions } from '../../libs/cases/src/case/case.policy';
import { exportActions } from '../../libs/cases/src/export/exports.dto';
import { noteActions } from '../../libs/cases/src/note/notes.dto';
import { sessionActions } from '../../libs/cases/src/session/sessions.dto';
import { workshopActions } from '../../libs/cases/src/workshop/workshops.dto';
import { referralActions } from '../../libs/referrals/src/referral/referral.policy';
import { routes, rulesOf } from '../support/routes';

const committed = join(__dirname, 'openapi.json');
const client = join(__dirname, '../../apps/console/src/api/contract.d.ts');

/** The types of a client, as whoever builds one generates them. */
const generated = (): string =>
  execFileSync(process.execPath, [join(__dirname, '../../node_modules/openapi-typescript/bin/cli.js'), committed], {
    encoding: 'utf8',
    maxBuffer: 10_000_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });

interface Operation {
  operationId: string;
  summary?: string;
  parameters?: { name?: string; $ref?: string }[];
  requestBody?: { content: Record<string, { schema: { $ref: string }; example?: unknown }> };
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }>; headers?: object }>;
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

  it('makes the types of a client, with which a story is told in test/journeys/client.spec.ts (UPDATE_OPENAPI=1 too)', () => {
    const types = generated();
    if (process.env['UPDATE_OPENAPI']) writeFileSync(client, types);
    expect(readFileSync(client, 'utf8')).toBe(types);
  });

  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, ...operation })),
  );
  const named = (ref = ''): string[] =>
    Object.keys(document.components.schemas[ref.split('/').at(-1)!]?.properties ?? {});

  it('names each route once, as a client calls it, with a sentence, an example and every way in which it refuses', () => {
    const wrong = operations.flatMap(({ path, method, operationId, summary, requestBody, responses, ...route }) => {
      const at = `${method} ${path}`;
      const taken = (route.parameters ?? []).map(({ name, $ref }) => name ?? $ref!.split('/').at(-1)!);
      const [done] = Object.entries(responses).find(([status]) => status.startsWith('2'))!;
      const shown = named(responses[done]!.content?.['application/json']?.schema.$ref);
      const body = requestBody?.content['application/json'];
      const isSigned = route['x-permission'] !== undefined;
      const refusals = [
        'default',
        ...(isSigned ? ['401', '403', '422', '503'] : []),
        ...(path.includes('{') ? ['404'] : []),
        ...(body ? ['400', '413', '415', '422'] : []),
        // A page is read, also by a search, whose names stand in no address.
        ...(isSigned && method !== 'get' && !path.includes('/auth/') && !shown.includes('nextCursor')
          ? ['409', '412']
          : []),
      ].filter((status) => !(status in responses));
      const asksForPage = [...taken, ...named(body?.schema.$ref)];
      const headers = Object.keys(responses[done]!.headers ?? {});
      return [
        /^[a-z]+([A-Z][a-z]+)*$/.test(operationId) ? '' : 'its name',
        /^\S[^]+[.?]$/.test(summary ?? '') ? '' : 'a sentence',
        body && body.example === undefined ? 'an example' : '',
        refusals.join(' '),
        // What is found by the beginning of a name is one page.
        shown.includes('nextCursor') && !asksForPage.includes('limit') ? 'limit' : '',
        shown.includes('nextCursor') && !asksForPage.includes('cursor') && path !== '/v1/communes' ? 'cursor' : '',
        shown.includes('version') && !headers.includes('ETag') ? 'ETag' : '',
        done === '201' && !headers.includes('Location') ? 'Location' : '',
      ].flatMap((missing) => (missing === '' ? [] : [`${at}: ${missing}`]));
    });
    expect(wrong).toEqual([]);
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no object whose members it does not describe, but those whose names are data', () => {
    const open: string[] = [];
    const look = (value: unknown, at: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const schema = value as Record<string, unknown>;
      const isDescribed = ['properties', 'additionalProperties', 'allOf'].some((one) => one in schema);
      if (schema['type'] === 'object' && !isDescribed) open.push(at);
      for (const [key, member] of Object.entries(schema)) look(member, `${at}/${key}`);
    };
    look(document.components.schemas, '');
    look(document.paths, '');
    expect(open).toEqual([]);
  });

  it('describes what every route answers', () => {
    // Nothing to describe: an empty body.
    const without = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.entries(responses)
          .filter(([status, { content }]) => status.startsWith('2') && !content)
          .map(([status]) => `${method} ${path} ${status}`),
      ),
    );
    expect(without).toEqual([
      'post /v1/auth/logout 204',
      'post /v1/auth/password-resets 202',
      'post /v1/auth/email-changes/accept 204',
      'post /v1/me/password 204',
      'post /v1/me/email-changes 202',
      'post /v1/me/sign-ins/{id}/end 204',
      'post /v1/me/second-factor/remove 204',
      'post /v1/users/{id}/second-factor/reset 204',
      'delete /v1/exports/{id} 204',
      'delete /v1/me/calendar 204',
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
    const technical: string[][] = [
      ['true', 'false'],
      ['received', 'sent'],
      ['mine', 'structure'],
      ['asc', 'desc'],
      ['command', 'journal'],
      ['ok', 'broken', 'gap', 'lead', 'numbering'],
      ['signature', 'order', 'records', 'journal'],
      [...recordKinds],
      ['accept', 'decline', 'withdraw', 'cancel'],
      ['ok', ...Object.keys(statusOfCode)],
      ['ok', 'absent'],
      ['same-siret', 'same-name', 'mixed-alphabets'],
      ['recipient-full', 'recipient-waiting-list'],
      [...permissionValues],
      [...referralActions],
      caseActions,
      [...attachmentActions],
      [...filesActions],
      [...appointmentActions],
      [...sessionActions],
      [...noteActions],
      [...workshopActions],
      [...exportActions],
    ];
    const published: string[][] = [...Object.values(vocabularies).map((list) => Object.keys(list)), ...technical];
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
      '/v1/auth/browser/login',
      '/v1/auth/invitations/accept',
      '/v1/auth/password-resets',
      '/v1/auth/password-resets/accept',
      '/v1/auth/email-changes/accept',
      // Behind a secret in the body, with a code.
      '/v1/outside-answers/sheet',
      '/v1/outside-answers',
      // Behind a secret in the address.
      '/v1/calendars/{file}',
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
