import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** Replaces what is derived from one record by what its log says now. Not granted to any process: a tool of the administrator's. */
export class Rebuild1700000000007 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create function rebuild_record(p jsonb) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_stream uuid := (p->>'stream')::uuid;
  v_table text;
  v_column text;
  v_change jsonb;
begin
  -- Somebody who writes meanwhile waits; if somebody wrote since the log was read, the caller reads it again.
  update stream set state = p->'state', state_version = p->>'stateVersion' where id = v_stream and version = (p->>'version')::integer;
  if not found then return false; end if;
  for v_table, v_column in
    select c.relname, (select attname from pg_attribute where attrelid = c.oid and attname in ('case_id', 'stream_id', 'id')
       order by array_position(array['case_id', 'stream_id', 'id'], attname::text) limit 1)
    from pg_proc f join pg_class c on c.relname = substr(f.proname, 5) and c.relnamespace = f.pronamespace
    where f.proname like 'put\\_%' and f.pronamespace = 'public'::regnamespace
  loop
    execute format('delete from %I where %I = $1', v_table, v_column) using v_stream;
  end loop;
  for v_change in select value from jsonb_array_elements(p->'changes') loop
    if v_change->>'call' !~ '^(put|copy|remove|erase)_[a-z_]+$' then raise exception 'unknown change %', v_change->>'call'; end if;
    execute format('select %I($1)', v_change->>'call') using v_change->'rows';
  end loop;
  return true;
end $$;
revoke execute on function rebuild_record(jsonb) from public;
alter function rebuild_record(jsonb) owner to writer;
`);
  }
}
