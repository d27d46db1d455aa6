import { Injectable } from '@nestjs/common';
import { Clock } from '../clock';
import { Database } from '../database';
import { signedOut } from '../records/records';
import type { Caller, Session } from './session';

/** Milliseconds: a page that loads asks ten things within them. */
const remembered = 3_000;
const most = 10_000;

interface Seen {
  readonly session: Session;
  readonly until: number;
  /** By the clock of the system, which may be put forward. */
  readonly at: number;
  /** Whether it was noted that the session is in use. */
  readonly active: boolean;
}

/**
 * Who a token is for, asked of the database once and remembered for a moment. What is remembered opens nothing: it only says whom a request is refused as.
 * Every read and every commit asks the database again, and what is neither does so here (`need`): whoever signed out or left is answered 401 at once.
 */
@Injectable()
export class Sessions {
  private readonly seen = new Map<string, Seen>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @param token SHA-256 of the bearer token, hex
   * @param active whether somebody asks, and not a page that looks by itself: then the session is in use
   */
  async begin(token: string, active: boolean): Promise<Session | null> {
    const now = this.clock.now();
    const at = Date.parse(now);
    const seen = this.seen.get(token);
    const fresh = seen && performance.now() < seen.until && Math.abs(at - seen.at) < remembered;
    if (fresh && (seen.active || !active) && now < seen.session.expiresAt) return seen.session;
    this.seen.delete(token);
    const [row] = await this.database.query<{ session: Session | null }>(
      'session_begins',
      `select session_begins(decode($1, 'hex'), $2, $3) as session`,
      [token, now, active],
    );
    const session = row?.session ?? null;
    if (session) this.remember(token, { session, until: performance.now() + remembered, at, active });
    return session;
  }

  /** The same of who is remembered otherwise. */
  beginAnew(token: string, active: boolean): Promise<Session | null> {
    this.seen.delete(token);
    return this.begin(token, active);
  }

  /** For what is done without a read or a commit in the person's name: nothing else would ask again. Problems: 401. */
  async need({ token }: Caller): Promise<void> {
    const [row] = await this.database.query<{ session: Session | null }>(
      'session_of',
      `select session_of(decode($1, 'hex'), $2) as session`,
      [token, this.clock.now()],
    );
    if (!row?.session) throw signedOut();
  }

  /** The oldest go first: a map keeps the order in which its entries came. */
  private remember(token: string, seen: Seen): void {
    for (const oldest of this.seen.keys()) {
      if (this.seen.size < most) break;
      this.seen.delete(oldest);
    }
    this.seen.set(token, seen);
  }
}
