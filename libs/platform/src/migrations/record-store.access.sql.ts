/**
 * Row-level security: what a structure may read is decided here a second time, from grants and parties alone.
 * No policy contains a clock (access ends by an event) and there is no bypass flag in the context.
 * The helpers are SECURITY DEFINER so that a policy on one table does not need a policy on the next.
 */
export const accessSql = /* sql */ `
-- The structure somebody follows residents for; null for coordinators, administrators and auditors: their employer's participation is not theirs.
create function me_structure() returns uuid language sql stable parallel safe
  return nullif(current_setting('fil.structure', true), '')::uuid;
-- The structure somebody is signed in for, whatever the role.
create function me_employer() returns uuid language sql stable parallel safe
  return nullif(current_setting('fil.employer', true), '')::uuid;
create function me_user() returns uuid language sql stable parallel safe
  return nullif(current_setting('fil.user', true), '')::uuid;
create function me_role() returns text language sql stable parallel safe
  return nullif(current_setting('fil.role', true), '');
create function me_reading() returns uuid language sql stable parallel safe
  return nullif(current_setting('fil.reading', true), '')::uuid;

-- Last event of the record's shared thread that this structure may read: everything while lead or contributor, up to its end for a former lead.
create function record_horizon(p_stream uuid) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select max(coalesce(to_seq, 2147483647)) from access_grant
  where stream_id = p_stream and structure_id = me_structure() and (kind = 'lead' or (kind = 'contributor' and to_seq is null))
$$;
create function lead_horizon(p_stream uuid) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select max(coalesce(to_seq, 2147483647)) from access_grant where stream_id = p_stream and structure_id = me_structure() and kind = 'lead'
$$;
create function party_horizon(p_about uuid) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(until_seq, 2147483647) from party where about = p_about and structure_id = me_structure()
$$;
create function party_sheet(p_about uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select reads_sheet from party where about = p_about and structure_id = me_structure()), false)
$$;
-- The wrapped key alone opens nothing: the master key is outside the database.
create function key_of(p_stream uuid) returns bytea language sql stable security definer set search_path = public, pg_temp as $$
  select key from stream where id = p_stream
$$;

create function record_kind(p_stream uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select kind from stream where id = p_stream
$$;

grant execute on function me_structure(), me_employer(), me_user(), me_role(), me_reading(), record_horizon(uuid), lead_horizon(uuid), party_horizon(uuid), party_sheet(uuid), record_kind(uuid)
  to api, worker, writer;

alter table stream enable row level security;
alter table event enable row level security;
alter table piece enable row level security;
alter table access_grant enable row level security;
alter table party enable row level security;
alter table delivery enable row level security;
alter table timer enable row level security;
alter table idempotency enable row level security;
alter table claim enable row level security;
alter table audit_entry enable row level security;
alter table stream force row level security;
alter table event force row level security;
alter table piece force row level security;
alter table access_grant force row level security;
alter table party force row level security;
alter table delivery force row level security;
alter table timer force row level security;
alter table idempotency force row level security;
alter table claim force row level security;
alter table audit_entry force row level security;

create policy writer_all on stream to writer using (true) with check (true);
create policy writer_all on event to writer using (true) with check (true);
create policy writer_all on piece to writer using (true) with check (true);
create policy writer_all on access_grant to writer using (true) with check (true);
create policy writer_all on party to writer using (true) with check (true);
create policy writer_all on delivery to writer using (true) with check (true);
create policy writer_all on timer to writer using (true) with check (true);
create policy writer_all on idempotency to writer using (true) with check (true);
create policy writer_all on claim to writer using (true) with check (true);
create policy writer_all on audit_entry to writer using (true) with check (true);

create policy event_of_the_thread on event for select to api using (
  structure_id = me_structure()
  or (audience = 'record' and seq <= record_horizon(stream_id))
  or (audience = 'about' and (seq <= lead_horizon(stream_id) or seq <= party_horizon(about)))
);
-- Events carry no content in clear: an auditor sees who did what when, and content only through a reading with a reason.
create policy event_for_audit on event for select to api using (me_role() in ('administrator', 'auditor'));
create policy piece_of_the_thread on piece for select to api using (
  structure_id = me_structure()
  or (kind <> 'private_note' and shared_by is null and seq <= record_horizon(stream_id))
  or (kind <> 'private_note' and shared_by is not null and (seq <= lead_horizon(stream_id) or party_sheet(shared_by)))
);
create policy piece_of_a_reading on piece for select to api using (
  me_role() in ('administrator', 'auditor') and stream_id = me_reading() and kind <> 'private_note'
);
create policy own_grants on access_grant for select to api using (structure_id = me_structure());
create policy own_parties on party for select to api using (structure_id = me_structure());
create policy audit_append on audit_entry for insert to api with check (true);
create policy audit_read on audit_entry for select to api using (me_role() in ('administrator', 'auditor'));

-- The worker delivers and rings; it reads the clear part of events and no piece.
create policy worker_reads on event for select to worker using (true);
create policy worker_reads on access_grant for select to worker using (true);
create policy worker_reads on party for select to worker using (true);
create policy worker_works on delivery to worker using (true) with check (true);
create policy worker_reads on timer for select to worker using (true);
create policy worker_appends on audit_entry for insert to worker with check (true);
create policy worker_cleans on idempotency for delete to worker using (true);
create policy worker_finds on idempotency for select to worker using (true);
create policy api_watches on delivery for select to api using (true);

grant select, insert, update on stream to writer;
grant select, insert on event to writer;
grant select, insert, delete on piece to writer;
grant select, insert, update, delete on access_grant, party, delivery, timer, idempotency, claim to writer;
grant select, insert, update on audit_entry to writer;
grant select on event, piece, access_grant, party, audit_entry, delivery to api;
grant insert on audit_entry to api, worker;
grant select on event, access_grant, party, timer to worker;
grant select, insert, update, delete on delivery to worker;
grant select, delete on idempotency to worker;

revoke execute on function key_of(uuid) from public;
grant execute on function key_of(uuid) to api, worker;
alter function record_horizon(uuid) owner to writer;
alter function lead_horizon(uuid) owner to writer;
alter function party_horizon(uuid) owner to writer;
alter function party_sheet(uuid) owner to writer;
alter function key_of(uuid) owner to writer;
alter function record_kind(uuid) owner to writer;
`;
