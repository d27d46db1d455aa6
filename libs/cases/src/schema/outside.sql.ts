import { definer, internal, readTable } from '@fil-rouge/platform';
import { structureNamed } from '../case/names.sql';
import { addressOf } from '../entry/on-case.sql';
import { OutsideReferral } from '../outside/outside.entity';
import { handsOut, sheetColumns, sheetResident } from '../outside/outside-referrals.sql';

/** Never less than it was: of two calls in one commit the later one may come first. */
const seqIn = 'greatest(o.seq, case when o.case_id = r.case_id then r.seq else 2147483647 end)';
const opens = 'o.link_hash = p_hash and o.link_end is null and o.link_until > p_now';

/** For who reads the thread, and always for the structure that sent: it says what came of it also after its part has ended. */
export const outside = [
  ...readTable(OutsideReferral, {
    of: 'case_id',
    person: 'structure_id = me_structure() or seq <= record_horizon(case_id)',
  }),
  // What is said in the log of a record that this one has ended in has no number here: only who reads this record without end reads it.
  internal(
    'put_outside_change(rows jsonb) returns void language sql',
    /* sql */ `
  update outside_referral o set status = r.status, outcome = r.outcome, outcome_on = r.outcome_on, by_recipient = r.by_recipient, version = greatest(o.version, r.version),
    seq = ${seqIn}, end_event = r.end_event, ended_at = r.ended_at, ended_by = r.ended_by
  from jsonb_populate_recordset(null::outside_referral, rows) r where o.id = r.id
`,
  ),
  // Beside the change: of several of both in one commit, or a rebuild, each call has its last row, and the later of the two says how much was said.
  internal(
    'put_outside_answer(rows jsonb) returns void language sql',
    /* sql */ `
  update outside_referral o set answer = r.answer, answer_reason = r.answer_reason, answered_at = r.answered_at, version = greatest(o.version, r.version), seq = ${seqIn}
  from jsonb_populate_recordset(null::outside_referral, rows) r where o.id = r.id
`,
  ),
  internal(
    'put_answer_link(rows jsonb) returns void language sql',
    /* sql */ `
  update outside_referral o set link_id = r.link_id, link_hash = r.link_hash, link_event = r.link_event, link_until = r.link_until, link_end = null
  from jsonb_populate_recordset(null::outside_referral, rows) r where o.id = r.id
`,
  ),
  internal(
    'put_answer_link_end(rows jsonb) returns void language sql',
    /* sql */ `
  update outside_referral o set link_end = r.link_end from jsonb_populate_recordset(null::outside_referral, rows) r where o.id = r.id and o.link_id = r.link_id
`,
  ),

  // What is behind the secret of a link: no right to read, but one row for whoever has it. Null: no link of that secret opens.
  definer(
    'answer_link(p_hash text, p_now timestamptz) returns jsonb language sql stable',
    ['api'],
    /* sql */ `
  select jsonb_build_object('id', o.link_id, 'outsideId', o.id, 'caseId', present_record(o.case_id)) from outside_referral o where ${opens}
`,
  ),
  // The answer that has ended a link lately, for whoever sends it again because they never heard that it had arrived.
  definer(
    'answer_given(p_hash text, p_now timestamptz) returns jsonb language sql stable',
    ['api'],
    /* sql */ `
  select jsonb_build_object('id', o.link_id, 'answer', o.answer, 'reason', o.answer_reason, 'outcome', o.outcome, 'on', o.outcome_on) from outside_referral o
  where o.link_hash = p_hash and o.link_end = 'answered' and o.by_recipient and o.answered_at > p_now - interval '1 hour'
`,
  ),
  internal(
    'records_warranted(p_warrant jsonb, p_now timestamptz) returns uuid[] language sql stable',
    /* sql */ `
  select array[o.case_id, present_record(o.case_id)] from outside_referral o where o.id = (answer_link(p_warrant->>'answerLink', p_now)->>'outsideId')::uuid
  union all
  select c.user_id || accounts_of(a.email) from email_change c join account a on a.id = c.user_id where c.id = (p_warrant->>'emailChange')::uuid
  limit 1
`,
  ),
  // The sheet as its sender could hand it out now; sealed.
  definer(
    'answer_sheet(p_hash text, p_now timestamptz) returns jsonb language sql stable',
    ['api'],
    /* sql */ `
  select jsonb_build_object('caseId', a.case_id, 'until', o.link_until, 'answer', o.answer, 'reception', reception_of(o.structure_id),
    'outside', (select to_jsonb(s) from (select ${sheetColumns}) s),
    'resident', jsonb_build_object(${sheetResident}))
  from outside_referral o join case_access a on a.structure_id = o.structure_id and a.case_id = present_record(o.case_id)
  where ${opens} and ${handsOut}
`,
  ),
  // To whom the link goes, sealed, and who asked; for as long as it opens.
  definer(
    'answer_letter(p_link uuid, p_now timestamptz) returns jsonb language sql stable',
    ['worker'],
    /* sql */ `
  select jsonb_build_object('structure', ${structureNamed('o.structure_id')}, 'until', o.link_until, 'to', ${addressOf('o.link_event')})
  from outside_referral o where o.link_id = p_link and o.link_end is null and o.link_until > p_now
`,
  ),
];
