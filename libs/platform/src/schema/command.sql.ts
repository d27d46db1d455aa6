import { definer, invoker, written } from './schema';

/**
 * What JSON holds counts as a hundred rows to the planner, and tables are small at first: left alone it reads them whole, and keeps that plan. Here
 * everything is found by a key; and a plan is kept, because making one again for each call took as long as the rest.
 */
const byKey =
  'set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off set plan_cache_mode = force_generic_plan';

/**
 * The write path: one call loads what a decision needs, one call commits what it decided. Both run as `writer`; the api and the worker have no insert,
 * update or delete on the record's tables. Refusals of a commit are raised, so that everything it had written is rolled back; their SQLSTATEs are read by
 * `commit.ts`:
 *   FR001 the record has moved · FR002 a fact has moved · FR003 the delivery or timer was consumed by another
 *   FR004 the session has ended · FR005 another record has the same claim (detail: its ids)
 *   FR006 what the command requires of rows it does not lead to does not hold (detail: what a check_ function found)
 */
export const command = [
  // STABLE: one snapshot for all of it. With a snapshot per statement a row could be older than the version it is decided under.
  definer(
    'load_records(p jsonb) returns json language plpgsql stable',
    ['api', 'worker'],
    /* sql */ `
declare
  v_session jsonb;
  v_ids uuid[] := array(select value::uuid from jsonb_array_elements_text(p->'streams'));
  v_events uuid[] := '{}';
  v_facts uuid[] := array(select value::uuid from jsonb_array_elements_text(p->'facts'));
  v_rows jsonb := '{}';
  v_row jsonb;
  v_name text;
  v_at jsonb;
  v_of text;
  v_records jsonb := '{}';
  v_record uuid;
  v_of_rows uuid[] := '{}';
begin
  if p->>'token' is not null then
    v_session := session_of(decode(p->>'token', 'hex'), (p->>'now')::timestamptz);
    if v_session is null then return '{"session": null}'; end if;
    v_facts := v_facts || (v_session->>'structureId')::uuid;
  end if;
  for v_name, v_at in select key, value from jsonb_each(p->'rows') loop
    select record into v_of from read_tables() where name = v_at->>'table';
    if v_of is null then raise exception 'unknown read table %', v_at->>'table'; end if;
    execute format('select to_jsonb(r) from %I r where id = $1', v_at->>'table') into v_row using (v_at->>'id')::uuid;
    v_record := v_row->>v_of;
    v_of_rows := v_of_rows || v_record;
    if session_user = 'api' and v_session is not null and not acts_on(v_record, v_session) then v_row := null; end if;
    v_rows := v_rows || jsonb_build_object(v_name, v_row);
    if (v_at->>'isRecord')::boolean then
      v_ids := v_ids || (v_row->>v_of)::uuid;
      v_records := v_records || jsonb_build_object(v_name, v_row->>v_of);
    end if;
    if v_at ? 'facts' then
      v_facts := v_facts || array(select (v_row->>c)::uuid from jsonb_array_elements_text(v_at->'facts') c where v_row->>c is not null);
    end if;
    if v_at ? 'events' then
      v_events := v_events || array(select (v_row->>c)::uuid from jsonb_array_elements_text(v_at->'events') c where v_row->>c is not null);
    end if;
  end loop;
  v_ids := array_remove(v_ids, null);
  -- Structures are everybody's to rely on.
  if v_session is null and session_user = 'api' and not passes(p, v_ids || v_of_rows || array(select id from stream where id = any(v_facts) and kind <> 'structure')) then
    return null;
  end if;
  return json_build_object(
    'session', v_session,
    'rows', v_rows,
    'recordOf', v_records,
    'replay', (select json_build_object('hash', hash, 'result', result) from idempotency
               where p->>'key' is not null and user_id = (v_session->>'userId')::uuid and key = p->>'key'
                 and created_at > (p->>'now')::timestamptz - interval '48 hours'),
    'streams', (select coalesce(json_object_agg(id, json_build_object('kind', kind, 'version', version, 'hash', hash, 'state', state,
                  'stateVersion', state_version, 'key', encode(key, 'hex'),
                  'lastAt', (select recorded_at from event e where stream.id = any(v_ids) and e.stream_id = stream.id and e.seq = stream.version))), '{}')
                from stream where id = any(v_ids || v_facts)),
    'pieces', (select coalesce(json_agg(json_build_object('stream', l.stream_id, 'event', l.event_id, 'kind', l.kind, 'ciphertext', encode(l.ciphertext, 'hex'))), '[]')
               from unnest(v_ids) i(id), jsonb_array_elements_text(p->'pieces') k(kind),
               lateral (select stream_id, event_id, kind, ciphertext from piece where stream_id = i.id and piece.kind = k.kind and shared_by is null order by seq desc limit 1) l),
    'named', (select coalesce(json_agg(json_build_object('stream', n.stream_id, 'event', n.event_id, 'kind', n.kind, 'ciphertext', encode(n.ciphertext, 'hex'),
                'key', encode(s.key, 'hex'))), '[]') from piece n join stream s on s.id = n.stream_id where n.event_id = any(v_events))
  );
end `,
    byKey,
  ),

  definer(
    'commit_record(p jsonb) returns jsonb language plpgsql',
    ['api', 'worker'],
    /* sql */ `
declare
  v_now timestamptz := (p->>'now')::timestamptz;
  v_stream record;
  v_token text;
  v_asks jsonb;
  v_rivals jsonb;
  v_found jsonb;
  v_count integer;
  v_ids uuid[] := array(select (value->>'id')::uuid from jsonb_array_elements(p->'streams'));
begin
  perform writes_to(with_those_ended(v_ids));
  if p ? 'idempotency' then
    -- A second request with the same key waits here for the first to end, then replays it.
    insert into idempotency as i (user_id, key, hash, result, created_at)
    values ((p->'idempotency'->>'user')::uuid, p->'idempotency'->>'key', p->'idempotency'->>'hash', p->'idempotency'->'result', v_now)
    on conflict (user_id, key) do update set hash = excluded.hash, result = excluded.result, created_at = excluded.created_at
      where i.created_at <= v_now - interval '48 hours';
    if not found then
      return (select jsonb_build_object('hash', hash, 'result', result) from idempotency
              where user_id = (p->'idempotency'->>'user')::uuid and key = p->'idempotency'->>'key');
    end if;
  end if;

  for v_stream in
    select * from jsonb_to_recordset(p->'streams')
      as s(id uuid, kind text, expect integer, version integer, hash text, state jsonb, "stateVersion" text, key text) order by id
  loop
    if v_stream.expect = 0 then
      insert into stream (id, kind, version, hash, state, state_version, key, created_at)
      values (v_stream.id, v_stream.kind, v_stream.version, v_stream.hash, v_stream.state, v_stream."stateVersion", decode(v_stream.key, 'hex'), v_now)
      on conflict (id) do nothing;
    else
      update stream set version = v_stream.version, hash = v_stream.hash, state = v_stream.state, state_version = v_stream."stateVersion"
      where id = v_stream.id and version = v_stream.expect;
    end if;
    if not found then raise exception 'the record has moved' using errcode = 'FR001'; end if;
  end loop;

  -- Facts are locked after the records, shared: many commands may rely on one structure at once, none while it changes.
  perform 1 from stream s join jsonb_to_recordset(p->'facts') as f(id uuid, version integer) on f.id = s.id and f.version = s.version
    order by s.id for share of s;
  get diagnostics v_count = row_count;
  if v_count <> jsonb_array_length(p->'facts') then raise exception 'a fact has moved' using errcode = 'FR002'; end if;

  -- After the locks: whatever ended the session or its rights either came before and is seen, or waits for us.
  if p->>'token' is not null then
    if session_of(decode(p->>'token', 'hex'), v_now) is distinct from p->'session' then
      raise exception 'the session has ended' using errcode = 'FR004';
    end if;
  end if;

  if session_user = 'api' then
    if p->>'token' is null and not passes(p, v_ids) then raise exception 'what the link leads to has moved' using errcode = 'FR001'; end if;
    perform check_signed(p, v_ids);
  end if;

  if p->'consumes' ? 'delivery' then
    delete from delivery where id = (p->'consumes'->>'delivery')::bigint;
    if not found then raise exception 'already consumed' using errcode = 'FR003'; end if;
  elsif p->'consumes' ? 'timer' then
    delete from timer where stream_id = (p->'consumes'->>'stream')::uuid and name = p->'consumes'->>'timer' and due_at <= v_now;
    if not found then raise exception 'already consumed' using errcode = 'FR003'; end if;
  end if;

  -- Counted here and not before: under the locks nobody can add to what is counted, in a record that is not among these.
  if p ? 'requires' then
    if p->'requires'->>'call' !~ '^check_[a-z_]+$' then raise exception 'unknown check %', p->'requires'->>'call'; end if;
    execute format('select %I($1)', p->'requires'->>'call') into v_found using p->'requires'->'of';
    if v_found is not null then raise exception 'a requirement is not met' using errcode = 'FR006', detail = v_found::text; end if;
  end if;

  if p ? 'claims' then
    -- One at a time per token, in token order: two commands with the same claim at once see each other.
    for v_token in select value from jsonb_array_elements_text(p->'claims'->'tokens') order by value loop
      perform pg_advisory_xact_lock(hashtextextended(v_token, 7));
    end loop;
    -- The version before says so of all its tokens at once, and does not tell their kinds apart.
    v_asks := case when (p->'claims'->>'exclusive')::boolean
      then jsonb_build_object('words', (select jsonb_agg(jsonb_build_object('token', value)) from jsonb_array_elements_text(p->'claims'->'tokens')))
      else p->'claims'->'asks' end;
    if v_asks is not null then
      v_rivals := claimed_elsewhere((p->'claims'->>'stream')::uuid, v_asks);
      if v_rivals is not null then raise exception 'claimed by another record' using errcode = 'FR005', detail = v_rivals::text; end if;
    end if;
    -- What a record claims follows from its log, and is among the changes below; those of the version before do not have it.
    if p->'claims' ? 'exclusive' then
      delete from claim where stream_id = (p->'claims'->>'stream')::uuid and origin = stream_id;
      insert into claim (token, stream_id, origin)
      select distinct decode(value, 'hex'), (p->'claims'->>'stream')::uuid, (p->'claims'->>'stream')::uuid from jsonb_array_elements_text(p->'claims'->'tokens');
    end if;
  end if;

  -- The version before says nothing of what its hashes cover.
  insert into event (stream_id, seq, id, type, schema, at, recorded_at, actor_id, structure_id, data, pieces, prev, hash, hash_version, about, audience)
  select stream, seq, id, type, schema, at, "recordedAt", actor, structure, data, pieces, prev, hash, coalesce("hashVersion", 1), about, audience
  from jsonb_to_recordset(p->'events') as e(stream uuid, seq integer, id uuid, type text, schema smallint, at timestamptz, "recordedAt" timestamptz,
    actor uuid, structure uuid, data jsonb, pieces jsonb, prev text, hash text, "hashVersion" smallint, about uuid, audience text);

  insert into piece (event_id, kind, stream_id, seq, structure_id, shared_by, sha256, ciphertext)
  select event, kind, stream, seq, structure, "sharedBy", sha256, decode(ciphertext, 'hex')
  from jsonb_to_recordset(p->'sealed') as s(event uuid, kind text, stream uuid, seq integer, structure uuid, "sharedBy" uuid, sha256 text, ciphertext text);

  perform apply_changes(p->'changes');

  -- Due at once by every clock: where that of who commits, or this server's, is ahead of the worker's, all effects would stand still until the worker's gets there.
  insert into delivery (consumer, partition, stream_id, event_id, seq, created_at, next_at)
  select consumer, partition, stream, event, seq, v_now, '-infinity'
  from jsonb_to_recordset(p->'deliveries') as d(consumer text, partition smallint, stream uuid, event uuid, seq integer) order by stream, seq;

  if p ? 'timers' then
    delete from timer t using jsonb_to_recordset(p->'timers'->'clear') as c(stream uuid, name text) where t.stream_id = c.stream and t.name = c.name;
    insert into timer (stream_id, name, due_at) select stream, name, due from jsonb_to_recordset(p->'timers'->'set') as t(stream uuid, name text, due timestamptz)
    on conflict (stream_id, name) do update set due_at = excluded.due_at;
  end if;

  return null;
end `,
    byKey,
  ),

  // Commits, and reads what the answer shows as the person may see it from now on: one call, so that an answer costs no trip of its own. The commit waits for
  // the disk, whatever the read did. {replay} of a request done before, with nothing read; else {rows}.
  invoker(
    'commit_then_read(p jsonb, p_reader jsonb, p_sql text, p_params jsonb) returns json language plpgsql',
    ['api'],
    /* sql */ `
declare
  v_waits text := current_setting('synchronous_commit');
  v_replay jsonb := commit_record(p);
  v_rows json;
begin
  if v_replay is not null then return json_build_object('replay', v_replay); end if;
  v_rows := read_rows(p_reader, p_sql, p_params);
  perform set_config('synchronous_commit', v_waits, true);
  return json_build_object('rows', v_rows);
end `,
  ),

  written('timer', 'select, insert, update, delete', {
    rights: { worker: 'select' },
    policies: { worker_reads: 'for select to worker using (true)' },
  }),
  written('idempotency', 'select, insert, update, delete', {
    rights: { worker: 'select, delete' },
    policies: { worker_cleans: 'for delete to worker using (true)', worker_finds: 'for select to worker using (true)' },
  }),
];
