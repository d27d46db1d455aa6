import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/**
 * A merge is known to who takes part in the record that goes on, or still did when it happened. Whoever had left before has its rows of both as they
 * were: nothing leads from one to the other, and what it keeps of the ended one stays. Frozen once released.
 */
export class WhoKnowsOfMerges1700000000022 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index case_merge_recent on case_merge (merged_at);

-- A grant that RecordsMerged itself ends (an objection) did not get to see the other record.
create function knows_merge(p_into uuid, p_seq integer) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select watches(p_into) or exists (select from access_grant
    where stream_id = p_into and structure_id = me_structure() and kind <> 'candidate' and (to_seq is null or to_seq > p_seq))
$$;
-- A record and those that ended in it, as far as who asks knows. What had ended in one of those before is known with it.
create function records_seen_in(p_case uuid) returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select p_case || array(select unnest(records_of(m.id)) from case_merge m where m.case_id = p_case and knows_merge(m.case_id, m.seq))
$$;
create function merges_seen_in(p_case uuid) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'into', m.case_id, 'seq', m.seq) order by m.merged_at, m.id), '[]')
  from case_merge m where m.id = any(records_seen_in(p_case)) and m.id <> p_case
$$;
revoke execute on function knows_merge(uuid, integer), records_seen_in(uuid), merges_seen_in(uuid) from public;
grant execute on function records_seen_in(uuid), merges_seen_in(uuid) to api, worker;
alter function knows_merge(uuid, integer) owner to writer;
alter function records_seen_in(uuid) owner to writer;
alter function merges_seen_in(uuid) owner to writer;

set local role writer;
-- Where a merged record goes on for who asks: the furthest it knows of. Who led the merged one and contributes to that one no more is not led away from
-- what it keeps: here the resident as of its end, there nothing. Null also for a record that was never merged: one look at an index.
create or replace function visible_survivor(p_case uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select s.id from case_merge f, lateral (
    select m.case_id as id from way_of(f.id) w join case_merge m on m.id = w.id
    where watches(m.case_id) or exists (select from access_grant g
      where g.stream_id = m.case_id and g.structure_id = me_structure() and g.kind <> 'candidate' and (g.to_seq is null or (g.to_seq > m.seq and (g.kind = 'lead'
        or not exists (select from access_grant o where o.stream_id = f.id and o.structure_id = me_structure() and o.kind = 'lead')))))
    order by w.step desc limit 1) s
  where f.id = p_case
$$;
set local role owner;
`);
  }
}
