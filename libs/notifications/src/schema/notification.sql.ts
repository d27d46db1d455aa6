import { access, definer, written } from '@fil-rouge/platform';

/**
 * Inbox and outbox: ordinary tables of the worker, derived from events but not rebuilt from them (who was told was decided then). Ids and codes only: an
 * erased record leaves nothing here that names anybody.
 */
export const notifications = [
  written('notification', 'select, update', {
    rights: { api: 'select', worker: 'select, insert, update' },
    policies: {
      own_inbox: 'for select to api using (user_id = me_user() and structure_id = me_employer())',
      worker_works: 'to worker using (true) with check (true)',
    },
  }),
  access('email', {
    rights: { worker: 'select, insert, update' },
    policies: { worker_works: 'to worker using (true) with check (true)' },
  }),

  // Of one's own inbox only; the first reading stands.
  definer(
    'read_notification(p_id uuid, p_now timestamptz) returns setof notification language sql',
    ['api'],
    /* sql */ `
  update notification set read_at = coalesce(read_at, p_now) where id = p_id and user_id = me_user() and structure_id = me_employer() returning *
`,
  ),
];
