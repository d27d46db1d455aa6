import { access, definer, internal, written } from '@fil-rouge/platform';

/** Erasures that are being committed and exports that are about to begin: the second wait for the first. */
const turn = `hashtext('exports and erasures')`;

const toDo = `(x.status = 'waiting' or x.status = 'running' and x.leased_until <= p_now)`;

/**
 * Exports. What is in one was read for whoever asked, as `reader`, in that person's own sign-in (`read_rows`); here is only kept what came of it. Each is
 * its owner's alone, as somebody of the structure it was asked for.
 */
export const exportFiles = [
  written('export', 'select, insert, update, delete', {
    rights: {
      reader:
        'select (id, user_id, structure_id, per, format, columns, filters, status, failure, sealed_with, attempt, done, total, parts, bytes, asked_at, ended_at, expires_at)',
      worker: 'maintain',
    },
    policies: { own_export: 'for select to reader using (user_id = me_user() and structure_id = me_structure())' },
  }),
  written('export_part', 'select, insert, update, delete', {
    rights: { reader: 'select', worker: 'maintain' },
    policies: {
      part_of_own_export: `for select to reader using (exists (select from export x where x.id = export_part.export_id and x.status = 'ready'))`,
    },
  }),

  internal(
    'drop_exports(p_ids uuid[]) returns void language sql',
    /* sql */ `
  delete from export_part where export_id = any(p_ids);
  delete from export where id = any(p_ids);
`,
  ),

  // p = {id, per, format, columns, filters, pass, sealedWith, now, expiresAt, key?, keyHash?}; {id, hash}: of the one that was asked for with that key before, or of this one.
  // Somebody has so many at a time: the oldest goes.
  definer(
    'ask_export(p jsonb, p_most integer) returns jsonb language plpgsql',
    ['reader'],
    /* sql */ `
begin
  insert into export (id, user_id, structure_id, per, format, columns, filters, pass, sealed_with, asked_at, expires_at, key, key_hash)
  values ((p->>'id')::uuid, me_user(), me_structure(), p->>'per', p->>'format', array(select jsonb_array_elements_text(p->'columns')), p->'filters', p->>'pass',
    decode(p->>'sealedWith', 'hex'), (p->>'now')::timestamptz, (p->>'expiresAt')::timestamptz, p->>'key', p->>'keyHash')
  on conflict (user_id, key) where key is not null do nothing;
  perform drop_exports(array(select x.id from export x where x.user_id = me_user() order by x.asked_at desc, x.id desc offset p_most));
  return (select jsonb_build_object('id', x.id, 'hash', x.key_hash) from export x
    where x.user_id = me_user() and case when p ? 'key' then x.key = p->>'key' else x.id = (p->>'id')::uuid end);
end `,
  ),

  // Whether there was one, of one's own.
  definer(
    'remove_export(p_id uuid) returns boolean language plpgsql',
    ['reader'],
    /* sql */ `
declare v_ids uuid[] := array(select x.id from export x where x.id = p_id and x.user_id = me_user() and x.structure_id = me_structure());
begin
  perform drop_exports(v_ids);
  return cardinality(v_ids) > 0;
end `,
  ),

  definer(
    'sweep_exports(p_now timestamptz) returns void language sql',
    ['worker'],
    /* sql */ `
  select drop_exports(array(select x.id from export x where x.expires_at <= p_now limit 50))
`,
  ),

  // The next one to be made, for p_until. One whose worker has not been heard of begins anew, a few times: nothing of what that one wrote is kept.
  definer(
    'next_export(p_now timestamptz, p_until timestamptz, p_most integer) returns jsonb language plpgsql',
    ['worker'],
    /* sql */ `
declare v_export export;
begin
  if not exists (select from export x where ${toDo}) then return null; end if;
  perform pg_advisory_xact_lock(${turn});
  select * into v_export from export x where ${toDo} order by x.asked_at for update skip locked limit 1;
  if v_export.id is null then return null; end if;
  delete from export_part where export_id = v_export.id;
  if v_export.attempt >= p_most then
    update export set status = 'failed', failure = 'interrupted', pass = null, sealed_with = null, leased_until = null, ended_at = p_now where id = v_export.id;
    return '{}';
  end if;
  update export set status = 'running', attempt = attempt + 1, leased_until = p_until, done = 0, total = null, parts = 0, bytes = 0 where id = v_export.id returning * into v_export;
  return to_jsonb(v_export) || jsonb_build_object('sealed_with', encode(v_export.sealed_with, 'hex'));
end `,
  ),

  // p = {id, attempt, until, done, total, n?, box?, bytes}. False: it is another one's by now, or nobody's.
  definer(
    'go_on_with_export(p jsonb) returns boolean language plpgsql',
    ['worker'],
    /* sql */ `
begin
  update export set leased_until = (p->>'until')::timestamptz, done = (p->>'done')::integer, total = (p->>'total')::integer, bytes = (p->>'bytes')::bigint,
    parts = coalesce((p->>'n')::integer + 1, parts)
  where id = (p->>'id')::uuid and attempt = (p->>'attempt')::integer and status = 'running';
  if not found then return false; end if;
  if p ? 'box' then insert into export_part values ((p->>'id')::uuid, (p->>'n')::integer, decode(p->>'box', 'base64')); end if;
  return true;
end `,
  ),

  // Whole, or for that reason not at all.
  definer(
    'end_export(p_id uuid, p_attempt integer, p_failure text, p_now timestamptz) returns boolean language plpgsql',
    ['worker'],
    /* sql */ `
begin
  update export set status = case when p_failure is null then 'ready' else 'failed' end, failure = p_failure, pass = null, leased_until = null, ended_at = p_now,
    sealed_with = case when p_failure is null then sealed_with end
  where id = p_id and attempt = p_attempt and status = 'running';
  if not found then return false; end if;
  if p_failure is not null then delete from export_part where export_id = p_id; end if;
  return true;
end `,
  ),

  // Whoever is erased is in no file that is kept: those of the structures that were on the record go, whether they name the resident or not, and what is being
  // made begins anew. By the row that every erasure leaves, so that none is forgotten.
  definer(
    'end_exports_of_erased() returns trigger language plpgsql',
    ['owner'],
    /* sql */ `
declare
  v_structures uuid[];
begin
  perform pg_advisory_xact_lock_shared(${turn});
  v_structures := array(select e.structure_id from event e where e.stream_id = new.stream_id and e.structure_id is not null
    union select g.structure_id from access_grant g where g.stream_id = new.stream_id);
  update export set status = 'waiting', leased_until = null where structure_id = any(v_structures) and status = 'running';
  delete from export_part a using export x where a.export_id = x.id and x.structure_id = any(v_structures);
  delete from export where structure_id = any(v_structures) and status not in ('waiting', 'running');
  return null;
end `,
  ),
  access('erasure', {
    triggers: { erasure_ends_exports: 'after insert on erasure for each row execute function end_exports_of_erased()' },
  }),
];
