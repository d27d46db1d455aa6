/** The selects of goals and of progress. Row-level security: as far as the thread is read. */
import type { Uuid } from '@fil-rouge/kernel';
import { asked, type Select } from '@fil-rouge/platform';
import { personNamed, structureNamed, type Named } from '../case/names.sql';
import type { View } from '../case/case.policy';
import type { GoalRow } from './goal.projection';

/** A piece with what opens it. */
export interface Box {
  readonly stream: Uuid;
  readonly event: Uuid;
  readonly key: string | null;
  readonly ciphertext: string;
}

export interface GoalRead extends Omit<GoalRow, 'text_event' | 'end_event' | 'author_id' | 'ended_by'> {
  structure: Named | null;
  actor: Named | null;
  ender: Named | null;
  text: Box | null;
  comment: Box | null;
}

export interface ProgressRead {
  id: Uuid;
  date: string;
  autonomy: string;
  themes: string[];
  structure_id: Uuid;
  seq: number;
  structure: Named | null;
}

/** The case as its reader stands to it, and what is asked of it. */
export interface GoalsOnCase {
  id: Uuid;
  view: View;
  until_seq: number | null;
  survivor: Uuid | null;
  goals: GoalRead[];
  sessions?: ProgressRead[];
}

const boxOf = (column: string): string => `(
  select json_build_object('stream', e.stream_id, 'event', e.event_id, 'key', key_of(e.stream_id), 'ciphertext', e.ciphertext) from piece e where e.event_id = ${column} and e.kind = 'shared_text')`;

const shown = `g.id, g.case_id, g.structure_id, g.theme, g.steps, g.status, g.version, g.seq, g.set_at, g.ended_on, g.ended_at, ${structureNamed('g.structure_id')} as structure,
  ${personNamed('g.author_id')} as actor, ${personNamed('g.ended_by')} as ender, ${boxOf('g.text_event')} as text, ${boxOf('g.end_event')} as comment`;

const onCase = (goals: string, more = ''): string => `
select a.case_id as id, a.participation as view, a.until_seq, visible_survivor(a.case_id) as survivor, (select coalesce(json_agg(x), '[]') from (${goals}) x) as goals${more}
from case_access a where a.structure_id = me_structure() and a.case_id = ($1->>'caseId')::uuid`;

export const goalOfCase = onCase(
  `select ${shown} from goal g where g.id = ($1->>'goalId')::uuid and g.case_id = any(records_seen_in(a.case_id))`,
);

/** Of each record that makes up the case the newest of one index. */
const newest = (status: string, limit: string, more = ''): string => `
  select g.* from unnest(records_seen_in(a.case_id)) r(id) cross join lateral (
    select * from goal g where g.case_id = r.id and g.status = ${status}${more} order by g.set_at desc, g.id desc limit ${limit}) g
  order by g.set_at desc, g.id desc limit ${limit}`;

const after = asked({ after: `(g.set_at, g.id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)` });

export const goalsOfCase: Select = (params) =>
  onCase(
    `select ${shown} from (${newest(`$1->>'status'`, `($1->>'limit')::integer`, after(params))}) g order by g.set_at desc, g.id desc`,
  );

const mostPoints = 100;
const mostGoals = 20;

export const progressOfCase = onCase(
  ['open', 'reached', 'abandoned']
    .map((status) => `(select ${shown} from (${newest(`'${status}'`, String(mostGoals))}) g)`)
    .join(' union all '),
  `, (select coalesce(json_agg(y), '[]') from (
    select s.id, s.date, s.autonomy, s.themes, s.structure_id, s.seq, ${structureNamed('s.structure_id')} as structure from (
      select s.* from unnest(records_seen_in(a.case_id)) r(id) cross join lateral (
        select * from session_entry s where s.case_id = r.id and s.autonomy is not null and s.status = 'recorded' order by s.date desc, s.id desc limit ${mostPoints}) s
      order by s.date desc, s.id desc limit ${mostPoints}) s
    order by s.date, s.id) y) as sessions`,
);
