import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Referrals of a structure by box and state: what is counted of each ends with a hundred rows, wherever those lie. */
export class ReferralStates1796700200004 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index if not exists referral_access_states on referral_access (structure_id, box, status);
`);
  }
}
