/** A right that stands on that day: the employment's dates, and a structure that the State has not refused or closed. */
const lives = (employment: string, structure: string, day: string) => `
  not ${employment}.ended and ${employment}.from_date <= ${day} and (${employment}.until_date is null or ${day} <= ${employment}.until_date)
  and ${structure}.status not in ('refused', 'closed')`;

const forTheApi = [
  'begin_sign_in(jsonb)', 'forgive_sign_in(jsonb)', 'open_session(jsonb)', 'end_session(bytea, timestamptz, text)', 'invitation_of(uuid, timestamptz)',
  'accept_invitation(jsonb)', 'set_demo_password(text, boolean)',
];
const all = ['put_account_of_person(jsonb)', 'put_invitation_of_person(jsonb)', 'session_of(bytea, timestamptz)', ...forTheApi];

/**
 * Accounts and sign-in: ordinary tables that neither the api nor the worker may write, nor read but for names. Whatever touches a
 * password hash, a token or an attempt is a function here, owned by `writer`; tokens come as SHA-256 and are never stored themselves.
 */
export const signInSql = /* sql */ `
create table account (
  id uuid not null,
  email text not null,
  name text not null,
  password_hash text,
  created_at timestamptz(3) not null,
  constraint account_pk primary key (id),
  constraint account_email_key unique (email),
  constraint account_email_lower check (email = lower(email))
);

create table invitation (
  id uuid not null,
  user_id uuid not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  constraint invitation_pk primary key (id)
);
create index invitation_of on invitation (user_id);

create table access_token (
  token_hash bytea not null,
  user_id uuid not null,
  employment_id uuid not null,
  structure_id uuid not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  constraint access_token_pk primary key (token_hash)
);
create index access_token_of on access_token (user_id);

-- Keyed by a hash of the e-mail or of the address: it says neither, and an unknown e-mail counts like a known one.
create table sign_in_attempt (
  key bytea not null,
  failures integer not null,
  last_at timestamptz(3) not null,
  blocked_until timestamptz(3) not null,
  constraint sign_in_attempt_pk primary key (key)
);
create index sign_in_attempt_last on sign_in_attempt (last_at);

alter table account enable row level security;
alter table account force row level security;
alter table invitation enable row level security;
alter table invitation force row level security;
alter table access_token enable row level security;
alter table access_token force row level security;
alter table sign_in_attempt enable row level security;
alter table sign_in_attempt force row level security;
create policy writer_all on account to writer using (true) with check (true);
create policy writer_all on invitation to writer using (true) with check (true);
create policy writer_all on access_token to writer using (true) with check (true);
create policy writer_all on sign_in_attempt to writer using (true) with check (true);
create policy names on account for select to api, worker using (true);
grant select, insert, update on account, invitation to writer;
grant select, insert, update, delete on access_token, sign_in_attempt to writer;
grant select (id, name, email) on account to api, worker;

-- Neither touches what no event knows: the password, and that an invitation was used. Their names are no table's on purpose: whatever is
-- put_<table> can be emptied and derived once more from the log, and that must not happen here.
create function put_account_of_person(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  insert into account (id, email, name, created_at) select id, email, name, created_at from jsonb_populate_recordset(null::account, rows)
  on conflict (id) do update set email = excluded.email, name = excluded.name
$$;
create function put_invitation_of_person(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  insert into invitation (id, user_id, created_at, expires_at) select id, user_id, created_at, expires_at from jsonb_populate_recordset(null::invitation, rows)
  on conflict (id) do nothing
$$;

-- Who a token acts for; null when it is unknown, expired, signed out, or the rights behind it are gone. Called with every request.
create function session_of(p_token bytea, p_now timestamptz) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('userId', t.user_id, 'structureId', t.structure_id, 'role', e.role, 'territory', e.territory, 'employmentId', e.id,
    'expiresAt', to_char(t.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from access_token t join employment e on e.id = t.employment_id join structure s on s.id = e.structure_id
  where t.token_hash = p_token and t.ended_at is null and t.expires_at > p_now and ${lives('e', 's', `(p_now at time zone 'Europe/Paris')::date`)}
$$;

-- Seconds to wait after that many failures: nothing for the first ones, then 1, 2, 4 … up to the most.
create function sign_in_delay(p_failures integer, p_free integer, p_most integer) returns integer language sql immutable
  return case when p_failures < p_free then 0 else least(p_most, power(2, least(p_failures - p_free, 9)))::integer end;

-- Counts the attempt before the password is looked at, so that a thousand at once do not all find the counter at nought; success gives it back.
-- p = {email, address, now}; {wait} when it came too soon, else {person}: who it may be, with every employment that lives today.
create function begin_sign_in(p jsonb) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_now timestamptz := (p->>'now')::timestamptz;
  v_account bytea := sha256(convert_to('account|' || (p->>'email'), 'UTF8'));
  v_pair bytea := sha256(convert_to('pair|' || (p->>'email') || '|' || (p->>'address'), 'UTF8'));
  v_address bytea := sha256(convert_to('address|' || (p->>'address'), 'UTF8'));
  v_blocked timestamptz;
begin
  -- Account, pair, address in this order, here and below: two sign-ins never wait for each other in a circle.
  insert into sign_in_attempt values (v_account, 0, v_now, v_now) on conflict do nothing;
  perform 1 from sign_in_attempt where key = v_account for update;
  insert into sign_in_attempt values (v_pair, 0, v_now, v_now) on conflict do nothing;
  perform 1 from sign_in_attempt where key = v_pair for update;
  insert into sign_in_attempt values (v_address, 0, v_now, v_now) on conflict do nothing;
  perform 1 from sign_in_attempt where key = v_address for update;
  -- Only what is blocked: of two at once from one address the later may come first, and is no reason to turn the other away.
  select max(blocked_until) into v_blocked from sign_in_attempt
  where key in (v_account, v_pair, v_address) and failures >= case when key = v_pair then 10 else 100 end;
  if v_blocked > v_now then
    return jsonb_build_object('wait', ceil(extract(epoch from v_blocked - v_now))::integer);
  end if;
  -- Ten free attempts for an account from one address, then up to five minutes. A hundred for an address: a whole structure may sit behind one.
  -- A hundred for an account from anywhere, then ten seconds at most: enough against guessing, and nobody can lock somebody else out.
  update sign_in_attempt a set failures = n.failures, last_at = v_now, blocked_until = v_now + make_interval(secs => 
    sign_in_delay(n.failures, case when n.key = v_pair then 10 else 100 end, case when n.key = v_account then 10 else 300 end))
  from (select key, case when last_at < v_now - interval '1 hour' then 1 else failures + 1 end as failures
        from sign_in_attempt where key in (v_account, v_pair, v_address)) n
  where a.key = n.key;
  delete from sign_in_attempt where key in (
    select key from sign_in_attempt where last_at < v_now - interval '1 day' and key not in (v_account, v_pair, v_address) order by last_at limit 50 for update skip locked);
  return jsonb_build_object('person', (
    select jsonb_build_object('userId', a.id, 'name', a.name, 'passwordHash', a.password_hash, 'employments', (
      select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'role', e.role, 'structureId', s.id, 'structureName', s.name) order by s.search_name, s.id), '[]')
      from employment e join structure s on s.id = e.structure_id
      where e.user_id = a.id and ${lives('e', 's', `(v_now at time zone 'Europe/Paris')::date`)}))
    from account a where a.email = p->>'email'));
end $$;

-- The password was right: the account's counter is forgotten, the address gets back this one attempt only.
create function forgive_sign_in(p jsonb) returns void language sql security definer set search_path = public, pg_temp as $$
  delete from sign_in_attempt where key in (sha256(convert_to('account|' || (p->>'email'), 'UTF8')), sha256(convert_to('pair|' || (p->>'email') || '|' || (p->>'address'), 'UTF8')));
  update sign_in_attempt set failures = greatest(failures - 1, 0), blocked_until = (p->>'now')::timestamptz
  where key = sha256(convert_to('address|' || (p->>'address'), 'UTF8'));
$$;

-- p = {email, address, now, tokenHash, userId, employmentId, structureId, passwordHash, expiresAt, trace}.
-- False when the password was changed since it was verified: an old one opens nothing any more.
create function open_session(p jsonb) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_now timestamptz := (p->>'now')::timestamptz;
  v_user uuid := (p->>'userId')::uuid;
begin
  perform forgive_sign_in(p);
  perform 1 from account where id = v_user and password_hash = p->>'passwordHash' for share;
  if not found then return false; end if;
  delete from access_token where user_id = v_user and (expires_at <= v_now or ended_at is not null);
  insert into access_token (token_hash, user_id, employment_id, structure_id, created_at, expires_at)
  values (decode(p->>'tokenHash', 'hex'), v_user, (p->>'employmentId')::uuid, (p->>'structureId')::uuid, v_now, (p->>'expiresAt')::timestamptz);
  insert into audit_entry (at, user_id, structure_id, action, outcome, trace_id) values (v_now, v_user, (p->>'structureId')::uuid, 'sign-in', 'ok', p->>'trace');
  return true;
end $$;

create function end_session(p_token bytea, p_now timestamptz, p_trace text) returns void language sql security definer set search_path = public, pg_temp as $$
  with ended as (update access_token set ended_at = p_now where token_hash = p_token and ended_at is null returning user_id, structure_id)
  insert into audit_entry (at, user_id, structure_id, action, outcome, trace_id) select p_now, user_id, structure_id, 'sign-out', 'ok', p_trace from ended;
$$;

-- Whom an invitation is for, while it can be used.
create function invitation_of(p_id uuid, p_now timestamptz) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('userId', a.id, 'name', a.name, 'email', a.email)
  from invitation i join account a on a.id = i.user_id where i.id = p_id and i.used_at is null and i.expires_at > p_now
$$;

-- Sets the password, once: the person's other invitations and every open session end with it. p = {id, passwordHash, now, trace}
create function accept_invitation(p jsonb) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_now timestamptz := (p->>'now')::timestamptz;
  v_user uuid;
begin
  update invitation set used_at = v_now where id = (p->>'id')::uuid and used_at is null and expires_at > v_now returning user_id into v_user;
  if v_user is null then return false; end if;
  update invitation set used_at = v_now where user_id = v_user and used_at is null;
  update account set password_hash = p->>'passwordHash' where id = v_user;
  update access_token set ended_at = v_now where user_id = v_user and ended_at is null;
  insert into audit_entry (at, user_id, action, outcome, trace_id) values (v_now, v_user, 'invitation-accepted', 'ok', p->>'trace');
  return true;
end $$;

-- Demo accounts only, by a top-level domain that nobody can own. Returns how many got the password.
create function set_demo_password(p_hash text, p_all boolean) returns integer language sql security definer set search_path = public, pg_temp as $$
  with changed as (update account set password_hash = p_hash where email like '%.demo' and (p_all or password_hash is null) returning 1)
  select count(*)::integer from changed
$$;

-- Rights first, owner last: once a function is writer's, the role that runs migrations can no longer grant or revoke anything on it.
revoke execute on function ${all.join(', ')} from public;
grant execute on function sign_in_delay(integer, integer, integer) to writer;
grant execute on function session_of(bytea, timestamptz) to api, worker;
grant execute on function ${forTheApi.join(', ')} to api;
${all.map((name) => `alter function ${name} owner to writer;`).join('\n')}
`;
