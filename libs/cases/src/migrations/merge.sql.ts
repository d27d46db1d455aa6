/**
 * Records that ended in another one: where they go on, and what that opens. Everything here is derived from `RecordsMerged` in the
 * survivor's log; nothing is copied into the survivor but rows of what is still open.
 */
export const mergeTablesSql = /* sql */ `
create table case_merge (
  id uuid not null,
  case_id uuid not null,
  seq integer not null,
  merged_at timestamptz(3) not null,
  constraint case_merge_pk primary key (id)
);
create index case_merge_survivor on case_merge (case_id);
`;

export const mergeAccessSql = /* sql */ `
-- The way of a record through its merges: itself, the one it ended in, the one that ended in… A record that has ended takes nothing in: no circles.
create function way_of(p_stream uuid) returns table (id uuid, step integer) language sql stable security definer set search_path = public, pg_temp as $$
  with recursive way(id, step) as (select p_stream, 0 union all select m.case_id, way.step + 1 from way join case_merge m on m.id = way.id)
  select id, step from way
$$;
create function present_record(p_stream uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select id from way_of(p_stream) order by step desc limit 1
$$;
create function goes_on_in(p_stream uuid, p_record uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from way_of(p_stream) where step > 0 and id = p_record)
$$;
-- How many merges a record is away from the present one: orders the history of a referral that lived on several.
create function merges_after(p_stream uuid) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select max(step) from way_of(p_stream)
$$;
-- A record and all that ended in it.
create function records_of(p_case uuid) returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  with recursive whole(id) as (select p_case union all select m.id from whole join case_merge m on m.case_id = whole.id)
  select array_agg(id) from whole
$$;
create function merges_of(p_case uuid) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'into', m.case_id, 'seq', m.seq) order by m.merged_at, m.id), '[]')
  from case_merge m where m.case_id = any(records_of(p_case))
$$;
-- Where a merged record goes on, if who asks may see that one; null also for a record that was never merged.
create function visible_survivor(p_case uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select s.id from case_merge m, lateral (select present_record(m.case_id) as id) s
  where m.id = p_case and (watches(s.id) or exists (select from case_access a where a.case_id = s.id and a.structure_id = me_structure()))
$$;
revoke execute on function way_of(uuid), present_record(uuid), goes_on_in(uuid, uuid), merges_after(uuid), records_of(uuid), merges_of(uuid), visible_survivor(uuid) from public;
grant execute on function present_record(uuid), goes_on_in(uuid, uuid), merges_after(uuid), records_of(uuid), merges_of(uuid), visible_survivor(uuid) to api, worker;
alter function way_of(uuid) owner to writer;
alter function present_record(uuid) owner to writer;
alter function goes_on_in(uuid, uuid) owner to writer;
alter function merges_after(uuid) owner to writer;
alter function records_of(uuid) owner to writer;
alter function merges_of(uuid) owner to writer;
alter function visible_survivor(uuid) owner to writer;

-- Whose events of a referral or handover: up to the end of the part in the record where that ended, and all of the records before it.
create function party_horizon(p_stream uuid, p_about uuid) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select case when stream_id = p_stream then coalesce(until_seq, 2147483647) when goes_on_in(p_stream, stream_id) then 2147483647 end
  from party where about = p_about and structure_id = me_structure()
$$;
grant execute on function party_horizon(uuid, uuid) to api, worker, writer;
alter function party_horizon(uuid, uuid) owner to writer;

drop policy event_of_the_thread on event;
create policy event_of_the_thread on event for select to api using (
  structure_id = me_structure()
  or (audience = 'record' and seq <= record_horizon(stream_id))
  or (audience = 'about' and (seq <= lead_horizon(stream_id) or seq <= party_horizon(stream_id, about)))
);
drop policy piece_of_the_thread on piece;
create policy piece_of_the_thread on piece for select to api using (
  (structure_id = me_structure() and kind in ('shared_text', 'private_note'))
  or (kind <> 'private_note' and shared_by is null and seq <= record_horizon(stream_id))
  or (kind <> 'private_note' and shared_by is not null and (seq <= lead_horizon(stream_id) or (seq <= party_horizon(stream_id, shared_by) and party_sheet(shared_by))))
);
drop policy piece_of_a_reading on piece;
create policy piece_of_a_reading on piece for select to api using (
  me_role() in ('administrator', 'auditor') and kind <> 'private_note' and (stream_id = me_reading() or goes_on_in(stream_id, me_reading()))
);

-- A replay of a record's log does not take back what went on in another record: those rows are that one's now.
create function stays_moved() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from case_merge where id = (to_jsonb(new)->>tg_argv[0])::uuid) then return null; end if;
  return new;
end $$;
alter function stays_moved() owner to writer;

-- The words by which a second opening of the same resident is noticed.
create function copy_claim(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  insert into claim (token, stream_id)
  select c.token, r.to_stream from jsonb_to_recordset(rows) as r(from_stream uuid, to_stream uuid) join claim c on c.stream_id = r.from_stream
  on conflict do nothing;
  delete from claim c using jsonb_to_recordset(rows) as r(from_stream uuid) where c.stream_id = r.from_stream
$$;
revoke execute on function copy_claim(jsonb) from public;
alter function copy_claim(jsonb) owner to writer;

-- The rest replaces functions of writer's, in its name: owner may act as writer and inherits nothing from it.
set role writer;

-- As before, and in a record that ended: everything for who still took part in the one it went into, when the two became one.
create or replace function record_horizon(p_stream uuid) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  with own as (
    select max(coalesce(to_seq, 2147483647)) as horizon from access_grant
    where stream_id = p_stream and structure_id = me_structure() and (kind = 'lead' or (kind = 'contributor' and to_seq is null))
  )
  select case when horizon = 2147483647 then horizon
    else greatest(horizon, (select 2147483647 from case_merge m where m.id = p_stream and record_horizon(m.case_id) >= m.seq)) end
  from own
$$;
create or replace function lead_horizon(p_stream uuid) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  with own as (
    select max(coalesce(to_seq, 2147483647)) as horizon from access_grant where stream_id = p_stream and structure_id = me_structure() and kind = 'lead'
  )
  select case when horizon = 2147483647 then horizon
    else greatest(horizon, (select 2147483647 from case_merge m where m.id = p_stream and lead_horizon(m.case_id) >= m.seq)) end
  from own
$$;
-- Who watches a record watches those that ended in it, whatever commune they named.
create or replace function watches(p_stream uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select case me_role()
    when 'administrator' then true
    when 'auditor' then true
    when 'coordinator' then exists (select from case_file where id = p_stream and in_territory(commune))
      or exists (select from case_merge m where m.id = p_stream and watches(m.case_id))
    else false
  end
$$;
create or replace function put_party(rows jsonb) returns void language sql as $$
  insert into party select * from jsonb_populate_recordset(null::party, rows)
  on conflict (about, structure_id) do update set stream_id = excluded.stream_id, until_seq = excluded.until_seq, reads_sheet = excluded.reads_sheet
$$;
drop function party_horizon(uuid);
grant execute on function stays_moved() to owner;
reset role;

create trigger party_stays_moved before update on party for each row when (old.stream_id is distinct from new.stream_id) execute function stays_moved('stream_id');
`;
