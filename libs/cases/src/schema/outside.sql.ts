import { internal, readTable } from '@fil-rouge/platform';
import { OutsideReferral } from '../outside/outside.entity';

/** For who reads the thread, and always for the structure that sent: it says what came of it also after its part has ended. */
export const outside = [
  ...readTable(OutsideReferral, {
    of: 'case_id',
    api: 'structure_id = me_structure() or seq <= record_horizon(case_id)',
  }),
  // What is said in the log of a record that this one has ended in has no number here: only who reads this record without end reads it.
  internal(
    'put_outside_change(rows jsonb) returns void language sql',
    /* sql */ `
  update outside_referral o set status = r.status, outcome = r.outcome, outcome_on = r.outcome_on, version = r.version,
    seq = case when o.case_id = r.case_id then r.seq else 2147483647 end, end_event = r.end_event, ended_at = r.ended_at, ended_by = r.ended_by
  from jsonb_populate_recordset(null::outside_referral, rows) r where o.id = r.id
`,
  ),
];
