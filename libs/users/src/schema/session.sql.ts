import { definer, internal, written } from '@fil-rouge/platform';
import { lives } from './employment.sql';

/** That a session has neither ended nor run out: half an hour without a request ends it as well as the end of its half day. */
const isOpen = (token: string) =>
  `${token}.ended_at is null and ${token}.expires_at > p_now and coalesce(${token}.active_at > p_now - interval '30 minutes', true)`;

/** Sessions: opened by a password that was right, known by the SHA-256 of their tokens, ended. */
export const sessions = [
  written('access_token', 'select, insert, update, delete'),

  // Who a token acts for; null when it is unknown, expired, idle, signed out, or the rights behind it are gone. Called with every request.
  definer(
    'session_of(p_token bytea, p_now timestamptz) returns jsonb language sql stable',
    ['api', 'worker'],
    /* sql */ `
  select jsonb_build_object('userId', t.user_id, 'structureId', t.structure_id, 'role', e.role, 'territory', e.territory, 'employmentId', e.id,
    'factor', coalesce(t.factor, false), 'expiresAt', to_char(t.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from access_token t join employment e on e.id = t.employment_id join structure s on s.id = e.structure_id
  where t.token_hash = p_token and ${isOpen('t')} and ${lives('e', 's', `(p_now at time zone 'Europe/Paris')::date`)}
`,
  ),

  // The same for a request that begins. When it is somebody's and not a page's that looks by itself, it is noted that the session is in use, once in two minutes: a
  // page reads ten things. Lost in a crash of the machine, it costs somebody a password typed two minutes early.
  definer(
    'session_begins(p_token bytea, p_now timestamptz, p_active boolean) returns jsonb language plpgsql',
    ['api'],
    /* sql */ `
declare v_session jsonb := session_of(p_token, p_now);
begin
  if p_active and v_session is not null and exists (
    select from access_token where token_hash = p_token and coalesce(active_at <= p_now - interval '2 minutes', true)) then
    perform set_config('synchronous_commit', 'off', true);
    update access_token set active_at = p_now where token_hash = p_token and coalesce(active_at <= p_now - interval '2 minutes', true);
  end if;
  return v_session;
end `,
  ),

  internal(
    'holder_of(p_token bytea) returns jsonb language sql stable',
    /* sql */ `
  select jsonb_build_object('userId', user_id, 'structureId', structure_id) from access_token where token_hash = p_token
`,
  ),

  // p = {email, address, device?, aside?, now, tokenHash, userId, proofs, coded?, code?, employmentId, structureId, expiresAt, idles, trace}; userId null proves nothing, and
  // takes as long. {opened}: false when none of the proofs is right. Where there is a second factor, {box} with nothing opened, until p has code = {proof, step} or
  // code = {recovery}; {opened: false, code: false} when that was taken before, or is none of the codes.
  definer(
    'enter_session(p jsonb) returns jsonb language plpgsql',
    ['api'],
    /* sql */ `
declare
  v_now timestamptz := (p->>'now')::timestamptz;
  v_user uuid := (p->>'userId')::uuid;
  v_factor second_factor;
  v_code jsonb := p->'code';
begin
  -- The version before had the hash, and gives it.
  perform 1 from account where id = v_user and password_hash = any(array(select jsonb_array_elements_text(coalesce(p->'proofs', jsonb_build_array(p->'passwordHash'))))) for share;
  if not found then return '{"opened": false}'; end if;
  v_factor := factor_of(v_user);
  if v_factor.user_id is not null then
    if jsonb_typeof(v_code) is distinct from 'object' then
      -- Who has still to be asked has made one attempt, and will make another.
      if not p ?| array['coded', 'device', 'aside'] then
        update sign_in_attempt set failures = greatest(failures - 1, 0), blocked_until = v_now where key = sha256(convert_to('address|' || (p->>'address'), 'UTF8'));
      end if;
      return jsonb_build_object('box', v_factor.box, 'of', v_factor.user_id);
    end if;
    if v_code ? 'recovery' then
      delete from recovery_code where user_id = v_factor.user_id and hash = sha256(decode(v_code->>'recovery', 'hex'));
    else
      update second_factor set last_step = (v_code->>'step')::bigint
      where user_id = v_factor.user_id and proof_hash = sha256(decode(v_code->>'proof', 'hex')) and last_step < (v_code->>'step')::bigint;
    end if;
    if not found then return '{"opened": false, "code": false}'; end if;
  end if;
  perform forgive_sign_in(p);
  insert into known_origin values (sha256(convert_to('pair|' || (p->>'email') || '|' || (p->>'address'), 'UTF8')), v_now) on conflict (key) do update set last_at = v_now;
  delete from known_origin where key in (select key from known_origin where last_at < v_now - interval '90 days' order by last_at limit 50 for update skip locked);
  delete from access_token where user_id = v_user and (expires_at <= v_now or ended_at is not null);
  -- The version before does not note that a session is in use: its sessions are not idle while no other one has seen them.
  insert into access_token (id, token_hash, user_id, employment_id, structure_id, created_at, expires_at, active_at, factor)
  values (gen_random_uuid(), decode(p->>'tokenHash', 'hex'), v_user, (p->>'employmentId')::uuid, (p->>'structureId')::uuid, v_now, (p->>'expiresAt')::timestamptz,
    case when p ? 'idles' then v_now end, v_factor.user_id is not null);
  insert into audit_entry (at, user_id, structure_id, action, outcome, trace_id) values (v_now, v_user, (p->>'structureId')::uuid, 'sign-in', 'ok', p->>'trace');
  return '{"opened": true}';
end `,
  ),

  // As the version before calls it: it asks for no code, so nobody with a second factor comes in by it.
  definer(
    'open_session(p jsonb) returns boolean language sql',
    ['api'],
    `
  select coalesce((enter_session(p - 'code')->>'opened')::boolean, false)`,
  ),

  // Where somebody is signed in now, with whichever of the accounts that the password opens; newest first.
  definer(
    'own_sessions(p_token bytea, p_now timestamptz) returns jsonb language sql stable',
    ['reader'],
    /* sql */ `
  select coalesce(jsonb_agg(to_jsonb(o) order by o.created_at desc, o.id desc), '[]') from (
    select t.id, t.created_at, t.expires_at, coalesce(t.active_at, t.created_at) as active_at, e.role, s.id as structure_id, s.name as structure_name, t.token_hash = p_token as current
    from access_token t join employment e on e.id = t.employment_id join structure s on s.id = e.structure_id
    where t.user_id = any(accounts_of_login(me_user())) and t.id is not null and ${isOpen('t')} and ${lives('e', 's', `(p_now at time zone 'Europe/Paris')::date`)}
    order by t.created_at desc, t.id desc limit 100) o
`,
  ),
  // Of one's own: the one named, else all but this one. How many.
  definer(
    'end_own_sessions(p_id uuid, p_token bytea, p_now timestamptz) returns integer language sql',
    ['reader'],
    /* sql */ `
  with ended as (update access_token t set ended_at = p_now where user_id = any(accounts_of_login(me_user())) and ${isOpen('t')}
    and case when p_id is null then token_hash <> p_token else id = p_id end returning 1)
  select count(*)::integer from ended
`,
  ),
  // Of somebody else, with every account that the password opens: whoever has found it has found it for all of them.
  definer(
    'end_sessions_of(p_user uuid, p_now timestamptz) returns integer language sql',
    ['reader'],
    /* sql */ `
  with ended as (update access_token t set ended_at = p_now where me_role() = 'administrator' and user_id = any(p_user || accounts_of_login(p_user))
    and ${isOpen('t')} returning 1)
  select count(*)::integer from ended
`,
  ),

  definer(
    'end_session(p_token bytea, p_now timestamptz, p_trace text) returns void language sql',
    ['api'],
    /* sql */ `
  with ended as (update access_token set ended_at = p_now where token_hash = p_token and ended_at is null returning user_id, structure_id)
  insert into audit_entry (at, user_id, structure_id, action, outcome, trace_id) select p_now, user_id, structure_id, 'sign-out', 'ok', p_trace from ended;
`,
  ),
];
