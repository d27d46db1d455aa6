import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const committed = join(__dirname, 'openapi.json');

interface Operation { parameters?: { name: string }[]; requestBody?: object; responses: Record<string, object>; security?: object[]; 'x-permission'?: string }
interface OpenApi { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, { properties?: object }> } }

/** Made from the built code: the compiler plugin writes the schemas, and it does not run under jest. */
const present = (): string => execFileSync(process.execPath, [join(__dirname, '../../dist/apps/api/src/openapi.js')], { encoding: 'utf8', maxBuffer: 10_000_000 });

/** The values of a union come in the order in which the compiler happened to meet them: another order is no other contract. */
const inOrder = (text: string): unknown => JSON.parse(text, (key, value: unknown) => (key === 'enum' && Array.isArray(value) ? value.toSorted() : value));

describe('the OpenAPI document', () => {
  const text = present();
  const document = JSON.parse(text) as OpenApi;

  it('is the committed one: a change of the contract is made on purpose (UPDATE_OPENAPI=1 npx jest test/contract/openapi)', () => {
    if (process.env['UPDATE_OPENAPI']) writeFileSync(committed, text);
    expect(inOrder(text)).toEqual(inOrder(readFileSync(committed, 'utf8')));
  });

  it('describes the members of every body and names a permission for every route that is not public', () => {
    const open = ['/health/live', '/health/ready', '/metrics', '/v1/auth/login', '/v1/auth/invitations/accept'];
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        expect([method, path, operation['x-permission'] === undefined]).toEqual([method, path, open.includes(path)]);
      }
    }
    const empty = Object.entries(document.components.schemas).filter(([, { properties }]) => properties && Object.keys(properties).length === 0).map(([name]) => name);
    expect(empty).toEqual([]);
  });
});
