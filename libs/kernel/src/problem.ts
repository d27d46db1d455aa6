/**
 * Refusals, as values a rule throws and the HTTP filter writes as RFC 9457 problem details.
 * The kind decides the status; the code is what clients test. All codes stand here, nowhere else.
 */
export const statusOfCode = {
  'malformed-json': 400,
  'malformed-request': 400,
  unauthenticated: 401,
  'second-factor-required': 401,
  forbidden: 403,
  'second-factor-missing': 403,
  'not-found': 404,
  'request-timeout': 408,
  'wrong-state': 409,
  'open-handover': 409,
  'open-referrals': 409,
  'possible-duplicate': 409,
  'duplicate-referral': 409,
  'choose-structure': 409,
  unreadable: 409,
  stale: 412,
  'too-large': 413,
  'unsupported-type': 415,
  'expectation-failed': 417,
  invalid: 422,
  'recipient-unavailable': 422,
  'recipient-not-active': 422,
  'out-of-area': 422,
  objection: 422,
  'not-informed': 422,
  cycle: 422,
  'too-deep': 422,
  'idempotency-key-reused': 422,
  'too-many-requests': 429,
  'headers-too-large': 431,
  'internal-error': 500,
  unavailable: 503,
  busy: 503,
} as const;

export type ProblemCode = keyof typeof statusOfCode;

/** Refusals worth an entry in the journal: who was kept from what. A mistyped body is not. */
export const journalled: ReadonlySet<ProblemCode> = new Set([
  'forbidden',
  'not-found',
  'stale',
  'wrong-state',
  'objection',
  'recipient-not-active',
  'recipient-unavailable',
  'open-handover',
  'open-referrals',
  'possible-duplicate',
  'duplicate-referral',
  'out-of-area',
  'not-informed',
  'cycle',
  'too-deep',
] as const);

/** `pointer` is a JSON pointer into the body (`/resident/commune`) or `?name` for a query parameter. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail?: string;
}

export interface ProblemDetails {
  readonly errors?: readonly FieldError[];
  readonly status?: string;
  readonly actions?: readonly string[];
  readonly retryAfter?: number;
  readonly [member: string]: unknown;
}

export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    /** A sentence a person can act on. Never the raw input, a stack or SQL. */
    readonly detail: string,
    /** Written beside `code`; a `status` here is the present state of the thing and takes the place of the HTTP number in the body. */
    readonly members: ProblemDetails = {},
  ) {
    super(`${code}: ${detail}`);
  }

  get httpStatus(): number {
    return statusOfCode[this.code];
  }
}

/** Also for what exists and may not be seen: the two must not be told apart. */
export const notFound = (what = 'This does not exist, or you have no access to it.') => new Problem('not-found', what);
export const forbidden = (why = 'Your role does not allow this.') => new Problem('forbidden', why);
export const stale = () => new Problem('stale', 'This has changed since you read it. Read it again, then decide.');
/** The sentence says what a person can do about it: a code alone is for programs. */
export const invalid = (pointer: string, code: string, detail: string) =>
  new Problem('invalid', detail, { errors: [{ pointer, code, detail }] });
/** `status` is the present state, `actions` what the caller may still do. */
export const wrongState = (status: string, actions: readonly string[] = []) =>
  new Problem('wrong-state', `This is not possible in the present state (${status}).`, { status, actions });
