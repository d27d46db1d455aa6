/** What the document says of a route beside its own shapes: its errors, its headers, an example. All of it follows from what the route is. */
import type { OpenAPIObject } from '@nestjs/swagger';
import type { LocalDate, ProblemCode } from '@fil-rouge/kernel';
import { statusOfCode } from '@fil-rouge/kernel';
import { examplesOn } from './examples';
import { problemComponents, problemFor } from './problems';

interface Schema {
  $ref?: string;
  oneOf?: Schema[];
  properties?: Record<string, { type?: string }>;
}
interface Response {
  content?: Record<string, { schema?: Schema }>;
  headers?: object;
}
interface Operation {
  operationId?: string;
  parameters?: object[];
  requestBody?: { content?: Record<string, { schema?: object; example?: unknown }> };
  responses: Record<string, Response | { $ref: string }>;
  security?: object[];
  'x-permission'?: string;
  'x-refuses'?: readonly ProblemCode[];
}

const methods = ['get', 'post', 'put', 'delete'] as const;

const text = { type: 'string' };
const headers = {
  ETag: { description: 'The version that was answered, for `If-Match`.', schema: { ...text, example: '"3"' } },
  Location: { description: 'Where it can be read.', schema: text },
  'Idempotency-Replayed': {
    description: '`true`: this key was answered before; nothing was done again.',
    schema: { ...text, enum: ['true'] },
  },
  'Retry-After': { description: 'Seconds after which to try again.', schema: { type: 'integer' } },
};

const sent = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Of your making, one for each thing to be done: sent again with the same body within 48 hours, it gets the first answer and nothing is done twice.',
    schema: { ...text, minLength: 1, maxLength: 64, pattern: '^[\\x21-\\x7e]+$' },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The ETag that was read: refused with 412 when it has changed since.',
    schema: text,
  },
};

const points = (to: string, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/${to}/${name}` }]));

/** A case that was merged into another one. */
const movedOn = {
  description: 'The record was merged into another one, which is read there.',
  headers: points('headers', ['Location']),
};

/** @param today for the days in the examples */
export function complete(document: OpenAPIObject, today: LocalDate): OpenAPIObject {
  const schemas = document.components?.schemas as Record<string, Schema>;
  const examples = examplesOn(today);
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method] as Operation | undefined;
      if (operation) describe(operation, { path, method }, schemas, examples);
    }
  }
  // Cases may not know what lives above them.
  Object.assign(schemas['CaseShown']?.properties ?? {}, {
    openHandover: { $ref: '#/components/schemas/HandoverLineDto' },
  });
  Object.assign(schemas, problemComponents.schemas);
  Object.assign(document.components!, { headers, parameters: sent, responses: problemComponents.responses });
  return document;
}

function describe(
  operation: Operation,
  { path, method }: { path: string; method: (typeof methods)[number] },
  schemas: Record<string, Schema>,
  examples: Readonly<Record<string, unknown>>,
): void {
  const { responses } = operation;
  const done = Object.entries(responses).filter((one): one is [string, Response] => one[0].startsWith('2'));
  const unchanged = responses['304'] as Response | undefined;
  if (unchanged) unchanged.headers = points('headers', ['ETag']);
  const members = done.flatMap(([, response]) => {
    const schema = response.content?.['application/json']?.schema;
    return (schema?.oneOf ?? [schema]).map(
      (one) => (one?.$ref ? schemas[one.$ref.split('/').at(-1)!] : one)?.properties ?? {},
    );
  });
  const isSigned = operation['x-permission'] !== undefined;
  const writes = method !== 'get';
  // What answers a page is a read, also where its filters are personal and stand in a body.
  const isCommand = isSigned && writes && !path.startsWith('/v1/auth') && !members.some((one) => 'nextCursor' in one);
  const hasVersion = members.some((one) => one['version']?.type === 'number');
  const namesOne = path.includes('{');

  const refused = [
    ...(path.startsWith('/v1') ? [400, 503] : []),
    ...(operation.security ? [401] : []),
    ...(isSigned ? [403, 422] : []),
    ...(namesOne || isCommand ? [404] : []),
    // A record that was damaged is not read either.
    ...((isSigned && namesOne) || isCommand ? [409] : []),
    ...(isCommand ? [412] : []),
    ...(writes ? [413, 415] : []),
    ...(operation.requestBody ? [422] : []),
    ...(operation['x-refuses'] ?? []).map((code) => statusOfCode[code]),
  ];
  delete operation['x-refuses'];
  for (const status of [...new Set(refused)].sort((one, other) => one - other))
    responses[status] ??= problemFor(status);
  responses['default'] = problemFor('default');

  if (!writes && path.startsWith('/v1/cases/{id}')) responses['308'] = movedOn;

  const isRepeatable = isCommand && method === 'post';
  // What is added to a case is decided on the version of the case.
  const isConditional =
    isCommand && (path.startsWith('/v1/cases/{id}') || (hasVersion && (namesOne || method === 'put')));
  const taken = [...(isRepeatable ? ['IdempotencyKey'] : []), ...(isConditional ? ['IfMatch'] : [])];
  operation.parameters = [
    ...(operation.parameters ?? []).map(withFormat),
    ...taken.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
  for (const [status, response] of done) {
    const told = [
      ...(hasVersion || unchanged ? ['ETag'] : []),
      // What goes on after the answer is read where it says.
      ...(status === '201' || (status === '202' && response.content) ? ['Location'] : []),
      ...(isRepeatable ? ['Idempotency-Replayed'] : []),
    ];
    if (told.length > 0) response.headers = { ...response.headers, ...points('headers', told) };
  }

  const body = operation.requestBody?.content?.['application/json'];
  const example = examples[operation.operationId ?? ''];
  if (body && example !== undefined) body.example = example;
}

/** An id in an address is one like any other; the secret of a calendar is none. */
const withFormat = (parameter: object): object =>
  (parameter as { in?: string; name?: string }).in === 'path' && (parameter as { name?: string }).name !== 'file'
    ? { ...parameter, schema: { ...text, format: 'uuid' } }
    : parameter;
