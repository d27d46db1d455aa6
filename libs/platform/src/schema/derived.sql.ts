import { definer } from './schema';

/** Read tables as a whole: what is derived from one record, replaced or taken away. */
export const derived = [
  // Replaces what is derived from one record by what its log says now. Granted to no process: a tool of the administrator's.
  definer(
    'rebuild_record(p jsonb) returns boolean language plpgsql',
    [],
    /* sql */ `
declare
  v_stream uuid := (p->>'stream')::uuid;
  v_table text;
  v_column text;
begin
  -- Somebody who writes meanwhile waits; if somebody wrote since the log was read, the caller reads it again.
  update stream set state = p->'state', state_version = p->>'stateVersion' where id = v_stream and version = (p->>'version')::integer;
  if not found then return false; end if;
  for v_table, v_column in select name, record from read_tables() loop
    execute format('delete from %I where %I = $1', v_table, v_column) using v_stream;
  end loop;
  perform apply_changes(p->'changes');
  return true;
end `,
  ),

  // What makes an erasure final: the sealed pieces and the key that opened them go, with the tokens a name could be tried against, the comments of
  // readings, and every read row of the record but those that outlive it. The log stays whole: its chain was never over plain text.
  definer(
    'erase_record(rows jsonb) returns void language plpgsql',
    [],
    /* sql */ `
declare
  v_stream uuid;
  v_table text;
  v_column text;
begin
  for v_stream in select id from jsonb_to_recordset(rows) as r(id uuid) loop
    delete from piece where stream_id = v_stream;
    update stream set key = null where id = v_stream;
    delete from claim where stream_id = v_stream;
    delete from timer where stream_id = v_stream;
    update audit_entry set comment = null where stream_id = v_stream and comment is not null;
    for v_table, v_column in select name, record from read_tables() where name not in (select t.name from tombstones() t) loop
      execute format('delete from %I where %I = $1', v_table, v_column) using v_stream;
    end loop;
  end loop;
end `,
  ),
];
