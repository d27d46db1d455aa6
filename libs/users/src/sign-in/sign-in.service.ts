import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  canonicalEmail,
  Problem,
  type FieldError,
  type Json,
  type JsonObject,
  type Role,
  type Uuid,
} from '@fil-rouge/kernel';
import { Clock, Database, newId, Sealing, type Caller } from '@fil-rouge/platform';
import { CodesShown } from '../second-factor/codes-shown.service';
import { proofsAside, proofsOf } from './passwords.service';

/** Where a request comes from: the address attempts are counted for, the id its journal entries carry. */
export interface Origin {
  readonly address: string;
  readonly traceId: string;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly structureId?: Uuid;
  readonly role?: Role;
  /** Of the authenticator, or a recovery code. */
  readonly code?: string;
  /** `device` of an earlier sign-in. */
  readonly device?: string;
}

export interface SignedInPerson {
  readonly accessToken: string;
  readonly device: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly user: { id: Uuid; name: string };
  readonly structure: { id: Uuid; name: string };
  readonly role: Role;
}

interface LiveEmployment {
  id: Uuid;
  role: Role;
  structureId: Uuid;
  structureName: string;
  /** The account it belongs to: each employer has made one, and one e-mail and password open them all. */
  userId: Uuid;
  name: string;
}

interface Candidate {
  userId: Uuid;
  salt: string;
  employments: LiveEmployment[];
}

/** `wait` with a `person`: too soon from here, but this one has signed in from here before. */
interface Beginning {
  wait?: number;
  person?: Candidate | null;
}

/** `box`: the password was right, and a code is wanted. */
type Entered = { opened: boolean } | { box: string; of: Uuid };

const sessionSeconds = 12 * 3600;
/** With several roles in one structure a person acts with the first of these, unless another is asked for. */
const strongestFirst: readonly Role[] = ['administrator', 'coordinator', 'manager', 'counsellor', 'auditor'];

/** What is behind an e-mail, what its salt makes of the password, whether that opens a session: two round trips, and for who is kept out a third for the journal. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sealing: Sealing,
    private readonly codes: CodesShown,
  ) {}

  /** Problems: 401 for any wrong pair, 401 `second-factor-required` for the right one where a code is wanted, 429 too soon, 409 `choose-structure` (only after the right password), 503 `busy`. */
  async open(
    { email, password, structureId, role, code, device }: Credentials,
    origin: Origin,
  ): Promise<SignedInPerson> {
    const now = this.clock.now();
    const folded = foldEmail(email);
    const known = this.knownDevice(device, folded);
    const attempt = { email: folded, address: foldAddress(origin.address), now, ...(known && { device: known }) };
    const { wait, person } = await this.call<Beginning>('attempt_sign_in', attempt);
    const { employments = [], userId = null, salt } = person ?? {};
    // Proved also when nobody is there, and asked of the database: who is told nothing waits as long as who is told that it is wrong.
    const proofs = await (wait === undefined ? proofsOf : proofsAside)(salt, password);
    const proved = { ...attempt, ...(wait === undefined ? {} : { aside: true }), userId, proofs };
    const employment = choose(employments, structureId, role);
    const accessToken = randomBytes(32).toString('base64url');
    const entering = employment && {
      ...proved,
      tokenHash: createHash('sha256').update(accessToken).digest('hex'),
      userId: employment.userId,
      employmentId: employment.id,
      structureId: employment.structureId,
      expiresAt: new Date(Date.parse(now) + sessionSeconds * 1000).toISOString(),
      idles: true,
      trace: origin.traceId,
    };
    const opened = entering
      ? await this.enter(entering, { code, device: known, origin })
      : await this.call<boolean>(employments.length > 0 ? 'prove_sign_in' : 'proves_password', proved);
    if (wait !== undefined && !(opened && employments.length > 0)) throw this.heldBack(wait, opened, userId, attempt);
    if (!opened || employments.length === 0)
      throw await this.refused(userId, opened ? 'no-employment' : 'wrong-pair', origin, now);
    if (!employment) throw chooseStructure(employments, structureId, role);
    return {
      accessToken,
      device: this.sealing.sealToken('device', { id: known ?? newId(), email: folded }),
      expiresIn: sessionSeconds,
      user: { id: employment.userId, name: employment.name },
      structure: { id: employment.structureId, name: employment.structureName },
      role: employment.role,
    };
  }

  /** Whether the password, and where there is one the second factor, opened it. Problems: 401 `second-factor-required`, 429. */
  private async enter(
    entering: JsonObject & { userId: Uuid; now: string },
    { code, device, origin }: { code?: string | undefined; device?: string | undefined; origin: Origin },
  ): Promise<boolean> {
    const first = await this.call<Entered>('enter_session', {
      ...entering,
      ...(code !== undefined && { coded: true }),
    });
    if (!('box' in first)) return first.opened;
    if (code === undefined) throw codeWanted('Give the code that your authenticator shows, or a recovery code.');
    const shown = await this.codes.of(first, code, device);
    const second = shown && (await this.call<Entered>('enter_session', { ...entering, code: shown }));
    if (!second || 'box' in second || !second.opened) {
      await this.note(entering.userId, 'wrong-code', origin, entering.now);
      throw codeWanted(wrongCode, [{ pointer: '/code', code: 'wrong', detail: wrongCode }]);
    }
    await this.codes.giveBack(first.of, shown, device);
    return true;
  }

  /** The token is dead when this returns. */
  async close({ token, traceId }: Caller): Promise<void> {
    await this.database.query('end_session', `select end_session(decode($1, 'hex'), $2, $3)`, [
      token,
      this.clock.now(),
      traceId,
    ]);
  }

  /**
   * Somebody else has used up the attempts of an address that this person has signed in from: the right password opens. A wrong one is answered like
   * everybody's there, and as late, or the answer would say who works behind that address; what it costs the account is written down afterwards.
   */
  private heldBack(wait: number, right: boolean, userId: Uuid | null, attempt: JsonObject): Problem {
    if (!right && userId !== null) void this.call('count_wrong_pair', attempt).catch(() => undefined);
    return tooSoon(wait);
  }

  /** The id inside, when a sign-in of this e-mail gave it out. It opens nothing; its attempts are counted apart from everybody else's. */
  private knownDevice(device: string | undefined, email: string): Uuid | undefined {
    const opened = device === undefined ? null : this.sealing.openToken('device', device);
    return opened?.['email'] === email ? (opened['id'] as Uuid) : undefined;
  }

  private async call<R extends Json | object>(
    name: 'attempt_sign_in' | 'proves_password' | 'prove_sign_in' | 'count_wrong_pair' | 'enter_session',
    p: JsonObject,
  ): Promise<R> {
    const [row] = await this.database.query<{ answer: R }>(name, `select ${name}($1) as answer`, [JSON.stringify(p)]);
    return row!.answer;
  }

  /** The journal says who was kept out, never the e-mail that was typed: it may be a password typed into the wrong field. */
  private async refused(userId: Uuid | null, reason: string, origin: Origin, now: string): Promise<Problem> {
    await this.note(userId, reason, origin, now);
    return new Problem('unauthenticated', 'The e-mail address or the password is not right.');
  }

  private async note(userId: Uuid | null, reason: string, { traceId }: Origin, now: string): Promise<void> {
    await this.database.query(
      'sign_in_refused',
      `insert into audit_entry (at, user_id, action, outcome, reason, trace_id) values ($1, $2, 'sign-in', 'unauthenticated', $3, $4)`,
      [now, userId, reason, traceId],
    );
  }
}

/** The employment to act for; undefined when the person has to say which structure. */
export function choose<E extends Pick<LiveEmployment, 'structureId' | 'role'>>(
  employments: readonly E[],
  structureId?: Uuid,
  role?: Role,
): E | undefined {
  const wanted = employments.filter(
    (employment) =>
      (structureId === undefined || employment.structureId === structureId) &&
      (role === undefined || employment.role === role),
  );
  if (new Set(wanted.map((employment) => employment.structureId)).size > 1) return undefined;
  return strongestFirst
    .map((strength) => wanted.find((employment) => employment.role === strength))
    .find((found) => found !== undefined);
}

/** Accounts keep their e-mail in lower case, its domain as mail is sent to it. */
export const foldEmail = (email: string): string => canonicalEmail(email).toLowerCase();

/** What attempts are counted by: a provider gives one household a whole /64 of IPv6 addresses, so these count as one. */
export function foldAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(missing, 0)).fill('0'), ...groups(tail)];
  return `${all
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

function chooseStructure(employments: readonly LiveEmployment[], structureId?: Uuid, role?: Role): Problem {
  const ids = [...new Set(employments.map((employment) => employment.structureId))];
  const structures = ids.map((id) => {
    const { structureName: name, role: strongest } = choose(employments, id)!;
    return { id, name, role: strongest };
  });
  const why = () => {
    if (structureId !== undefined && !ids.includes(structureId)) return 'You do not work for the structure you named.';
    if (
      role !== undefined &&
      !employments.some(
        (employment) => employment.role === role && employment.structureId === (structureId ?? employment.structureId),
      )
    ) {
      return structureId === undefined
        ? 'You have this role nowhere.'
        : 'You do not have this role in the structure you named.';
    }
    return 'You work for several structures.';
  };
  return new Problem(
    'choose-structure',
    `${why()} Sign in again with the structureId of one of those you work for, and a role you have there.`,
    { structures },
  );
}

const wrongCode = 'This code is not right, or was used before. Type the one that is shown now.';
const codeWanted = (detail: string, errors?: readonly FieldError[]) =>
  new Problem('second-factor-required', detail, errors && { errors });

const tooSoon = (seconds: number) =>
  new Problem('too-many-requests', `Too many attempts to sign in. Wait ${seconds} s, then try again.`, {
    retryAfter: seconds,
  });
