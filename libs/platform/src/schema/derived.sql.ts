import { definer, internal, written } from './schema';

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
  perform writes_to(null);
  for v_table, v_column in select name, record from read_tables() loop
    execute format('delete from %I where %I = $1', v_table, v_column) using v_stream;
  end loop;
  perform apply_changes(p->'changes');
  return true;
end `,
  ),

  // What read tables hold of some records, a digest of each table that holds any.
  internal(
    'digests_of(p_streams uuid[]) returns jsonb language plpgsql',
    /* sql */ `
declare
  v_table text;
  v_column text;
  v_digest text;
  v_digests jsonb := '{}';
begin
  for v_table, v_column in select name, record from read_tables() where name not in (select t.name from shared_tables() t) loop
    execute format('select md5(string_agg(r::text, chr(10) order by r::text)) from %I r where %I = any($1)', v_table, v_column) into v_digest using p_streams;
    if v_digest is not null then v_digests := v_digests || jsonb_build_object(v_table, v_digest); end if;
  end loop;
  return v_digests;
end `,
  ),

  // Whether what is derived from some records is what their logs say, as `Derivation.differences` asks: everything is derived anew, compared, and taken back.
  // Null: one of them was written to since its log was read.
  definer(
    'compare_records(p jsonb) returns text[] language plpgsql',
    ['api', 'worker'],
    /* sql */ `
declare
  v_ids uuid[] := array(select (value->>'id')::uuid from jsonb_array_elements(p));
  v_living uuid[];
  v_differs text[];
  v_before jsonb;
  v_after text;
  v_table text;
  v_column text;
  v_left boolean;
begin
  perform from stream where id = any(v_ids) order by id for update;
  if exists (select from jsonb_to_recordset(p) as r(id uuid, version integer) left join stream s on s.id = r.id where s.version is distinct from r.version) then
    return null;
  end if;
  v_living := array(select id from stream where id = any(v_ids) and key is not null);
  v_differs := array(select 'state' from jsonb_to_recordset(p) as r(id uuid, state jsonb, "stateVersion" text) join stream s on s.id = r.id
    where s.state_version = r."stateVersion" and s.state <> r.state limit 1);

  for v_table, v_column in select name, record from read_tables() where name not in (select t.name from tombstones() t)
    union all select unnest(array['piece', 'claim', 'timer']), 'stream_id' loop
    execute format('select exists (select from %I where %I = any($1) and not %I = any($2))', v_table, v_column, v_column) into v_left using v_ids, v_living;
    if v_left then v_differs := v_differs || v_table; end if;
  end loop;

  if exists (select from piece p left join event e on e.id = p.event_id
    where p.stream_id = any(v_ids) and (e.stream_id is distinct from p.stream_id or p.sha256 <> encode(sha256(p.ciphertext), 'hex'))) then
    v_differs := v_differs || 'piece'::text;
  end if;

  v_before := digests_of(v_living);
  perform writes_to(null);
  begin
    for v_table, v_column in select name, record from read_tables() loop
      execute format('delete from %I where %I = any($1)', v_table, v_column) using v_living;
    end loop;
    perform apply_changes(value->'changes') from jsonb_array_elements(p) with ordinality r(value, place) where (value->>'id')::uuid = any(v_living) order by place;
    raise exception 'compared' using errcode = 'FR007', detail = digests_of(v_living)::text;
  exception when sqlstate 'FR007' then
    get stacked diagnostics v_after = pg_exception_detail;
  end;
  return v_differs || array(select coalesce(b.key, a.key) from jsonb_each_text(v_before) b full join jsonb_each_text(v_after::jsonb) a on a.key = b.key
    where a.value is distinct from b.value order by 1);
end `,
  ),

  // Rows that belong to no record, which no look at a record comes across: the names of their tables.
  definer(
    'tables_with_strays() returns text[] language plpgsql stable',
    ['worker'],
    /* sql */ `
declare
  v_table text;
  v_column text;
  v_stray boolean;
  v_found text[] := '{}';
begin
  for v_table, v_column in select name, record from read_tables()
    union all select unnest(array['event', 'piece', 'claim', 'timer']), 'stream_id' loop
    execute format('select exists (select from %I r where r.%I is not null and not exists (select from stream s where s.id = r.%I))', v_table, v_column, v_column) into v_stray;
    if v_stray then v_found := v_found || v_table; end if;
  end loop;
  return v_found || array(select 'piece' from piece p where not exists (select from event e where e.id = p.event_id) limit 1);
end `,
  ),

  written('erasure', 'select, insert', {
    rights: { worker: 'select, update (swept_at, noted_at)' },
    policies: { worker_sweeps: 'to worker using (true) with check (true)' },
  }),
  // Tables whose pages held something of records: what the worker may vacuum.
  definer(
    'pages_to_sweep() returns setof text language sql stable',
    ['worker'],
    /* sql */ `
  select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and has_table_privilege('worker', c.oid, 'maintain') order by 1
`,
  ),

  // What makes an erasure final: the sealed pieces and the key that opened them go, with the tokens a name could be tried against, the comments of
  // readings, and every read row of the record but those that outlive it. The log stays whole: its chain was never over plain text.
  definer(
    'erase_record(rows jsonb) returns void language plpgsql',
    [],
    /* sql */ `
declare
  v_stream uuid;
  v_at timestamptz;
  v_table text;
  v_column text;
begin
  -- The version before says nothing of when: the log does.
  for v_stream, v_at in select id, coalesce(erased_at, '-infinity') from jsonb_to_recordset(rows) as r(id uuid, erased_at timestamptz) loop
    insert into erasure (stream_id, erased_at) values (v_stream, v_at) on conflict do nothing;
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
