import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/**
 * What had ended on a record stays with it when it is merged into another, and with it the need: whoever leads that other, and whoever sent it and
 * still takes part there, is asked for a next step. Needs the cases' migration of the same number. Frozen once released.
 */
export class TasksOfMergedRecords1700000000022 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
-- Begins with the merges since that day, which are few, not with what ever ended. \`present\`: the record that goes on.
create function ended_on_merged(p_since timestamptz) returns table (ended referral, present uuid, roles text[])
  language sql stable security definer set search_path = public, pg_temp as $$
  select r, p.id, array_remove(array[case when own.leads then 'lead' end, case when r.from_structure_id = me_structure() then 'sender' end], null)
  from case_merge m, lateral (select present_record(m.id) as id) p, lateral (
    select bool_or(g.kind = 'lead') as leads from access_grant g
    where g.stream_id = p.id and g.structure_id = me_structure() and g.kind <> 'candidate' and g.to_seq is null having count(*) > 0) own
  join referral r on true
  where me_structure() is not null and m.merged_at >= p_since and r.case_id = m.id and r.ended_at >= p_since and (own.leads or r.from_structure_id = me_structure())
$$;
revoke execute on function ended_on_merged(timestamptz) from public;
grant execute on function ended_on_merged(timestamptz) to api;
alter function ended_on_merged(timestamptz) owner to writer;
`);
  }
}
