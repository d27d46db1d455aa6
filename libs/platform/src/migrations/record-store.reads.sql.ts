/**
 * The present text of `read_as`: a change of it comes with a migration that runs it once more.
 *
 * A select is prepared under a name of its own and its plan kept: planning one of them under row-level security takes longer than running it. The
 * plan knows no parameter's value, so a select says only what it was asked for (`Select`); and it must serve the longest record as well as the average
 * one, in tables of any size: a page is the first rows of an index, never all of them sorted. The parameters are quoted into the text because EXECUTE is a utility statement, which takes none.
 */
export const readAs = /* sql */ `
-- One read, one round trip: enter, select, write the audit entry. SECURITY INVOKER: row-level security applies to what is selected.
-- A read of an audited kind needs rows to have been read; p.audit = {action, stream?, one?, reason?, comment?, trace?}.
create or replace function read_as(p jsonb, p_sql text, p_params jsonb) returns jsonb language plpgsql set search_path = public, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  v_session jsonb := enter(decode(p->>'token', 'hex'), (p->>'now')::timestamptz);
  v_rows jsonb;
  v_name text := 'read_' || md5(p_sql);
begin
  if v_session is null then return '{"session": null}'; end if;
  if p ? 'reading' then perform set_config('fil.reading', p->>'reading', true); end if;
  if p->'audit' ? 'comment' then perform hold_records(array[(p->'audit'->>'stream')::uuid]); end if;
  begin
    execute format('execute %I(%L)', v_name, p_params) into v_rows;
  exception when invalid_sql_statement_name then
    execute format('prepare %I(jsonb) as select coalesce(jsonb_agg(to_jsonb(r)), ''[]'') from (%s) r', v_name, p_sql);
    execute format('execute %I(%L)', v_name, p_params) into v_rows;
  end;
  if p ? 'audit' and jsonb_array_length(v_rows) > 0 then
    -- Up to a second of these entries may be lost in a crash of the machine; a read does not wait for the disk.
    perform set_config('synchronous_commit', 'off', true);
    insert into audit_entry (at, user_id, structure_id, action, outcome, stream_id, shown, reason, comment, trace_id)
    values ((p->>'now')::timestamptz, (v_session->>'userId')::uuid, (v_session->>'structureId')::uuid, p->'audit'->>'action', 'ok',
      coalesce((p->'audit'->>'stream')::uuid, case when p->'audit' ? 'one' then (v_rows->0->>'case_id')::uuid end),
      case when p->'audit'->>'stream' is null then coalesce((select array_agg((value->>'id')::uuid) from jsonb_array_elements(v_rows) where value->>'id' is not null), '{}') else '{}' end,
      p->'audit'->>'reason', case when p->'audit' ? 'comment' and key_of((p->'audit'->>'stream')::uuid) is not null then decode(p->'audit'->>'comment', 'hex') end,
      p->'audit'->>'trace');
  end if;
  return jsonb_build_object('session', v_session, 'rows', v_rows);
end $$;
`;

/**
 * Beside the write path: the log read whole, the rows of access, and one read as somebody. With it, who may call what of both files.
 */
export const readsSql = /* sql */ `
-- A record's whole log with its pieces, for refolding and rebuilding; pages by number.
create function load_log(p_stream uuid, p_after integer, p_limit integer) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(jsonb_agg(to_jsonb(e) || jsonb_build_object('sealed', (
    select coalesce(jsonb_agg(jsonb_build_object('kind', p.kind, 'ciphertext', encode(p.ciphertext, 'hex'), 'sharedBy', p.shared_by)), '[]') from piece p where p.event_id = e.id
  )) order by e.seq), '[]')
  from (select * from event where stream_id = p_stream and seq > p_after order by seq limit p_limit) e
$$;

create function put_access_grant(rows jsonb) returns void language sql as $$
  insert into access_grant select * from jsonb_populate_recordset(null::access_grant, rows)
  on conflict (id) do update set to_seq = excluded.to_seq
$$;
create function put_party(rows jsonb) returns void language sql as $$
  insert into party select * from jsonb_populate_recordset(null::party, rows)
  on conflict (about, structure_id) do update set until_seq = excluded.until_seq, reads_sheet = excluded.reads_sheet
$$;

-- Who a read is for: sets the context of row-level security for this transaction only, from the session's token.
create function enter(p_token bytea, p_now timestamptz) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare v_session jsonb := session_of(p_token, p_now);
begin
  if v_session is null then return null; end if;
  perform set_config('fil.user', v_session->>'userId', true), set_config('fil.employer', v_session->>'structureId', true),
    set_config('fil.structure', case when v_session->>'role' in ('counsellor', 'manager') then v_session->>'structureId' else '' end, true),
    set_config('fil.role', v_session->>'role', true),
    -- '*': the whole network; an empty list is nobody's.
    set_config('fil.territory', case when jsonb_typeof(v_session->'territory') = 'array'
      then coalesce((select string_agg(value, ',') from jsonb_array_elements_text(v_session->'territory')), '') else '*' end, true);
  return v_session;
end $$;

${readAs}
revoke execute on function load_record(jsonb), commit_record(jsonb), load_log(uuid, integer, integer), put_access_grant(jsonb), put_party(jsonb), enter(bytea, timestamptz) from public;
grant execute on function load_record(jsonb), commit_record(jsonb), load_log(uuid, integer, integer), enter(bytea, timestamptz), read_as(jsonb, text, jsonb) to api, worker;
alter function load_record(jsonb) owner to writer;
alter function commit_record(jsonb) owner to writer;
alter function load_log(uuid, integer, integer) owner to writer;
alter function put_access_grant(jsonb) owner to writer;
alter function put_party(jsonb) owner to writer;
alter function enter(bytea, timestamptz) owner to writer;
`;
