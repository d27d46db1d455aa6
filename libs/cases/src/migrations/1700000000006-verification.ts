import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Runs of the verification of everything, and what a verification may ask about records it does not otherwise see. */
export class Verification1700000000006 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table verification (
  id uuid not null,
  requested_by uuid not null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3),
  total integer not null,
  checked integer not null default 0,
  events integer not null default 0,
  broken integer not null default 0,
  gaps integer not null default 0,
  offenders jsonb not null default '[]',
  after uuid,
  key text,
  constraint verification_pk primary key (id)
);
create unique index verification_key on verification (requested_by, key) where key is not null;
create index verification_running on verification (started_at) where ended_at is null;
alter table verification enable row level security;
alter table verification force row level security;
create policy auditors_read on verification for select to api using (me_role() in ('administrator', 'auditor'));
-- Who may ask is the route's permission; the row holds counts and ids only.
create policy auditors_ask on verification for insert to api with check (true);
create policy worker_works on verification to worker using (true) with check (true);
grant select, insert on verification to api;
grant select, update on verification to worker;

create function head_of(p_stream uuid) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('version', version, 'hash', hash) from stream where id = p_stream
$$;
create function count_records() returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::integer from stream where kind = 'case'
$$;
create function heads_after(p_after uuid, p_limit integer) returns table (id uuid, version integer, hash text) language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.version, s.hash from stream s where s.kind = 'case' and (p_after is null or s.id > p_after) order by s.id limit p_limit
$$;
revoke execute on function head_of(uuid), count_records(), heads_after(uuid, integer) from public;
grant execute on function head_of(uuid), count_records(), heads_after(uuid, integer) to api, worker;
alter function head_of(uuid) owner to writer;
alter function count_records() owner to writer;
alter function heads_after(uuid, integer) owner to writer;
`);
  }
}
