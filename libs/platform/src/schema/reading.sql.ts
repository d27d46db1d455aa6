import { reads } from './schema';

/**
 * One read, one round trip: enter, select, write the audit entry. As `reader`: row-level security applies to what is selected, for the person whose token it
 * is. The text comes from the api, and who has stolen its login could write another one. It stays one select of somebody who cannot say who they are: a
 * second statement after it could (`set`), so it has no semicolon.
 *
 * A select is prepared under a name of its own and its plan kept: planning one of them under row-level security takes longer than running it. The
 * plan knows no parameter's value, so a select says only what it was asked for (`Select`); and it must serve the longest record as well as the average
 * one, in tables of any size: a page is the first rows of an index, never all of them sorted. The parameters are quoted into the text because EXECUTE
 * is a utility statement, which takes none.
 *
 * Rows come as `json`, one text from the row to the answer: as `jsonb` each level was built, taken apart and built again, two thirds of the time of a
 * timeline. Null: whoever asks is not signed in any more.
 *
 * A read of an audited kind needs rows to have been read; p.audit = {action, stream?, streamIn?, shownIn?, durable?, reason?, comment?, trace?}.
 */
export const reading = [
  reads(
    'read_rows(p jsonb, p_sql text, p_params jsonb) returns json language plpgsql',
    ['api', 'worker'],
    /* sql */ `
declare
  v_session jsonb := enter(decode(p->>'token', 'hex'), (p->>'now')::timestamptz, (p->>'reading')::uuid);
  v_audit jsonb := p->'audit';
  v_shown_in text := case when v_audit is not null and v_audit->>'stream' is null then coalesce(v_audit->>'shownIn', 'id') end;
  v_name text := 'read_' || md5(concat_ws(' ', v_shown_in, p_sql));
  v_rows json;
  v_shown uuid[];
begin
  if v_session is null then return null; end if;
  -- The version before has one, in a sentence that is no statement wherever it stands.
  if position(';' in replace(p_sql, 'case''s index; joined, it would read', '')) > 0 then raise exception 'one select, and nothing after it'; end if;
  if v_audit ? 'comment' then perform hold_records(array[(v_audit->>'stream')::uuid]); end if;
  begin
    execute format('execute %I(%L)', v_name, p_params) into v_rows, v_shown;
  exception when invalid_sql_statement_name then
    execute format('prepare %I(jsonb) as select coalesce(json_agg(r), ''[]''), %s from (%s) r', v_name,
      case when v_shown_in is null then 'null' else format('array_agg(r.%I)', v_shown_in) end, p_sql);
    execute format('execute %I(%L)', v_name, p_params) into v_rows, v_shown;
  end;
  if v_shown is not null then
    -- As the page shows them, each once.
    v_shown := (select array_agg(s.id order by s.place) from (select id, min(n) as place from unnest(v_shown) with ordinality r(id, n) group by 1) s where s.id is not null);
  end if;
  if v_audit is not null and v_rows::text <> '[]' and (not v_audit ? 'shownIn' or v_shown is not null) then
    -- Up to a second of these entries may be lost in a crash of the machine; a read does not wait for the disk, what changes something with it does.
    if not v_audit ? 'durable' then perform do_not_wait(); end if;
    insert into audit_entry (at, user_id, structure_id, action, outcome, stream_id, shown, reason, comment, trace_id)
    values ((p->>'now')::timestamptz, (v_session->>'userId')::uuid, (v_session->>'structureId')::uuid, v_audit->>'action', 'ok',
      coalesce((v_audit->>'stream')::uuid, (v_rows->0->>(v_audit->>'streamIn'))::uuid),
      coalesce(v_shown, '{}'),
      v_audit->>'reason', case when v_audit ? 'comment' and key_of((v_audit->>'stream')::uuid) is not null then decode(v_audit->>'comment', 'hex') end,
      v_audit->>'trace');
  end if;
  return v_rows;
end `,
    'set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan',
  ),
];
