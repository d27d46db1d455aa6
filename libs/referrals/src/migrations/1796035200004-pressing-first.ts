import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/**
 * Urgent referrals come first; who ended one, and who would do better, are said. What the log says of earlier ones beside their urgency is derived with
 * `npm run rebuild`.
 */
export class PressingFirst1796035200004 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    const indexes = { referral: 'referral_recent', referral_access: 'referral_access_recent' };
    for (const [table, index] of Object.entries(indexes))
      await runner.query(/* sql */ `
alter table ${table} add column pressing boolean, add column ended_by text, add column better_structure_id uuid;
alter table ${table} no force row level security;
update ${table} set pressing = urgency = 'urgent' and ended_at is null;
alter table ${table} force row level security;
alter table ${table} alter column pressing set not null;
drop index ${index};
create index ${index} on ${table} (${table === 'referral_access' ? 'structure_id, ' : ''}pressing, last_activity_at, id)`);
  }
}
