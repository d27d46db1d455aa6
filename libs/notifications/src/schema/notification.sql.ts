import { access, definer, invoker, written } from '@fil-rouge/platform';

/**
 * Inbox and outbox: ordinary tables of the worker, derived from events but not rebuilt from them (who was told was decided then). Ids and codes only: an
 * erased record leaves nothing here that names anybody.
 */
export const notifications = [
  written('notification', 'select, update', {
    rights: { reader: 'select', worker: 'select, insert, update' },
    policies: {
      own_inbox: 'for select to reader using (user_id = me_user() and structure_id = me_employer())',
      worker_works: 'to worker using (true) with check (true)',
    },
    triggers: {
      notification_told: 'before insert on notification for each row execute function told_now()',
      notification_told_anew: `before update on notification for each row when (old.entries is distinct from new.entries) execute function told_now()`,
    },
  }),
  // Not by who writes the row, which may be the version before. A digest that counts on says something new.
  invoker(
    'told_now() returns trigger language plpgsql',
    [],
    /* sql */ `
begin
  new.told_in := pg_current_xact_id()::text;
  return new;
end `,
  ),
  access('email', {
    rights: { worker: 'select, insert, update' },
    policies: { worker_works: 'to worker using (true) with check (true)' },
  }),

  // What the list could show that was taken in that snapshot, and nothing that was told beside it or since. A number that has not been reached comes from another
  // server, before the database was moved here.
  definer(
    'read_notifications(p_snapshot text, p_now timestamptz) returns void language sql',
    ['reader'],
    /* sql */ `
  update notification set read_at = p_now where user_id = me_user() and structure_id = me_employer() and read_at is null
    and (told_in is null or pg_visible_in_snapshot(told_in::xid8, p_snapshot::pg_snapshot) or told_in::xid8 >= pg_snapshot_xmax(pg_current_snapshot()))
`,
  ),

  // Of one's own inbox only; the first reading stands.
  definer(
    'read_notification(p_id uuid, p_now timestamptz) returns setof notification language sql',
    ['reader'],
    /* sql */ `
  update notification set read_at = coalesce(read_at, p_now) where id = p_id and user_id = me_user() and structure_id = me_employer() returning *
`,
  ),
];
