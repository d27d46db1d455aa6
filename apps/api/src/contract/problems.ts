/** What a refusal looks like in the OpenAPI document: one body, and for each status its codes. Derived from `statusOfCode`, as the answers are. */
import { roles, statusOfCode, valuesOf, type ProblemCode } from '@fil-rouge/kernel';
import type { OpenAPIObject } from '@nestjs/swagger';

type Components = NonNullable<OpenAPIObject['components']>;

const text = { type: 'string' };
const id = { type: 'string', format: 'uuid' };

const fieldError = {
  type: 'object',
  description: 'What is wrong with one value of the request.',
  required: ['pointer', 'code'],
  properties: {
    pointer: {
      ...text,
      description:
        'Where: a JSON pointer into the body (`/resident/commune`), `?name` of a query parameter, `#header/Name`; empty for the whole.',
    },
    code: { ...text, description: 'Which rule, for programs.', example: 'required' },
    detail: { ...text, description: 'What a person can do about it.' },
  },
};

const problem = {
  type: 'object',
  description:
    'Problem details of RFC 9457. `code` is what programs look at, `detail` what a person reads. The members after `traceId` are there where they help.',
  required: ['type', 'title', 'status', 'code', 'detail', 'traceId'],
  properties: {
    type: { ...text, example: 'urn:fil-rouge:problem:wrong-state' },
    title: text,
    status: {
      oneOf: [{ type: 'integer' }, { type: 'string' }],
      description: 'The HTTP status; where something stands in the way by its state (409), that state.',
    },
    code: { ...text, enum: Object.keys(statusOfCode) },
    detail: text,
    traceId: { ...text, description: 'To be named when you ask for help: the log has it too.' },
    errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } },
    actions: { type: 'array', items: text, description: 'What you may do to it in its present state.' },
    handoverId: { ...id, description: 'Of `open-handover`: the one that is open, where you may know it.' },
    openReferrals: { type: 'integer', description: 'Of `open-referrals`: how many are open.' },
    openCases: { type: 'integer', description: 'How many open cases somebody still leads.' },
    matchToken: { ...text, description: 'Of `possible-duplicate`: for `POST /v1/join-requests`.' },
    caseId: { ...id, description: 'Of `possible-duplicate`: the case, where you take part in it.' },
    mergedInto: { ...id, description: 'The record in which this one ended.' },
    structures: {
      type: 'array',
      description: 'Of `choose-structure`: those the account works for.',
      items: { $ref: '#/components/schemas/StructureToChoose' },
    },
  },
};

const structureToChoose = {
  type: 'object',
  required: ['id', 'name', 'role'],
  properties: { id, name: text, role: { ...text, enum: valuesOf(roles), description: 'The strongest there.' } },
};

const means: Readonly<Record<number, string>> = {
  400: 'It cannot be read: not JSON, not UTF-8.',
  401: 'Nobody is signed in, or no longer.',
  403: 'Your role, or your part in this, does not allow it.',
  404: 'It does not exist, or you may not know of it.',
  409: 'It is not possible in the present state.',
  412: 'It has changed since the version that `If-Match` names.',
  413: 'The body is too large.',
  415: 'The body is not application/json in UTF-8.',
  422: 'Values are missing, unknown or not acceptable, or what they ask for is not allowed.',
  429: 'Too often. `Retry-After` says when to come back.',
  503: 'Not at this moment, nothing was done. `Retry-After` says when to come back.',
};
const comesBack = [429, 503];

const codesOf = (status: number): string[] =>
  Object.keys(statusOfCode).filter((code) => statusOfCode[code as ProblemCode] === status);

const answered = (description: string, schema: object, more: object = {}) => ({
  description,
  ...more,
  content: { 'application/problem+json': { schema } },
});

const anyProblem = { $ref: '#/components/schemas/Problem' };

/** The schemas and responses that every route points at. */
export const problemComponents = {
  schemas: { Problem: problem, FieldError: fieldError, StructureToChoose: structureToChoose },
  responses: {
    ...Object.fromEntries(
      Object.entries(means).map(([status, description]) => [
        `Problem${status}`,
        answered(
          description,
          { allOf: [anyProblem, { type: 'object', properties: { code: { ...text, enum: codesOf(Number(status)) } } }] },
          comesBack.includes(Number(status))
            ? { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } }
            : {},
        ),
      ]),
    ),
    Problem: answered(
      'Whatever may happen to any request: it came too slowly, or something failed on our side.',
      anyProblem,
    ),
  },
} as Pick<Components, 'schemas' | 'responses'>;

export const problemFor = (status: number | 'default') => ({
  $ref: `#/components/responses/Problem${status === 'default' ? '' : status}`,
});
