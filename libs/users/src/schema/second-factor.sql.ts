import { definer, internal, written } from '@fil-rouge/platform';

/**
 * The second factor. Whether a code is right can only be said by who opens the box, and for that one needs the master key, which no database login has. So the box holds
 * a secret besides, made by chance and of no other use; the database has its hash, and takes a code from whoever shows the secret (`enter_session`). Who has the
 * api's login and somebody's password, and not the master key, does not come in.
 */
export const secondFactors = [
  written('second_factor', 'select, insert, update, delete'),
  written('recovery_code', 'select, insert, delete'),

  // That of a person, under whichever of the accounts that the password opens.
  internal(
    'factor_of(p_user uuid) returns second_factor language sql stable',
    /* sql */ `
  select f from second_factor f where f.user_id = any(p_user || accounts_of_login(p_user)) order by f.created_at limit 1
`,
  ),

  // When it was set up, and how many recovery codes are left; null: there is none.
  definer(
    'own_second_factor() returns jsonb language sql stable',
    ['reader'],
    /* sql */ `
  select jsonb_build_object('since', to_char((f).created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'left', (select count(*) from recovery_code where user_id = (f).user_id))
  from (select factor_of(me_user())) o(f) where (f).user_id is not null
`,
  ),

  // p = {token, proofs, box, proofHash, step, codes, now, trace}: 'wrong' password, 'present' already, or 'done'. Sessions that were opened without it end.
  definer(
    'set_up_second_factor(p jsonb) returns text language plpgsql',
    ['api'],
    /* sql */ `
declare
  v_now timestamptz := (p->>'now')::timestamptz;
  v_token bytea := decode(p->>'token', 'hex');
  v_user uuid := (session_of(v_token, v_now)->>'userId')::uuid;
  v_accounts uuid[] := v_user || accounts_of_login(v_user);
begin
  perform 1 from account where id = any(v_accounts) order by id for update;
  if not coalesce(proves_password(p || jsonb_build_object('userId', v_user)), false) then return 'wrong'; end if;
  if (factor_of(v_user)).user_id is not null then return 'present'; end if;
  insert into second_factor values (v_user, p->>'box', decode(p->>'proofHash', 'hex'), (p->>'step')::bigint, v_now);
  perform keep_recovery_codes(v_user, p->'codes');
  update access_token set ended_at = case when token_hash = v_token then ended_at else v_now end, factor = true where user_id = any(v_accounts) and ended_at is null;
  insert into audit_entry (at, user_id, action, outcome, trace_id) values (v_now, v_user, 'second-factor.set-up', 'ok', p->>'trace');
  return 'done';
end `,
  ),

  internal(
    'keep_recovery_codes(p_user uuid, p_codes jsonb) returns void language sql',
    /* sql */ `
  delete from recovery_code where user_id = p_user;
  insert into recovery_code select p_user, decode(value, 'hex') from jsonb_array_elements_text(p_codes)
`,
  ),

  // p = {token, proofs, codes?, now, trace}: new recovery codes in place of the old ones, or, without any, the factor taken away. 'wrong' password, 'absent', or 'done'.
  definer(
    'change_second_factor(p jsonb) returns text language plpgsql',
    ['api'],
    /* sql */ `
declare
  v_now timestamptz := (p->>'now')::timestamptz;
  v_user uuid := (session_of(decode(p->>'token', 'hex'), v_now)->>'userId')::uuid;
  v_of uuid := (factor_of(v_user)).user_id;
begin
  if not coalesce(proves_password(p || jsonb_build_object('userId', v_user)), false) then return 'wrong'; end if;
  if v_of is null then return 'absent'; end if;
  if p ? 'codes' then perform keep_recovery_codes(v_of, p->'codes'); else perform forget_second_factor(v_of); end if;
  insert into audit_entry (at, user_id, action, outcome, trace_id)
  values (v_now, v_user, case when p ? 'codes' then 'second-factor.codes' else 'second-factor.removed' end, 'ok', p->>'trace');
  return 'done';
end `,
  ),

  internal(
    'forget_second_factor(p_user uuid) returns void language sql',
    /* sql */ `
  delete from second_factor where user_id = p_user;
  delete from recovery_code where user_id = p_user;
  update access_token set factor = false where user_id = any(p_user || accounts_of_login(p_user)) and factor
`,
  ),

  // Another person took it away. Rows {userId, at}: derived once more, it takes away none that was set up since.
  internal(
    'erase_second_factor(rows jsonb) returns void language sql',
    /* sql */ `
  select forget_second_factor((o.f).user_id) from (select factor_of((r->>'userId')::uuid), (r->>'at')::timestamptz from jsonb_array_elements(rows) r) o(f, at)
  where (o.f).created_at <= o.at
`,
  ),
  internal(
    'check_second_factor(p jsonb) returns jsonb language sql stable',
    /* sql */ `
  select to_jsonb(true) where (factor_of((p->>'userId')::uuid)).user_id is null
`,
  ),

  // Its boxes, when there is another root: see `keys_to_wrap`.
  internal(
    'boxes_to_wrap(p_root integer) returns jsonb language sql stable',
    /* sql */ `
  select coalesce(jsonb_agg(jsonb_build_object('id', user_id, 'purpose', 'second-factor', 'box', box)), '[]') from second_factor where root_of_kept(box) <> p_root
`,
  ),
  internal(
    'boxes_wrapped(p jsonb) returns void language sql',
    /* sql */ `
  update second_factor f set box = b.box from jsonb_to_recordset(p) as b(id uuid, old text, box text) where f.user_id = b.id and f.box = b.old
`,
  ),
  internal(
    'boxes_left_behind(p_root integer) returns bigint language sql stable',
    /* sql */ `
  select count(*) from second_factor where root_of_kept(box) <> p_root
`,
  ),
];
