import { internal, readTable } from '@fil-rouge/platform';
import { Goal } from '../goal/goal.entity';

/** For who reads the thread, as it stands; who set it and has left reads in the timeline what it said then. */
export const goals = [
  ...readTable(Goal, { of: 'case_id', person: 'seq <= record_horizon(case_id)' }),
  internal(
    'put_goal_change(rows jsonb) returns void language sql',
    /* sql */ `
  update goal g set steps = r.steps, status = r.status, version = r.version, seq = r.seq, end_event = r.end_event, ended_on = r.ended_on, ended_at = r.ended_at, ended_by = r.ended_by
  from jsonb_populate_recordset(null::goal, rows) r where g.id = r.id
`,
  ),
];
