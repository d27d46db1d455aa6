import { definer, internal, readTable } from '@fil-rouge/platform';
import { HandoverAccessEntity, HandoverEntity } from '../handover/handover.entity';

/**
 * handover: one whole row per handover, for the network's roles, for the leads that come later, and for commands. handover_access: one row per
 * side, as that side may see it, so that a list's policy is an equality. For a structure that asks blindly `case_id` and the lead are null.
 */
export const handovers = [
  ...readTable(HandoverEntity, {
    of: 'case_id',
    // A lead reads what happened before it led; a former lead what began before its end.
    person: `watches(case_id) or (me_role() in ('counsellor', 'manager') and created_seq <= lead_horizon(case_id))`,
    worker: true,
  }),

  // Whoever has no structure here (me_structure() is null for the network's roles) reads no row of it. The role said once more made the planner expect
  // almost none, and read all of a structure's rows instead of the first of the index.
  ...readTable(HandoverAccessEntity, { of: 'case_id', person: 'structure_id = me_structure()' }),

  internal(
    'asks_for_a_part(p_types text[]) returns boolean language sql immutable',
    /* sql */ `
  select p_types <@ array['HandoverRequested']
`,
  ),

  // p = {userId, now}: the request this person has made to join a case they know nothing of, and that is not answered. One after another: of two at once
  // the second finds the first.
  definer(
    'check_open_join(p jsonb) returns jsonb language plpgsql',
    ['api'],
    /* sql */ `
begin
  perform pg_advisory_xact_lock(hashtextextended(p->>'userId', 12));
  return (select to_jsonb(h.id) from handover_access a join handover h on h.id = a.id
    where a.structure_id in (select structure_id from employment where user_id = (p->>'userId')::uuid) and a.status = 'requested' and a.case_id is null
      and h.by_user = (p->>'userId')::uuid and h.due_at > (p->>'now')::timestamptz limit 1);
end `,
  ),
];
