import { definer, internal, written } from './schema';

/**
 * Which keys open what is here. The roots from which they follow lie here sealed with a master key, which is elsewhere. A root without `since` has been announced:
 * processes learn it, and nothing is wrapped with it before all of them have. The newest that has one is the current root.
 */
export const sealing = [
  written('sealing_key', 'select, insert'),
  written('sealing_root', 'select, insert, update'),
  written('key_holder', 'select, insert, update, delete'),

  // Asked before a process starts: the master key, and all that must be there to open every root. Without any, the oldest records' wrapped keys, which the right key opens.
  definer(
    'sealed_with() returns jsonb language sql stable',
    ['api', 'worker', 'owner'],
    /* sql */ `
  select jsonb_build_object(
    'fingerprint', (select fingerprint from sealing_key where purpose = 'records'),
    'needs', (select coalesce(jsonb_agg(distinct wrapped_by), '[]') from sealing_root),
    'oldest', (select coalesce(jsonb_agg(jsonb_build_object('stream', id, 'key', encode(key, 'hex'))), '[]')
      from (select id, key from stream where key is not null and (select count(*) = 0 from sealing_key) order by id limit 20) s))
`,
  ),

  // All roots, in their order.
  definer(
    'sealing_roots() returns jsonb language sql stable',
    ['api', 'worker', 'owner'],
    /* sql */ `
  select coalesce(jsonb_agg(jsonb_build_object('generation', generation, 'box', encode(box, 'hex'), 'wrappedBy', wrapped_by, 'since', since) order by generation), '[]')
  from sealing_root
`,
  ),

  // Kept once: of two processes that come first, the second reads what the first one kept.
  definer(
    'begin_sealing(p_fingerprint text, p_box bytea, p_now timestamptz) returns jsonb language plpgsql',
    ['api', 'worker', 'owner'],
    /* sql */ `
begin
  insert into sealing_key values ('records', p_fingerprint, p_now) on conflict do nothing;
  if exists (select from sealing_key where purpose = 'records' and fingerprint = p_fingerprint) then
    insert into sealing_root (generation, box, wrapped_by, since) values (0, p_box, p_fingerprint, p_now) on conflict do nothing;
  end if;
  return sealed_with();
end `,
  ),

  // What a process knows: p = {process, name, newest, current, lacks}. Whoever rotates waits for all of them; beats tell one that cannot learn from one that is gone.
  definer(
    'hold_keys(p jsonb) returns void language sql',
    ['api', 'worker', 'owner'],
    /* sql */ `
  insert into key_holder as h (process, name, beats, newest, current, lacks)
  values ((p->>'process')::uuid, session_user || ', ' || (p->>'name'), 0, (p->>'newest')::integer, (p->>'current')::integer, p->>'lacks')
  on conflict (process) do update set beats = h.beats + 1, newest = excluded.newest, current = excluded.current, lacks = excluded.lacks
`,
  ),
  definer(
    'let_go_of_keys(p_process uuid) returns void language sql',
    ['api', 'worker', 'owner'],
    /* sql */ `
  delete from key_holder where process = p_process
`,
  ),

  internal(
    'root_of_key(p_key bytea) returns integer language sql immutable',
    /* sql */ `
  select case when length(p_key) = 60 then 0 else get_byte(p_key, 0) * 256 + get_byte(p_key, 1) end
`,
  ),
  internal(
    'root_of_kept(p_kept text) returns integer language sql immutable',
    /* sql */ `
  select case when p_kept ~ '^\\d{1,5}\\.' then split_part(p_kept, '.', 1)::integer else 0 end
`,
  ),
  // What is still wrapped with another root than that one.
  internal(
    'left_behind(p_root integer) returns bigint language sql stable',
    /* sql */ `
  select (select count(*) from stream where key is not null and root_of_key(key) <> p_root) + boxes_left_behind(p_root)
`,
  ),

  // The next records of the walk that wraps everything with the current root, for whoever holds the walk for this transaction: {root, until, keys, boxes}; null: there
  // is none, another worker has it, or somebody still wraps with another root. \`until\`: how far this comes; null: to the end.
  definer(
    'keys_to_wrap(p_limit integer) returns jsonb language plpgsql',
    ['worker', 'owner'],
    /* sql */ `
declare
  v_root sealing_root;
  v_ids uuid[];
begin
  select * into v_root from sealing_root where since is not null order by generation desc limit 1;
  if v_root.generation is null or v_root.generation = 0 or v_root.rewrapped_at is not null then return null; end if;
  if exists (select from key_holder where current <> v_root.generation) then return null; end if;
  select * into v_root from sealing_root where generation = v_root.generation and rewrapped_at is null for update skip locked;
  if not found then return null; end if;
  v_ids := array(select id from stream where v_root.walked is null or id > v_root.walked order by id limit p_limit);
  return jsonb_build_object('root', v_root.generation,
    'until', case when cardinality(v_ids) = p_limit then v_ids[p_limit] end,
    -- Those that somebody writes to just now have their turn with the next walk.
    'keys', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'key', encode(key, 'hex'))), '[]') from (
      select id, key from stream where id = any(v_ids) and key is not null and root_of_key(key) <> v_root.generation order by id for no key update skip locked) s),
    'boxes', case when v_root.walked is null then boxes_to_wrap(v_root.generation) else '[]' end);
end `,
  ),

  // p = {root, until, keys: [{id, old, key}], boxes: [{id, old, box}], shut, now}. Only what is still as it was read is replaced. At the end of a walk another one begins while
  // there is anything left but what does not open.
  definer(
    'keys_wrapped(p jsonb) returns void language plpgsql',
    ['worker', 'owner'],
    /* sql */ `
declare
  v_root sealing_root;
  v_shut integer;
begin
  update stream s set key = decode(k.key, 'hex') from jsonb_to_recordset(p->'keys') as k(id uuid, old text, key text)
  where s.id = k.id and s.key = decode(k.old, 'hex');
  perform boxes_wrapped(p->'boxes');
  select * into v_root from sealing_root where generation = (p->>'root')::integer;
  v_shut := v_root.shut + (p->>'shut')::integer;
  if p->>'until' is not null then
    update sealing_root set walked = (p->>'until')::uuid, shut = v_shut where generation = v_root.generation;
  elsif left_behind(v_root.generation) > v_shut then
    update sealing_root set walked = null, shut = 0 where generation = v_root.generation;
  else
    update sealing_root set walked = null, shut = v_shut, rewrapped_at = (p->>'now')::timestamptz where generation = v_root.generation;
  end if;
end `,
  ),
];
