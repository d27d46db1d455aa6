import { Injectable } from '@nestjs/common';
import { invalid, type JsonObject } from '@fil-rouge/kernel';
import {
  asked,
  cursorOf,
  instantOf,
  JournalWords,
  limitOf,
  pageOf,
  Reads,
  type Caller,
  type Page,
  type Select,
} from '@fil-rouge/platform';
import { nameAt } from '@fil-rouge/users';
import type { AuditEntriesQuery, AuditEntryDto } from './audit.dto';

interface EntryRow {
  id: string;
  at: string;
  source: 'command' | 'journal';
  action: string;
  outcome: string;
  case_id: string | null;
  user_id: string | null;
  user_name: string | null;
  structure_id: string | null;
  structure_name: string | null;
  target: string | null;
  shown: string[] | null;
  reason: string | null;
}

const filters = (at: string, actor: string, action: string, outcome: string) =>
  asked({
    caseId: `stream_id = ($1->>'caseId')::uuid`,
    structureId: `structure_id = ($1->>'structureId')::uuid`,
    userId: `${actor} = ($1->>'userId')::uuid`,
    action: `${action} = any(array(select jsonb_array_elements_text($1->'action')))`,
    outcome: `${outcome} = any(array(select jsonb_array_elements_text($1->'outcome')))`,
    from: `${at} >= ($1->>'from')::timestamptz`,
    to: `${at} < ($1->>'to')::timestamptz`,
    after: `(${at}, id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)`,
  });
const [done, read] = [
  filters('recorded_at', 'actor_id', 'type', `'ok'`),
  filters('at', 'user_id', 'action', 'outcome'),
];

/** What was done stands in the log of events, what was read or refused in the journal: one list from two indexes. */
const entriesSql: Select = (params) => `
  with entries as (
    (select id, recorded_at as at, 'command' as source, type as action, 'ok' as outcome, case when record_kind(stream_id) = 'case' then stream_id end as case_id,
       actor_id as user_id, structure_id, null::uuid as target, null::uuid[] as shown, null as reason
     from event where true${done(params)}
     order by recorded_at desc, id desc limit ($1->>'limit')::int + 1)
    union all
    (select id, at, 'journal', action, outcome, case when record_kind(stream_id) = 'case' then stream_id end, user_id, structure_id, target, nullif(shown, '{}'), reason
     from audit_entry where true${read(params)}
     order by at desc, id desc limit ($1->>'limit')::int + 1)
  )
  select e.*, a.name as user_name, ${nameAt('s', 'e.at')} as structure_name
  from entries e left join account a on a.id = e.user_id left join structure s on s.id = e.structure_id
  order by e.at desc, e.id desc limit ($1->>'limit')::int + 1`;

@Injectable()
export class AuditQueries {
  constructor(
    private readonly reads: Reads,
    private readonly words: JournalWords,
  ) {}

  async list(caller: Caller, query: AuditEntriesQuery): Promise<Page<AuditEntryDto>> {
    const limit = limitOf(query);
    const { caseId, userId, structureId, action, outcome, from, to } = query;
    if (action?.some((one) => !this.words.has(one)))
      throw invalid(
        '?action',
        'unknown',
        'The journal knows no such action: an event (`ReferralAccepted`), a read (`case.read`), `sign-in`, or the method and route of a refusal (`POST /v1/cases`).',
      );
    if (from !== undefined && to !== undefined && from >= to)
      throw invalid('?from', 'after-to', 'This begins after `to` has ended: nothing lies between.');
    const params: JsonObject = {
      caseId,
      userId,
      structureId,
      action,
      outcome,
      from,
      to,
      limit,
      after: cursorOf(query),
    };
    const rows = await this.reads.rows<EntryRow>(caller, entriesSql, params);
    return pageOf(rows, limit, ({ at, id }) => [at, id], entryOf);
  }
}

const entryOf = (row: EntryRow): AuditEntryDto => ({
  id: row.id,
  at: instantOf(row.at),
  source: row.source,
  action: row.action,
  outcome: row.outcome,
  ...(row.user_id ? { user: { id: row.user_id, name: row.user_name ?? '' } } : {}),
  ...(row.structure_id ? { structure: { id: row.structure_id, name: row.structure_name ?? '' } } : {}),
  ...(row.case_id ? { caseId: row.case_id } : {}),
  ...(row.target ? { target: row.target } : {}),
  ...(row.shown ? { shown: row.shown } : {}),
  ...(row.reason ? { reason: row.reason } : {}),
});
