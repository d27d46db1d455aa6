import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/**
 * Open referrals of a merged record go on in another one, under their ids; ended ones stay with the record that they ended on, where the lead
 * of the survivor reads them whole. Needs the cases' migration of the same number.
 */
export class MergedReferrals1700000000015 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create trigger referral_stays_moved before update on referral for each row when (old.case_id is distinct from new.case_id) execute function stays_moved('case_id');
create trigger referral_access_stays_moved before update on referral_access for each row
  when (old.case_id is distinct from new.case_id) execute function stays_moved('case_id');

-- Of a record that still goes on its lead has an image of each; without end on one that has ended is who leads, or led, the one it ended in.
drop policy api_reads on referral;
create policy api_reads on referral for select to api using (watches(case_id) or (ended_at is not null and lead_horizon(case_id) = 2147483647));
`);
  }
}
