import { access, definer } from '@fil-rouge/platform';

/** Runs of the verification of everything, and what a verification may ask about records it does not otherwise see. */
export const verifications = [
  access('verification', {
    rights: { reader: 'select', api: 'insert', worker: 'select, update' },
    policies: {
      auditors_read: `for select to reader using (me_role() in ('administrator', 'auditor'))`,
      // Who may ask is the route's permission; the row holds counts and ids only.
      auditors_ask: 'for insert to api with check (true)',
      worker_works: 'to worker using (true) with check (true)',
    },
  }),

  definer(
    'count_records() returns integer language sql stable',
    ['api', 'worker'],
    /* sql */ `
  select count(*)::integer from stream
`,
  ),

  definer(
    'records_after(p_after uuid, p_limit integer) returns table (id uuid, kind text) language sql stable',
    ['worker'],
    /* sql */ `
  select s.id, s.kind from stream s where p_after is null or s.id > p_after order by s.id limit p_limit
`,
  ),
];
