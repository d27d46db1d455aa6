import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** The cases of one counsellor: the first rows of an index, however many their colleagues lead. */
export class MyCases1700000000026 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index case_access_mine on case_access (structure_id, lead_user_id, last_activity_at, case_id)');
  }
}
