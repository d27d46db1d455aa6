import { Injectable } from '@nestjs/common';
import { notFound, type Uuid } from '@fil-rouge/kernel';
import {
  cursorOf,
  limitOf,
  pageOf,
  Reads,
  type Asking,
  type Caller,
  type Page,
  type Rows,
  type Select,
} from '@fil-rouge/platform';
import { personNamed, type Named } from '../case/names.sql';
import type { SessionsQuery } from '../session/session-lists.dto';
import { codesOf } from '../session/session-lists.queries';
import { filters, firstRows, newest } from '../session/session-lists.sql';
import type { AnonymousSessionRow } from './anonymous-session';
import type { AnonymousSessionShown } from './anonymous-sessions.dto';

type SessionRead = Omit<AnonymousSessionRow, 'structure_id' | 'author_id'> & { actor: Named | null };

const shown = `s.id, s.version, s.status, s.date, s.minutes, s.place, s.commune, s.place_id, s.place_name, s.themes, s.equipment, s.autonomy, s.age_bracket, s.gender,
  s.resident_status, ${personNamed('s.author_id')} as actor`;

const list: Select = (params) => `
select ${shown} from (
  select * from anonymous_session s where s.structure_id = me_structure() and s.status = $1->>'status'${filters(params)} ${firstRows(params)}
) s order by ${newest}`;

const one = `select ${shown} from anonymous_session s where s.structure_id = me_structure() and s.id = ($1->>'sessionId')::uuid`;

/** The anonymous sessions of the caller's structure. Nobody is named in them, so their readings are not in the journal. */
@Injectable()
export class AnonymousSessionsQueries {
  constructor(private readonly reads: Reads) {}

  /** Newest day first. */
  async list(caller: Caller, query: SessionsQuery): Promise<Page<AnonymousSessionShown>> {
    const { status = 'recorded', limit: _limit, cursor: _cursor, ...narrowed } = query;
    const params = { ...narrowed, status, limit: limitOf(query) + 1, after: cursorOf(query) };
    const rows = await this.reads.rows<SessionRead>(caller, list, params);
    return pageOf(rows, limitOf(query), ({ date, id }) => [date, id], show);
  }

  asking = (caller: Caller, sessionId: Uuid): Asking => this.reads.asking(caller, one, { sessionId });

  /** Problems: 404, also for another structure's. */
  async one(caller: Caller, sessionId: Uuid, rows?: Rows): Promise<AnonymousSessionShown> {
    const [row] = (rows ?? (await this.reads.read(this.asking(caller, sessionId)))) as SessionRead[];
    if (!row) throw notFound();
    return show(row);
  }
}

const show = (row: SessionRead): AnonymousSessionShown => ({
  id: row.id,
  version: row.version,
  status: row.status,
  ...codesOf(row),
  ...(row.age_bracket ? { ageBracket: row.age_bracket } : {}),
  ...(row.gender ? { gender: row.gender } : {}),
  ...(row.resident_status ? { residentStatus: row.resident_status } : {}),
  actor: row.actor,
});
