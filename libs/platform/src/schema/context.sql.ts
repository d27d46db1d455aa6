import { definer, inlined } from './schema';

/**
 * Who a read is for. The context of row-level security is set once per transaction, from the session's token; the policies ask for it here. There is no
 * flag in it that opens everything. Anybody may set these settings to anything, but it opens nothing: rows are selected by `reader` alone, in `read_rows`,
 * which enters first, and whose selects cannot set them (`roles.ts`).
 */
export const context = [
  // The structure somebody acts for on records; null for who watches: the employer's participation is not theirs (`acts_for_structure`).
  inlined(
    'me_structure() returns uuid language sql stable parallel safe',
    ['reader', 'worker', 'writer'],
    `
  return nullif(current_setting('fil.structure', true), '')::uuid`,
  ),

  // The structure somebody is signed in for, whatever the role.
  inlined(
    'me_employer() returns uuid language sql stable parallel safe',
    ['reader', 'worker', 'writer'],
    `
  return nullif(current_setting('fil.employer', true), '')::uuid`,
  ),

  inlined(
    'me_user() returns uuid language sql stable parallel safe',
    ['reader', 'worker', 'writer'],
    `
  return nullif(current_setting('fil.user', true), '')::uuid`,
  ),

  inlined(
    'me_role() returns text language sql stable parallel safe',
    ['reader', 'worker', 'writer'],
    `
  return nullif(current_setting('fil.role', true), '')`,
  ),

  // The record that is being read with a reason.
  inlined(
    'me_reading() returns uuid language sql stable parallel safe',
    ['reader', 'worker', 'writer'],
    `
  return nullif(current_setting('fil.reading', true), '')::uuid`,
  ),

  // What a read writes need not wait for the disk. Here, because `reader` may set nothing itself.
  definer(
    'do_not_wait() returns void language plpgsql',
    ['reader'],
    /* sql */ `
begin
  perform set_config('synchronous_commit', 'off', true);
end `,
  ),

  definer(
    'enter(p_token bytea, p_now timestamptz, p_reading uuid) returns jsonb language plpgsql',
    ['reader', 'worker'],
    /* sql */ `
declare v_session jsonb := session_of(p_token, p_now);
begin
  if v_session is null then return null; end if;
  perform set_config('fil.user', v_session->>'userId', true), set_config('fil.employer', v_session->>'structureId', true),
    set_config('fil.structure', case when acts_for_structure(v_session->>'role') then v_session->>'structureId' else '' end, true),
    set_config('fil.role', v_session->>'role', true), set_config('fil.reading', coalesce(p_reading::text, ''), true),
    set_config('fil.scope', scope_of(v_session), true);
  return v_session;
end `,
  ),
];
