import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { invalid, Problem, type Json, type JsonObject, type Role, type Uuid } from '@fil-rouge/kernel';
import { Clock, Database, Sealing, type Caller } from '@fil-rouge/platform';
import { openInvitation } from './invitations';
import { hashPassword, verifyPassword } from './passwords';

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
}

export interface SignedInPerson {
  readonly accessToken: string;
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
}

interface Candidate {
  userId: Uuid;
  name: string;
  passwordHash: string | null;
  employments: LiveEmployment[];
}

const sessionSeconds = 12 * 3600;
/** With several roles in one structure a person acts with the first of these, unless another is asked for. */
const strongestFirst: readonly Role[] = ['administrator', 'coordinator', 'manager', 'counsellor', 'auditor'];

/** Two round trips, whatever the outcome: what is behind an e-mail, the password's verification, then the session or the journal. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sealing: Sealing,
  ) {}

  /** Problems: 401 for any wrong pair, 429 too soon, 409 `choose-structure` (only after the right password), 503 `busy`. */
  async open({ email, password, structureId, role }: Credentials, origin: Origin): Promise<SignedInPerson> {
    const now = this.clock.now();
    const attempt = { email: foldEmail(email), address: foldAddress(origin.address), now };
    const { wait, person } = await this.call<{ wait?: number; person?: Candidate | null }>('begin_sign_in', attempt);
    if (wait !== undefined) throw tooSoon(wait);
    // Verified also when nobody is there, and before anything is said about employments.
    const right = await verifyPassword(person?.passwordHash, password);
    if (!person || !right || person.employments.length === 0) {
      throw await this.refused(person?.userId ?? null, right ? 'no-employment' : 'wrong-pair', origin, now);
    }
    const employment = choose(person.employments, structureId, role);
    if (!employment) {
      await this.call('forgive_sign_in', attempt);
      throw chooseStructure(person.employments);
    }
    const accessToken = randomBytes(32).toString('base64url');
    const opened = await this.call<boolean>('open_session', {
      ...attempt,
      tokenHash: createHash('sha256').update(accessToken).digest('hex'),
      userId: person.userId,
      passwordHash: person.passwordHash,
      employmentId: employment.id,
      structureId: employment.structureId,
      expiresAt: new Date(Date.parse(now) + sessionSeconds * 1000).toISOString(),
      trace: origin.traceId,
    });
    if (!opened) throw await this.refused(person.userId, 'wrong-pair', origin, now);
    return {
      accessToken,
      expiresIn: sessionSeconds,
      user: { id: person.userId, name: person.name },
      structure: { id: employment.structureId, name: employment.structureName },
      role: employment.role,
    };
  }

  /** The token is dead when this returns. */
  async close({ token, traceId }: Caller): Promise<void> {
    await this.database.query('end_session', `select end_session(decode($1, 'hex'), $2, $3)`, [token, this.clock.now(), traceId]);
  }

  /** Sets the password behind an invitation's link. Problems: 422 for a link that was used, has expired or is not ours, or a password like the e-mail. */
  async accept(token: string, password: string, { traceId }: Pick<Origin, 'traceId'>): Promise<{ user: { id: Uuid; name: string; email: string } }> {
    const now = this.clock.now();
    const id = openInvitation(this.sealing, token);
    const [row] = id === null ? [] : await this.database.query<{ invited: { userId: Uuid; name: string; email: string } | null }>(
      'invitation_of', 'select invitation_of($1, $2) as invited', [id, now],
    );
    if (id === null || !row?.invited) throw deadLink();
    const { userId, name, email } = row.invited;
    if (foldEmail(password) === email) throw invalid('/password', 'like-email', 'The password must not be the e-mail address.');
    if (!(await this.call<boolean>('accept_invitation', { id, passwordHash: await hashPassword(password), now, trace: traceId }))) throw deadLink();
    return { user: { id: userId, name, email } };
  }

  private async call<R extends Json | object>(name: 'begin_sign_in' | 'forgive_sign_in' | 'open_session' | 'accept_invitation', p: JsonObject): Promise<R> {
    const [row] = await this.database.query<{ answer: R }>(name, `select ${name}($1) as answer`, [JSON.stringify(p)]);
    return row!.answer;
  }

  /** The journal says who was kept out, never the e-mail that was typed: it may be a password typed into the wrong field. */
  private async refused(userId: Uuid | null, reason: string, { traceId }: Origin, now: string): Promise<Problem> {
    await this.database.query('sign_in_refused',
      `insert into audit_entry (at, user_id, action, outcome, reason, trace_id) values ($1, $2, 'sign-in', 'unauthenticated', $3, $4)`, [now, userId, reason, traceId]);
    return new Problem('unauthenticated', 'The e-mail address or the password is not right.');
  }
}

/** The employment to act for; undefined when the person has to say which structure. */
export function choose(employments: readonly LiveEmployment[], structureId?: Uuid, role?: Role): LiveEmployment | undefined {
  const wanted = employments.filter((employment) => (structureId === undefined || employment.structureId === structureId) && (role === undefined || employment.role === role));
  if (new Set(wanted.map((employment) => employment.structureId)).size > 1) return undefined;
  return strongestFirst.map((strength) => wanted.find((employment) => employment.role === strength)).find((found) => found !== undefined);
}

/** Accounts keep their e-mail in lower case. */
export const foldEmail = (email: string): string => email.trim().toLowerCase();

/** What attempts are counted by: a provider gives one household a whole /64 of IPv6 addresses, so these count as one. */
export function foldAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(missing, 0)).fill('0'), ...groups(tail)];
  return `${all.slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

function chooseStructure(employments: readonly LiveEmployment[]): Problem {
  const ids = [...new Set(employments.map(({ structureId }) => structureId))];
  const structures = ids.map((id) => {
    const { structureName: name, role } = choose(employments, id)!;
    return { id, name, role };
  });
  return new Problem('choose-structure', 'You work for several structures: sign in again with the structureId of the one you act for.', { structures });
}

const tooSoon = (seconds: number) =>
  new Problem('too-many-requests', `Too many attempts to sign in. Wait ${seconds} s, then try again.`, { retryAfter: seconds });

const deadLink = () => invalid('/token', 'expired', 'This invitation was used, has expired or is not ours. Ask for a new one.');
