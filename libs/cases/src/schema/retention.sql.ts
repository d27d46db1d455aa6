import { definer, readTable } from '@fil-rouge/platform';
import { ErasureNotice } from '../retention/notice.entity';

export const retention = [
  // To who leads and who may erase. It is not looked at whether it still holds: that says the moment in it.
  ...readTable(ErasureNotice, {
    of: 'case_id',
    person: `me_role() = 'administrator' or lead_horizon(case_id) = 2147483647`,
    worker: true,
  }),

  // The next parts of structures that are over and have not moved since then, for administrators: which, and no more. Where the record ended in another one, the part goes on there.
  definer(
    'ended_parts(p_before timestamptz, p_after jsonb, p_limit integer) returns table (case_id uuid, structure_id uuid, status text, last_activity_at timestamptz) language sql stable',
    ['reader'],
    /* sql */ `
  select a.case_id, a.structure_id, a.status, a.last_activity_at from case_access a
  where me_role() = 'administrator' and a.until_seq is not null and a.status <> 'merged' and a.last_activity_at < p_before
    and (a.last_activity_at, a.case_id, a.structure_id) > (coalesce((p_after->>0)::timestamptz, '-infinity'), coalesce((p_after->>1)::uuid, '00000000-0000-0000-0000-000000000000'), coalesce((p_after->>2)::uuid, '00000000-0000-0000-0000-000000000000'))
  order by a.last_activity_at, a.case_id, a.structure_id limit p_limit
`,
  ),

  // Whether somebody still has to answer, or helps: a follow-up that is silent and yet waited for.
  definer(
    'is_waited_for(p_case uuid) returns boolean language sql stable',
    ['reader'],
    /* sql */ `
  select me_role() = 'administrator' and exists (select from access_grant g where g.stream_id = p_case and g.to_seq is null and g.kind <> 'lead')
`,
  ),
];
