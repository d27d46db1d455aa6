/** Whose referrals a select is over. Row-level security says the same a second time. */

/**
 * A structure reads its own images; whoever watches reads all of its territory without needs, contact and pieces. A coordinator's
 * employer is no party here: the role sees states, dates and structures. Row-level security says the same of both tables.
 */
export const rowsOf = {
  structure: 'select * from referral_access where structure_id = me_structure()',
  watcher: /* sql */ `
    select id, case_id, version, status, from_structure_id, to_structure_id, 'watched' as box, null::integer as until_seq, false as sheet_open,
      case when me_role() = 'coordinator' then array['coordinator'] else '{}' end as roles, null as needs, null as contact, urgency, pressing, onward_allowed,
      parent_referral_id, previous_referral_id, broadcast_id, contact_user_id, sent_at, due_at, late_from, hold_until, cancellation_requested_at, ended_at, outcome,
      reason, ended_by, better_structure_id, draft_event, sheet_event, last_activity_at
    from referral w`,
} as const;

const workflow = `id, case_id, version, status, from_structure_id, to_structure_id, urgency, pressing, onward_allowed, parent_referral_id, previous_referral_id, broadcast_id,
  contact_user_id, sent_at, due_at, late_from, hold_until, cancellation_requested_at, ended_at, outcome, reason, ended_by, better_structure_id, draft_event,
  sheet_event, last_activity_at`;

/**
 * And what ended on a record that was merged into one the structure leads: nobody wrote it an image of those, needs and contact are in their
 * pieces. Row-level security says which.
 */
export const withMerged = /* sql */ `
  select ${workflow}, box, until_seq, sheet_open, roles, needs, contact from referral_access where structure_id = me_structure()
  union all
  select ${workflow}, 'lead', null, true, array['lead'], null, null from referral m
  where ended_at is not null and lead_horizon(case_id) = 2147483647
    and not exists (select from referral_access o where o.structure_id = me_structure() and o.id = m.id)`;

/** What a list is asked for by: sent is what the structure sent itself, and what others did on the cases it leads. */
export const boxes: Readonly<Record<string, string[]>> = { received: ['received'], sent: ['sent', 'lead'] };
/** Sent on, in a case that the structure leads, counts as sent. */
export const sentOn = `box = 'child' and 'lead' = any(roles)`;
