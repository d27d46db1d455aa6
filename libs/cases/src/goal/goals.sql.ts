/** The selects of goals and of progress. Row-level security: as far as the thread is read. */
import type { Uuid } from '@fil-rouge/kernel';
import { asked, type Select } from '@fil-rouge/platform';
import { personNamed, structureNamed, type Named } from '../case/names.sql';
import { boxOf, onCase, type Box, type OnCase } from '../entry/on-case.sql';
import type { GoalRow } from './goal.projection';

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

/** The case, and what is asked of it. */
export interface GoalsOnCase extends OnCase {
  goals: GoalRead[];
  sessions?: ProgressRead[];
}

const shown = `g.id, g.case_id, g.structure_id, g.theme, g.steps, g.status, g.version, g.seq, g.set_at, g.ended_on, g.ended_at, ${structureNamed('g.structure_id')} as structure,
  ${personNamed('g.author_id')} as actor, ${personNamed('g.ended_by')} as ender, ${boxOf('g.text_event', 'shared_text')} as text, ${boxOf('g.end_event', 'shared_text')} as comment`;

export const goalOfCase = onCase({
  goals: `select ${shown} from goal g where g.id = ($1->>'goalId')::uuid and g.case_id = any(records_seen_in(a.case_id))`,
});

/** Of each record that makes up the case the newest of one index. */
const newest = (status: string, limit: string, more = ''): string => `
  select g.* from unnest(records_seen_in(a.case_id)) r(id) cross join lateral (
    select * from goal g where g.case_id = r.id and g.status = ${status}${more} order by g.set_at desc, g.id desc limit ${limit}) g
  order by g.set_at desc, g.id desc limit ${limit}`;

const after = asked({ after: `(g.set_at, g.id) < (($1->'after'->>0)::timestamptz, ($1->'after'->>1)::uuid)` });

export const goalsOfCase: Select = (params) =>
  onCase({
    goals: `select ${shown} from (${newest(`$1->>'status'`, `($1->>'limit')::integer`, after(params))}) g order by g.set_at desc, g.id desc`,
  });

const mostPoints = 100;
const mostGoals = 20;

export const progressOfCase = onCase({
  goals: ['open', 'reached', 'abandoned']
    .map((status) => `(select ${shown} from (${newest(`'${status}'`, String(mostGoals))}) g)`)
    .join(' union all '),
  sessions: `
    select s.id, s.date, s.autonomy, s.themes, s.structure_id, s.seq, ${structureNamed('s.structure_id')} as structure from (
      select s.* from unnest(records_seen_in(a.case_id)) r(id) cross join lateral (
        select * from session_entry s where s.case_id = r.id and s.autonomy is not null and s.status = 'recorded' order by s.date desc, s.id desc limit ${mostPoints}) s
      order by s.date desc, s.id desc limit ${mostPoints}) s
    order by s.date, s.id`,
});
