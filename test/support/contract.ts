/** Holds every answer that a test gets to the OpenAPI document: its status, its body to the last member, its headers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

type Members = Record<string, unknown>;
interface Response {
  $ref?: string;
  content?: Record<string, { schema: object }>;
  headers?: Record<string, unknown>;
}
type Operation = { responses: Record<string, Response> };

const document = JSON.parse(readFileSync(join(__dirname, '../contract/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, Response>; schemas: Record<string, Members> };
};

/** As JSON Schema has it: null is one of the types, and a member that is not described is none. */
const strict = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(strict);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...schema } = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, strict(one)]));
  return nullable ? { anyOf: [{ type: 'null' }, schema] } : schema;
};
const closed = Object.fromEntries(
  Object.entries(strict(document.components.schemas) as Record<string, Members>).map(([name, schema]) => [
    name,
    'properties' in schema ? { additionalProperties: false, ...schema } : schema,
  ]),
);

const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema({ $id: 'document', components: { schemas: closed } });

const compiled = new Map<string, ValidateFunction>();
function validator(schema: object): ValidateFunction {
  const text = JSON.stringify(strict(schema)).replaceAll('"#/', '"document#/');
  const known = compiled.get(text) ?? ajv.compile(JSON.parse(text) as object);
  compiled.set(text, known);
  return known;
}

/** Addresses with their names first: `/v1/cases/duplicates` is no case. */
const patterns = Object.keys(document.paths)
  .toSorted((one, other) => one.split('{').length - other.split('{').length)
  .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }));

/** What may come of any request is said once, as the default. */
const ofAny = [408, 417, 431, 500];

interface Answered {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
}

/** What the answer has that the document has not, or the other way round; null: nothing. Addresses that the document has not are nobody's. */
export function breach({ method, path, status, headers, body, text }: Answered): string | null {
  const address = path.split('?')[0]!;
  const found = patterns.find(({ pattern }) => pattern.test(address));
  const operation = found && document.paths[found.path]![method.toLowerCase()];
  if (!operation) return null;
  const at = `${method} ${found.path} ${status}`;
  const declared = operation.responses[status] ?? (ofAny.includes(status) ? operation.responses['default'] : undefined);
  if (!declared) return `${at} is not in the contract: ${text.slice(0, 300)}`;
  const response = declared.$ref ? document.components.responses[declared.$ref.split('/').at(-1)!]! : declared;
  const [content] = Object.values(response.content ?? {});
  // A broadcast has no version of its own.
  const optional = ['Idempotency-Replayed', ...(content && 'oneOf' in content.schema ? ['ETag'] : [])];
  const missing = Object.keys(response.headers ?? {}).filter(
    (name) => !optional.includes(name) && headers.get(name) === null,
  );
  const told = ['etag', 'location', 'idempotency-replayed', 'retry-after'].filter((name) => headers.has(name));
  const described = Object.keys(response.headers ?? {}).map((name) => name.toLowerCase());
  const unsaid = told.filter((name) => !described.includes(name));
  // Done, and not read back: the id alone.
  const bare = status < 300 && isBare(body);
  if (unsaid.length > 0 || (missing.length > 0 && !bare)) return `${at}: headers ${[...missing, ...unsaid].join(', ')}`;
  if (!content) return text === '' ? null : `${at}: no body is in the contract`;
  if (bare || body === null) return null;
  const validate = validator(content.schema);
  return validate(body) ? null : `${at}: ${ajv.errorsText(validate.errors)} in ${text.slice(0, 2000)}`;
}

const isBare = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && Object.keys(body).join() === 'id';
