import { access, definer, inlined, internal } from './schema';

/**
 * What the login `api` alone is worth: nothing. What it is given of records, and what it has done to them, is for somebody who is signed in, or for whoever
 * has the secret of a link (a *warrant*); and whatever a commit changes belongs to a record that it writes to. The rules in code decide first and know more;
 * this is what is left of them when somebody else speaks in the api's name. The worker acts for nobody, and is asked for nothing.
 */
export const door = [
  // p_pass = {token? | warrant?, now}; of all the records that are asked for.
  internal(
    'passes(p_pass jsonb, p_streams uuid[]) returns boolean language plpgsql stable',
    /* sql */ `
begin
  if session_user <> 'api' then return true; end if;
  if p_pass->>'token' is not null then return session_of(decode(p_pass->>'token', 'hex'), (p_pass->>'now')::timestamptz) is not null; end if;
  if not p_pass ? 'warrant' then return changes_over(); end if;
  return coalesce(p_streams <@ records_warranted(p_pass->'warrant', (p_pass->>'now')::timestamptz), false);
end `,
  ),

  // The version before knew of no warrants, and acts for nobody without one. It may still be running for an hour after another one has begun.
  access('schema_applied', {
    rights: { writer: 'select' },
    policies: { applied: 'to owner, writer using (true) with check (true)' },
  }),
  internal(
    'changes_over() returns boolean language sql stable',
    // eslint-disable-next-line no-restricted-syntax -- since when, says the same server's clock
    /* sql */ `
  select count(*) > 1 and max(applied_at) > clock_timestamp() - interval '1 hour' from schema_applied
`,
  ),

  // Every event is of a record of the commit, numbered on from what it had, and its last one is the record's head; nobody writes in another person's name, in a
  // record where their structure has no part (but to ask for one), or erases without the right to.
  internal(
    'check_signed(p jsonb, p_streams uuid[]) returns void language plpgsql',
    /* sql */ `
declare
  v_session jsonb := case when p->>'token' is not null then p->'session' end;
  v_wrong text;
begin
  select case
    when (e->>'stream')::uuid <> all(p_streams) then 'an event of another record'
    when e->>'actor' is not null and e->>'actor' is distinct from v_session->>'userId' then 'an event of somebody else'
    when e->>'structure' is not null and e->>'structure' is distinct from v_session->>'structureId' then 'an event of another structure' end
  into v_wrong from jsonb_array_elements(p->'events') e order by 1 limit 1;
  if v_wrong is null then
    select 'a piece, an effect or a timer of another record' into v_wrong
    from jsonb_array_elements(p->'sealed' || (p->'deliveries') || coalesce(p->'timers'->'set', '[]') || coalesce(p->'timers'->'clear', '[]')) r
    where (r->>'stream')::uuid <> all(p_streams) limit 1;
  end if;
  if v_wrong is null then
    select case
      when s.version - s.expect <> e.count or s.version <> e.last then 'a record without its events'
      when s.expect > 0 and v_session is not null and not acts_on(s.id, v_session) and not asks_for_a_part(e.types) then 'a record in which the structure has no part' end
    into v_wrong from jsonb_to_recordset(p->'streams') as s(id uuid, expect integer, version integer), lateral (
      select count(*) as count, max((value->>'seq')::integer) as last, array_agg(value->>'type') as types from jsonb_array_elements(p->'events') where (value->>'stream')::uuid = s.id) e
    order by 1 limit 1;
  end if;
  if v_wrong is null and (p->'consumes' <> '{}' or (p->'claims' ? 'exclusive' and (p->'claims'->>'stream')::uuid <> all(p_streams))) then v_wrong := 'what is another’s'; end if;
  if v_wrong is null and v_session->>'role' is distinct from 'administrator' then
    select 'an erasure' into v_wrong from jsonb_array_elements(p->'changes') c where c->>'call' in ('erase_record', 'erase_second_factor') limit 1;
  end if;
  if v_wrong is not null then raise exception 'the commit has %', v_wrong using errcode = 'insufficient_privilege'; end if;
end `,
  ),

  // The records that this transaction writes to: what follows from others stays as it is (`refuse_stray`). Null: all of them, for who derives them anew.
  // What follows from a record that must not be named in it names none.
  internal(
    'writes_to(p_streams uuid[]) returns void language plpgsql',
    /* sql */ `
begin
  perform set_config('fil.commit', coalesce(p_streams::text, '*'), true);
end `,
  ),
  inlined(
    'is_written(p_stream uuid) returns boolean language sql stable',
    ['writer'],
    `
  return case when current_user <> 'writer' or p_stream is null or current_setting('fil.commit', true) = '*' then true
    else coalesce(p_stream = any(nullif(current_setting('fil.commit', true), '')::uuid[]), false) end`,
  ),
  definer(
    'refuse_stray() returns trigger language plpgsql',
    ['owner'],
    /* sql */ `
begin
  raise exception 'a row of % belongs to no record of this commit', tg_table_name using errcode = 'insufficient_privilege';
end `,
  ),
];
