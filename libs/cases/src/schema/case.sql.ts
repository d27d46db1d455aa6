import { access, definer, inlined, readTable } from '@fil-rouge/platform';
import { CaseAccess, CaseFile, LeadPeriod } from '../case/case.entity';

/** Who follows a case, and who watches it from outside. */
export const cases = [
  // As `watches`, but on the row itself: a list must not look each case up.
  ...readTable(CaseFile, {
    of: 'case_id',
    outlives: true,
    person: `me_role() in ('administrator', 'auditor') or (me_role() = 'coordinator' and in_territory(commune))`,
    worker: true,
  }),

  // Whoever has no structure here (`me_structure()` is null for the network's roles) reads no row of it. The role said once more made the planner expect
  // almost none, and read everything a structure ever followed instead of the first rows of the index.
  ...readTable(CaseAccess, { of: 'case_id', person: 'structure_id = me_structure()' }),

  // A former lead reads the period that began with the event that ended its own: the name of the new one.
  ...readTable(LeadPeriod, { of: 'case_id', person: 'from_seq <= record_horizon(case_id) or watches(case_id)' }),

  // A coordinator's communes; '*' is the whole network.
  inlined(
    'in_territory(p_commune text) returns boolean language sql stable parallel safe',
    ['reader', 'writer'],
    `
  return current_setting('fil.scope', true) = '*' or p_commune = any(string_to_array(current_setting('fil.scope', true), ','))`,
  ),

  // Who watches a record watches those that ended in it, whatever commune they named.
  definer(
    'watches(p_stream uuid) returns boolean language sql stable',
    ['reader'],
    /* sql */ `
  select case me_role()
    when 'administrator' then true
    when 'auditor' then true
    when 'coordinator' then exists (select from case_file where id = p_stream and in_territory(commune))
      or exists (select from case_merge m where m.id = p_stream and watches(m.case_id))
    else false
  end
`,
  ),

  // Events carry states, dates and structures in clear, nothing of what was done: that is what a coordinator sees of its territory.
  access('event', {
    policies: {
      event_for_coordination: `for select to reader using (me_role() = 'coordinator' and watches(stream_id))`,
      // Events carry no content in clear: an auditor sees who did what when, and content only through a reading with a reason.
      event_for_audit: `for select to reader using (me_role() in ('administrator', 'auditor'))`,
    },
  }),

  // Who read the record: its lead and its coordinator see the entries about that one case.
  access('audit_entry', {
    policies: {
      audit_read: `for select to reader using (me_role() in ('administrator', 'auditor'))`,
      audit_of_a_case: `for select to reader using (
  stream_id is not null and (action like 'case.%' or action in ('referral.read', 'referral.attachment', 'handover.read')) and outcome = 'ok'
  and (lead_horizon(stream_id) = 2147483647 or (me_role() = 'coordinator' and watches(stream_id)))
)`,
    },
  }),

  // How many open cases somebody leads for a structure, before the employment ends.
  definer(
    'open_cases_led_by(p_user uuid, p_structure uuid) returns integer language sql stable',
    ['reader', 'worker'],
    /* sql */ `
  select count(*)::integer from case_file where lead_structure_id = p_structure and lead_user_id = p_user and status = 'open'
`,
  ),
];
