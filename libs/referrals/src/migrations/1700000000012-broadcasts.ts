import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What `readTable` made and the copies, once more, now with the broadcast. `writer` owns them, and only an owner replaces a function. */
const image = [
  'version', 'seq', 'status', 'from_structure_id', 'to_structure_id', 'needs', 'contact', 'urgency', 'onward_allowed', 'parent_referral_id',
  'previous_referral_id', 'broadcast_id', 'contact_user_id', 'sent_at', 'due_at', 'late_from', 'hold_until', 'cancellation_requested_at', 'ended_at', 'outcome',
  'reason', 'draft_event', 'sheet_event', 'last_activity_at',
];

const put = (table: string, key: readonly string[], others: readonly string[]): string => {
  const list = [...key, ...others].join(', ');
  return /* sql */ `
create or replace function put_${table}(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  insert into ${table} (${list}) select ${list} from jsonb_populate_recordset(null::${table}, rows)
  on conflict (${key.join(', ')}) do update set ${others.map((column) => `${column} = excluded.${column}`).join(', ')}
$$;`;
};

/** Several referrals for one need, of which the first that is accepted cancels the others. Frozen once released. */
export class Broadcasts1700000000012 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table referral add column broadcast_id uuid;
alter table referral_access add column broadcast_id uuid;
set local role writer;
${put('referral', ['id'], ['case_id', 'parent_from_id', ...image])}
${put('referral_access', ['structure_id', 'id'], ['case_id', 'box', 'roles', 'sheet_open', 'until_seq', ...image])}
create or replace function copy_referral_access(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  insert into referral_access as a (structure_id, id, case_id, box, roles, sheet_open, until_seq, ${image.join(', ')})
  select n.structure_id, r.id, r.case_id,
    case when r.to_structure_id = n.structure_id and r.sent_at is not null then 'received' when r.from_structure_id = n.structure_id then 'sent'
      when r.parent_from_id = n.structure_id then 'child' else 'lead' end,
    array['lead'], true, null, ${image.map((column) => `r.${column}`).join(', ')}
  from jsonb_to_recordset(rows) as n(case_id uuid, structure_id uuid)
  join referral r on r.case_id = n.case_id and r.ended_at is not null
  on conflict (structure_id, id) do update set roles = excluded.roles, sheet_open = true, until_seq = null,
    ${image.map((column) => `${column} = excluded.${column}`).join(', ')}
$$;
set local role owner;
`);
  }
}
