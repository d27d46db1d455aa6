import { definer, inlined, internal, written } from '@fil-rouge/platform';
import { lives } from './employment.sql';

/**
 * Sign-in: tables that neither the api nor the worker may read or write. Whatever touches a password hash, a token or an attempt is a function here;
 * tokens come as SHA-256 and are never stored themselves. No hash leaves by any of them: the salt does, the api makes the hash once more from what was
 * typed (a *proof*), and it is compared here. Who steals the api's login has nothing to guess passwords against.
 */
export const signIn = [
  written('sign_in_attempt', 'select, insert, update, delete'),
  written('known_origin', 'select, insert, update, delete'),

  // The communes somebody watches over. '*': the whole network; an empty list is nobody's.
  inlined(
    'scope_of(p_session jsonb) returns text language sql immutable',
    ['writer'],
    /* sql */ `
  select case when jsonb_typeof(p_session->'territory') = 'array'
    then coalesce((select string_agg(value, ',') from jsonb_array_elements_text(p_session->'territory')), '') else '*' end
`,
  ),

  // The same as `isStaff` of the code. Coordinators, administrators and auditors watch: their employer's participation is not theirs.
  inlined(
    'acts_for_structure(p_role text) returns boolean language sql immutable parallel safe',
    ['writer'],
    `
  return p_role in ('counsellor', 'manager')`,
  ),

  // Seconds to wait after that many failures: nothing for the first ones, then 1, 2, 4 … up to the most.
  inlined(
    'sign_in_delay(p_failures integer, p_free integer, p_most integer) returns integer language sql immutable',
    ['writer'],
    `
  return case when p_failures < p_free then 0 else least(p_most, power(2, least(p_failures - p_free, 9)))::integer end`,
  ),

  // Of a hash in PHC form, all but what a password makes of it.
  inlined(
    'salt_of(p_hash text) returns text language sql immutable',
    ['writer'],
    `
  return regexp_replace(p_hash, '\\$[^$]*$', '')`,
  ),

  // Is it the account's password? By any of the proofs that were made of what was typed.
  definer(
    'proves_password(p jsonb) returns boolean language sql stable',
    ['api'],
    /* sql */ `
  select exists (select from account where id = (p->>'userId')::uuid and password_hash = any(array(select jsonb_array_elements_text(p->'proofs'))))
`,
  ),

  // Who an e-mail may sign in as: every employment that lives that day, of all accounts that its password opens.
  internal(
    'login_by(p_email text, p_day date) returns jsonb language sql stable',
    /* sql */ `
  select jsonb_build_object('userId', a.id, 'salt', salt_of(a.password_hash), 'employments', (
    select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'role', e.role, 'structureId', s.id, 'structureName', s.name, 'userId', o.id, 'name', o.name) order by s.search_name, s.id), '[]')
    from account o join employment e on e.user_id = o.id join structure s on s.id = e.structure_id
    where o.email = a.email and o.password_hash = a.password_hash and ${lives('e', 's', 'p_day')}))
  from account a where a.email = p_email and a.password_hash is not null order by a.created_at, a.id limit 1
`,
  ),

  // Rows that hold nothing back any more, a few at a time: never more of them than of attempts in an hour.
  internal(
    'forget_attempts(p_now timestamptz) returns void language sql',
    /* sql */ `
  delete from sign_in_attempt where key in (
    select key from sign_in_attempt where last_at < p_now - interval '1 hour' and blocked_until < p_now order by last_at limit 50 for update skip locked)
`,
  ),

  // Until when these keys are held back. While attempts are free nothing is, not even until another attempt's now: the clocks of two sign-ins at once
  // are not in order.
  internal(
    'sign_in_blocked(p_keys bytea[], p_wide bytea[]) returns timestamptz language sql stable',
    /* sql */ `
  select max(blocked_until) from sign_in_attempt where key = any(p_keys) and failures >= case when key = any(p_wide) then 100 else 10 end
`,
  ),

  // The attempt is counted before the password is looked at: else a thousand at once would all find the counter at nought. Success gives the attempt
  // back. An attempt that comes too soon writes nothing.
  // p = {email, address, device?, now}; {wait} when it came too soon, else {person}: who it may be. Both when others have used up the address, or the
  // account, and this person has signed in from here before. A known device has a counter of its own, that nobody else's attempts touch.
  definer(
    'attempt_sign_in(p jsonb) returns jsonb language plpgsql',
    ['api'],
    /* sql */ `
declare
  v_now timestamptz := (p->>'now')::timestamptz;
  v_today date := (v_now at time zone 'Europe/Paris')::date;
  v_account bytea := sha256(convert_to('account|' || (p->>'email'), 'UTF8'));
  v_pair bytea := sha256(convert_to('pair|' || (p->>'email') || '|' || (p->>'address'), 'UTF8'));
  v_address bytea := sha256(convert_to('address|' || (p->>'address'), 'UTF8'));
  v_wide bytea[] := array[v_account, v_address];
  -- In this order everywhere: two sign-ins never wait for each other in a circle.
  v_keys bytea[] := case when p ? 'device' then array[sha256(convert_to('device|' || (p->>'device'), 'UTF8'))] else array[v_account, v_pair, v_address] end;
  v_key bytea;
  v_blocked timestamptz := sign_in_blocked(v_keys, v_wide);
begin
  if v_blocked > v_now then
    return jsonb_build_object('wait', ceil(extract(epoch from v_blocked - v_now))::integer, 'person', case
      when not p ? 'device' and coalesce(sign_in_blocked(array[v_pair], v_wide), v_now) <= v_now and exists (select from known_origin where key = v_pair)
      then login_by(p->>'email', v_today) end);
  end if;
  foreach v_key in array v_keys loop
    insert into sign_in_attempt values (v_key, 0, v_now, v_now) on conflict do nothing;
    perform 1 from sign_in_attempt where key = v_key for update;
  end loop;
  v_blocked := sign_in_blocked(v_keys, v_wide);
  if v_blocked > v_now then return jsonb_build_object('wait', ceil(extract(epoch from v_blocked - v_now))::integer); end if;
  -- Ten free attempts for an account from one address, or from one device, then up to five minutes. A hundred for an address: a whole structure may sit
  -- behind one. A hundred for an account from anywhere, then ten seconds at most: enough against guessing, and nobody can lock somebody else out.
  update sign_in_attempt a set failures = n.failures, last_at = v_now, blocked_until = v_now + make_interval(secs =>
    sign_in_delay(n.failures, case when n.key = any(v_wide) then 100 else 10 end, case when n.key = v_account then 10 else 300 end))
  from (select key, case when last_at < v_now - interval '1 hour' then 1 else failures + 1 end as failures from sign_in_attempt where key = any(v_keys)) n
  where a.key = n.key;
  perform forget_attempts(v_now);
  return jsonb_build_object('person', login_by(p->>'email', v_today));
end `,
  ),

  // A wrong password of somebody known there, while the address was held back for everybody: it counts for the account from there.
  definer(
    'count_wrong_pair(p jsonb) returns void language sql',
    ['api'],
    /* sql */ `
  insert into sign_in_attempt as a values (sha256(convert_to('pair|' || (p->>'email') || '|' || (p->>'address'), 'UTF8')), 1, (p->>'now')::timestamptz, (p->>'now')::timestamptz)
  on conflict (key) do update set failures = case when a.last_at < excluded.last_at - interval '1 hour' then 1 else a.failures + 1 end, last_at = excluded.last_at,
    blocked_until = excluded.last_at + make_interval(secs => sign_in_delay(a.failures + 1, 10, 300))
`,
  ),

  // The password was right. The counters of the account are forgotten. The address gets back this one attempt only. An attempt that was not counted
  // changes nothing: somebody who passes while others are held back frees nobody.
  definer(
    'forgive_sign_in(p jsonb) returns void language plpgsql',
    ['api'],
    /* sql */ `
begin
  if p ? 'device' then
    delete from sign_in_attempt where key = sha256(convert_to('device|' || (p->>'device'), 'UTF8'));
  elsif not p ? 'aside' then
    delete from sign_in_attempt where key in (sha256(convert_to('account|' || (p->>'email'), 'UTF8')), sha256(convert_to('pair|' || (p->>'email') || '|' || (p->>'address'), 'UTF8')));
    update sign_in_attempt set failures = greatest(failures - 1, 0), blocked_until = (p->>'now')::timestamptz
    where key = sha256(convert_to('address|' || (p->>'address'), 'UTF8'));
  end if;
end `,
  ),

  // Of each {of, most, until} of a list, as `take_turn`, in its order.
  definer(
    'take_turns(p jsonb, p_now timestamptz) returns json language sql',
    ['api'],
    /* sql */ `
  select json_agg(take_turn(a.of, a.most, a.until, p_now) order by a.n)
  from rows from (jsonb_to_recordset(p) as ("of" text, most integer, until timestamptz)) with ordinality a("of", most, until, n)
`,
  ),
  // So many of something until a moment: how many are taken by now, this one included; null when none is left, and then nothing is written.
  definer(
    'take_turn(p_of text, p_most integer, p_until timestamptz, p_now timestamptz) returns integer language plpgsql',
    [],
    /* sql */ `
declare
  v_key bytea := sha256(convert_to('turn|' || p_of, 'UTF8'));
  v_taken integer;
begin
  -- A call of its own, never part of a commit: turns of a second may be lost in a crash of the machine, and nobody who is to open a case waits for the disk three times.
  perform set_config('synchronous_commit', 'off', true);
  if exists (select from sign_in_attempt where key = v_key and failures >= p_most and blocked_until > p_now) then return null; end if;
  insert into sign_in_attempt as t values (v_key, 1, p_now, p_until)
  on conflict (key) do update set last_at = p_now, failures = case when t.blocked_until <= p_now then 1 else t.failures + 1 end,
    blocked_until = case when t.blocked_until <= p_now then p_until else t.blocked_until end
  returning failures into v_taken;
  perform forget_attempts(p_now);
  return case when v_taken <= p_most then v_taken end;
end `,
  ),
  definer(
    'give_back_turn(p_of text, p_now timestamptz) returns void language sql',
    ['api'],
    /* sql */ `
  select set_config('synchronous_commit', 'off', true);
  update sign_in_attempt set failures = greatest(failures - 1, 0) where key = sha256(convert_to('turn|' || p_of, 'UTF8')) and blocked_until > p_now
`,
  ),

  // The right password of somebody who has to say for which structure: p as of open_session, as far as it goes. False, and nothing is forgotten, when it is wrong.
  definer(
    'prove_sign_in(p jsonb) returns boolean language plpgsql',
    ['api'],
    /* sql */ `
begin
  if not proves_password(p) then return false; end if;
  perform forgive_sign_in(p);
  return true;
end `,
  ),
];
