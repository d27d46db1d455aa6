import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Cases by when they were opened: the first rows of an index, as for every list. */
export class CaseOrders1796050100013 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index if not exists case_access_opened on case_access (structure_id, opened_at, case_id);
create index if not exists case_access_mine_opened on case_access (structure_id, led_user_id, opened_at, case_id);
create index if not exists case_file_opened on case_file (opened_at, id);
`);
  }
}
