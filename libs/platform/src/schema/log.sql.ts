import { definer, internal, invoker, written } from './schema';

/**
 * The records: their log, their sealed pieces, and who reads which line. What a structure may read is decided here a second time, behind the rules in
 * code.
 */
export const log = [
  written('stream', 'select, insert, update', { rights: { worker: 'maintain' } }),

  written('event', 'select, insert', {
    rights: { reader: 'select', worker: 'select' },
    policies: {
      event_of_the_thread: `for select to reader using (
  (structure_id = me_structure() and audience <> 'desk')
  or (audience = 'record' and seq <= record_horizon(stream_id))
  or (audience = 'about' and (seq <= lead_horizon(stream_id) or party_reads(stream_id, about, seq)))
)`,
      // The worker delivers and rings; it reads the clear part of events and no piece.
      worker_reads: 'for select to worker using (true)',
    },
    // The log is insert-only for everybody, its owner included: the rights refuse first, this refuses last.
    triggers: {
      event_is_insert_only: 'before update or delete on event for each row execute function refuse_rewriting()',
      event_is_never_truncated: 'before truncate on event for each statement execute function refuse_rewriting()',
    },
  }),
  invoker(
    'refuse_rewriting() returns trigger language plpgsql',
    [],
    /* sql */ `
begin
  raise exception 'The log is insert-only: % on event is refused.', tg_op using errcode = 'insufficient_privilege';
end `,
  ),

  // Who reads which pieces, says who knows the kinds.
  written('piece', 'select, insert, delete', { rights: { worker: 'maintain' } }),

  written('claim', 'select, insert, update, delete', { rights: { worker: 'maintain' } }),

  // The wrapped key alone opens nothing: the master key is outside the database. The api calls it inside selects alone; the version before did by itself.
  definer(
    'key_of(p_stream uuid) returns bytea language plpgsql stable',
    ['api', 'reader', 'worker'],
    /* sql */ `
begin
  return (select key from stream where id = p_stream);
end `,
  ),

  definer(
    'record_kind(p_stream uuid) returns text language sql stable',
    ['reader', 'worker'],
    /* sql */ `
  select kind from stream where id = p_stream
`,
  ),

  // What is written beside the log about records that may end or be erased at that moment holds them first: their commits wait, or have come before and
  // are seen.
  definer(
    'hold_records(p_ids uuid[]) returns void language plpgsql',
    ['reader', 'worker'],
    /* sql */ `
begin
  perform from stream where id = any(p_ids) order by id for share;
end `,
  ),

  // A page of a record's log with its pieces, and its head at that moment, for refolding and verifying: p = {stream, after, limit} and a pass.
  definer(
    'open_log(p jsonb) returns jsonb language plpgsql stable',
    ['api', 'worker'],
    /* sql */ `
declare v_stream uuid := (p->>'stream')::uuid;
begin
  if not passes(p, array[v_stream]) then raise exception 'nobody is signed in' using errcode = 'insufficient_privilege'; end if;
  return jsonb_build_object('rows', log_after(v_stream, (p->>'after')::integer, (p->>'limit')::integer),
    'head', (select jsonb_build_object('version', version, 'hash', hash, 'sealed', key is not null) from stream where id = v_stream));
end `,
  ),
  // The wrapped key of a record whose log is opened.
  definer(
    'open_key(p jsonb) returns bytea language plpgsql stable',
    ['api', 'worker'],
    /* sql */ `
begin
  if not passes(p, array[(p->>'stream')::uuid]) then raise exception 'nobody is signed in' using errcode = 'insufficient_privilege'; end if;
  return key_of((p->>'stream')::uuid);
end `,
  ),
  internal(
    'log_after(p_stream uuid, p_after integer, p_limit integer) returns jsonb language sql stable',
    /* sql */ `
  select coalesce(jsonb_agg(to_jsonb(e) || jsonb_build_object('sealed', s.pieces)
    || case when jsonb_typeof(e.pieces) = 'array' and s.count < jsonb_array_length(e.pieces) and pieces_released(e.id) then '{"released": true}'::jsonb else '{}' end order by e.seq), '[]')
  from (select * from event where stream_id = p_stream and seq > p_after order by seq limit p_limit) e,
  lateral (select count(*), coalesce(jsonb_agg(jsonb_build_object('kind', p.kind, 'ciphertext', encode(p.ciphertext, 'hex'), 'sharedBy', p.shared_by,
    'stream', p.stream_id, 'seq', p.seq, 'structure', p.structure_id)), '[]') as pieces from piece p where p.event_id = e.id) s
`,
  ),

  // A refusal, under the record that the first id of its address is, or follows from: a referral is found with the case it is about. Read tables share no
  // ids, and most have few enough rows for an index to be looked into: nobody waits for this.
  // Whose it is, says the token, as also one that has just ended; a refusal is never 'ok'.
  definer(
    'journal_refused(p jsonb) returns void language plpgsql',
    ['api'],
    /* sql */ `
declare
  v_named uuid := (p->>'named')::uuid;
  v_record uuid;
  v_table text;
  v_column text;
  v_holder jsonb := holder_of(decode(p->>'token', 'hex'));
begin
  if v_holder is null or p->>'outcome' = 'ok' then return; end if;
  select id into v_record from stream where id = v_named;
  if v_record is null and v_named is not null then
    for v_table, v_column in select t.name, t.record from read_tables() t
      join pg_attribute a on a.attrelid = t.name::regclass and a.attname = 'id' and a.atttypid = 'uuid'::regtype loop
      execute format('select %I from %I where id = $1', v_column, v_table) into v_record using v_named;
      exit when v_record is not null;
    end loop;
  end if;
  insert into audit_entry (at, user_id, structure_id, action, outcome, stream_id, target, trace_id)
  values ((p->>'now')::timestamptz, (v_holder->>'userId')::uuid, (v_holder->>'structureId')::uuid, p->>'action', p->>'outcome', v_record, (p->>'target')::uuid, p->>'trace');
end `,
  ),

  written('audit_entry', 'select, insert, update', {
    rights: { reader: 'select, insert', api: 'insert', worker: 'insert, maintain' },
    policies: {
      reading_appends: 'for insert to reader with check (true)',
      // What the login writes itself: that nobody was signed in.
      sign_in_appends: `for insert to api with check (action = 'sign-in' and outcome <> 'ok' and stream_id is null)`,
      worker_appends: 'for insert to worker with check (true)',
    },
  }),
];
