import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What has ended lately is counted without reading what ended before. */
export class EndedLately1796500000104 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index referral_ended on referral (ended_at) where ended_at is not null;
create index referral_access_left on referral_access (structure_id, ended_at) where until_seq is not null and ended_at is not null`);
  }
}
