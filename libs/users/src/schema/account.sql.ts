import { definer, internal, written } from '@fil-rouge/platform';

/** Accounts and invitations: processes read names, and write nothing. */
export const accounts = [
  written('account', 'select, insert, update', {
    rights: { reader: 'select (id, name, search_name, email)', worker: 'select (id, name, email)' },
    policies: { names: 'for select to reader, worker using (true)' },
    // The password is no event's, and changes without one.
    triggers: {
      account_comes_with_its_record: `before insert on account for each row when (not is_written(new.id)) execute function refuse_stray()`,
      account_changes_with_its_record: `before update of id, email, name on account for each row when (not is_written(old.id)) execute function refuse_stray()`,
    },
  }),
  written('invitation', 'select, insert, update', {
    triggers: {
      invitation_comes_with_its_record: `before insert on invitation for each row when (not is_written(new.user_id)) execute function refuse_stray()`,
    },
  }),

  // Neither touches what no event knows: the password, and that an invitation was used. Their names are no table's on purpose: whatever is
  // put_<table> can be emptied and derived once more from the log, and that must not happen here.
  internal(
    'put_account_of_person(rows jsonb) returns void language sql',
    /* sql */ `
  -- A version before this one folds no names.
  insert into account (id, email, name, search_name, created_at)
  select id, email, name, coalesce(search_name, lower(name)), created_at from jsonb_populate_recordset(null::account, rows)
  on conflict (id) do update set email = excluded.email, name = excluded.name, search_name = excluded.search_name
`,
  ),

  internal(
    'put_invitation_of_person(rows jsonb) returns void language sql',
    /* sql */ `
  insert into invitation (id, user_id, created_at, expires_at) select id, user_id, created_at, expires_at from jsonb_populate_recordset(null::invitation, rows)
  on conflict (id) do nothing
`,
  ),

  // The addresses of a change that was asked for, for the mails to both.
  written('email_change', 'select, insert', {
    belongs: 'user_id',
    rights: { worker: 'select (id, old_email, new_email)' },
    policies: { addresses: 'for select to worker using (true)' },
  }),
  internal(
    'put_email_change_of_person(rows jsonb) returns void language sql',
    /* sql */ `
  insert into email_change (id, user_id, old_email, new_email, created_at)
  select id, user_id, old_email, new_email, created_at from jsonb_populate_recordset(null::email_change, rows) on conflict (id) do nothing
`,
  ),

  // Several employers have each made an account for one mailbox. One password opens those that were accepted: their hashes are the same text.
  internal(
    'accounts_of(p_email text) returns uuid[] language sql stable',
    /* sql */ `
  select coalesce(array_agg(id order by created_at, id), '{}') from account where email = p_email and password_hash is not null
`,
  ),
  definer(
    'accounts_of_login(p_user uuid) returns uuid[] language sql stable',
    ['api', 'reader'],
    /* sql */ `
  select accounts_of(email) from account where id = p_user
`,
  ),
  // Has it a password, chosen behind an invitation?
  definer(
    'accepted(p_user uuid) returns boolean language sql stable',
    ['reader'],
    /* sql */ `
  select password_hash is not null from account where id = p_user
`,
  ),
  // Who has forgotten a password: p = {email, now}, whether somebody has that address or not. The link is made by the worker, so that whoever speaks in the
  // api's name cannot make one for somebody and know it.
  written('password_wanted', 'select, insert', {
    rights: { worker: 'select, delete' },
    policies: { worker_answers: 'to worker using (true)' },
  }),
  definer(
    'want_password(p jsonb) returns void language sql',
    ['api'],
    /* sql */ `
  insert into password_wanted (user_id, wanted_at) select a, (p->>'now')::timestamptz from (select (accounts_of(p->>'email'))[1]) o(a) where a is not null
  on conflict (user_id) do nothing
`,
  ),
  // Where somebody works, or has worked, whichever of their accounts it was: the names that are tried first as a password.
  internal(
    'structures_of(p_email text) returns jsonb language sql stable',
    /* sql */ `
  select coalesce(jsonb_agg(distinct s.name), '[]') from account a join employment e on e.user_id = a.id join structure s on s.id = e.structure_id where a.email = p_email
`,
  ),
  definer(
    'own_account(p jsonb) returns jsonb language sql stable',
    ['api'],
    /* sql */ `
  select jsonb_build_object('name', name, 'email', email, 'structures', structures_of(email), 'salt', salt_of(password_hash)) from account where id = (p->>'userId')::uuid
`,
  ),

  // Whom an invitation is for, while it can be used. 'present': the mailbox has another account, and the invitation is accepted with that one's
  // password, proved with its salt. 'needsManager': the mailbox has a role in the network, and nobody of the structure has made this account.
  definer(
    'invited_by(p jsonb) returns jsonb language sql stable',
    ['api'],
    /* sql */ `
  select jsonb_build_object('userId', a.id, 'name', a.name, 'email', a.email, 'structures', structures_of(a.email), 'present', case when o.id is not null then jsonb_build_object('userId', o.id, 'salt', salt_of(o.password_hash)) end,
    'needsManager', o.password_hash is not null
      and exists (select from employment n where n.user_id = any(accounts_of(a.email)) and n.role not in ('counsellor', 'manager') and not n.ended
        and (n.until_date is null or n.until_date >= ((p->>'now')::timestamptz at time zone 'Europe/Paris')::date))
      and exists (select from event e where e.stream_id = a.id and e.type = 'EmploymentStarted' and e.actor_id is not null and e.structure_id is null
        and e.data->>'role' in ('counsellor', 'manager')))
  from invitation i join account a on a.id = i.user_id
    left join account o on a.password_hash is null and o.id = (accounts_of(a.email))[1]
  where i.id = (p->>'id')::uuid and i.used_at is null and i.expires_at > (p->>'now')::timestamptz
`,
  ),

  // Sets the password, once. With it end the other invitations and the open sessions of every account that this password opens. A new account of a
  // mailbox that has one already only joins it.
  // p = {id, passwordHash | proofs, now, trace}: a new password, or that of the other account. False: the link is dead, or there is another password by now.
  definer(
    'accept_invitation(p jsonb) returns boolean language plpgsql',
    ['api'],
    /* sql */ `
declare
  v_now timestamptz := (p->>'now')::timestamptz;
  v_user uuid;
  v_own account;
  v_accounts uuid[];
  v_hash text := p->>'passwordHash';
begin
  select user_id into v_user from invitation where id = (p->>'id')::uuid and used_at is null and expires_at > v_now for update;
  if v_user is null then return false; end if;
  select * into v_own from account where id = v_user for update;
  v_accounts := accounts_of(v_own.email);
  perform 1 from account where id = any(v_accounts) order by id for update;
  if v_own.password_hash is null and cardinality(v_accounts) > 0 then
    -- The version before had the hash, and gives it.
    select password_hash into v_hash from account
    where id = v_accounts[1] and password_hash = any(array(select jsonb_array_elements_text(coalesce(p->'proofs', jsonb_build_array(v_hash)))));
    if not found then return false; end if;
    v_accounts := array[v_user];
  elsif v_hash is null then
    return false;
  else
    v_accounts := v_accounts || v_user;
    update access_token set ended_at = v_now where user_id = any(v_accounts) and ended_at is null;
  end if;
  update invitation set used_at = v_now where user_id = any(v_accounts) and used_at is null;
  update account set password_hash = v_hash where id = any(v_accounts);
  insert into audit_entry (at, user_id, action, outcome, trace_id)
  values (v_now, v_user, case when v_own.password_hash is null then 'invitation-accepted' else 'password-reset' end, 'ok', p->>'trace');
  return true;
end `,
  ),

  // How many accounts are the demonstration's and can be signed in to, and how many are somebody's. An address of that domain that was invited and has
  // chosen a password is somebody's as well: nobody makes demo accounts from outside.
  definer(
    'count_accounts() returns jsonb language sql stable',
    ['api'],
    /* sql */ `
  select jsonb_build_object(
    'demo', count(*) filter (where a.email like '%.demo' and a.password_hash is not null and not invited.accepted),
    'real', count(*) filter (where a.email not like '%.demo' or invited.accepted))
  from account a, lateral (select exists (select from invitation i where i.user_id = a.id and i.used_at is not null) as accepted) invited
`,
  ),

  // p = {userId, token, proofs, to, now, trace}. Every session but this one ends, of all accounts that the password opens. False when it has changed meanwhile.
  definer(
    'change_password(p jsonb) returns boolean language plpgsql',
    ['api'],
    /* sql */ `
declare
  v_now timestamptz := (p->>'now')::timestamptz;
  v_accounts uuid[] := accounts_of_login((p->>'userId')::uuid);
begin
  perform 1 from account where id = any(v_accounts) order by id for update;
  -- The version before had the hash, and gives it.
  perform 1 from account where id = (p->>'userId')::uuid and password_hash = any(array(select jsonb_array_elements_text(coalesce(p->'proofs', jsonb_build_array(p->'from')))));
  if not found then return false; end if;
  update account set password_hash = p->>'to' where id = any(v_accounts);
  update invitation set used_at = v_now where user_id = any(v_accounts) and used_at is null;
  update access_token set ended_at = v_now where user_id = any(v_accounts) and ended_at is null and token_hash <> decode(p->>'token', 'hex');
  insert into audit_entry (at, user_id, action, outcome, trace_id) values (v_now, (p->>'userId')::uuid, 'password-changed', 'ok', p->>'trace');
  return true;
end `,
  ),

  // p = {email, accounts}: true when another account that somebody signs in with has that address. One change to an address at a time.
  internal(
    'check_free_email(p jsonb) returns jsonb language plpgsql',
    /* sql */ `
begin
  perform pg_advisory_xact_lock(hashtextextended(p->>'email', 11));
  return (select to_jsonb(true) where exists (select from account where email = p->>'email' and password_hash is not null
    and id not in (select value::uuid from jsonb_array_elements_text(p->'accounts'))));
end `,
  ),

  // p = {email, structureId, today}: true when the structure employs, or is to employ, somebody of that address.
  internal(
    'check_new_colleague(p jsonb) returns jsonb language sql stable',
    /* sql */ `
  select to_jsonb(true) where exists (select from account a join employment e on e.user_id = a.id
    where a.email = p->>'email' and e.structure_id = (p->>'structureId')::uuid and not e.ended and (e.until_date is null or e.until_date >= (p->>'today')::date))
`,
  ),

  // Demo accounts only, by a top-level domain that nobody can own. Returns how many got the password.
  definer(
    'set_demo_password(p_hash text, p_all boolean) returns integer language sql',
    ['worker'],
    /* sql */ `
  -- Not of one that waits to be accepted by whoever has another.
  with changed as (update account a set password_hash = p_hash where a.email like '%.demo' and (p_all or a.password_hash is null)
    and not (a.password_hash is null and exists (select from account o where o.email = a.email and (o.created_at, o.id) < (a.created_at, a.id))) returning 1)
  select count(*)::integer from changed
`,
  ),
];
