import { Injectable } from '@nestjs/common';
import { notFound, type Json, type Uuid } from '@fil-rouge/kernel';
import { Clock, Reads, type Caller } from '@fil-rouge/platform';

export interface SessionRow {
  id: Uuid;
  created_at: string;
  expires_at: string;
  active_at: string;
  role: string;
  structure_id: Uuid;
  structure_name: string;
  current: boolean;
}

const listSql = `select own_sessions(decode($1->>'token', 'hex'), ($1->>'now')::timestamptz) as sessions`;
// The journal names the person, where something was ended, and no session.
const endOwnSql = `select n.ended, case when n.ended > 0 then me_user() end as whose
  from (select end_own_sessions(($1->>'id')::uuid, decode($1->>'token', 'hex'), ($1->>'now')::timestamptz) as ended) n`;
const endOfSql = `select end_sessions_of(a.id, ($1->>'now')::timestamptz) as ended, a.id as whose from account a where a.id = ($1->>'userId')::uuid`;
const audit = { action: 'sessions.ended', shownIn: 'whose', durable: true } as const;

/** Where somebody is signed in. Ended is ended: the next request with that token is answered 401. */
@Injectable()
export class OpenSessions {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async own(caller: Caller): Promise<SessionRow[]> {
    const [row] = await this.reads.rows<{ sessions: SessionRow[] }>(caller, listSql, this.asked(caller));
    return row!.sessions;
  }

  /** @param id absent: all but the one that asks. Problems: 404 for one that is somebody else's, or not open any more */
  async endOwn(caller: Caller, id?: Uuid): Promise<number> {
    const params = { ...this.asked(caller), id: id ?? null };
    const [row] = await this.reads.rows<{ ended: number }>(caller, endOwnSql, params, { audit });
    if (id !== undefined && row!.ended === 0) throw notFound('You are not signed in there, or no longer.');
    return row!.ended;
  }

  /** Problems: 404. */
  async endOf(caller: Caller, userId: Uuid): Promise<number> {
    const params = { userId, now: this.clock.now() };
    const [row] = await this.reads.rows<{ ended: number }>(caller, endOfSql, params, { audit });
    if (!row) throw notFound();
    return row.ended;
  }

  private asked({ token }: Caller): Record<string, Json> {
    return { token, now: this.clock.now() };
  }
}
