import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Cases of a structure by state: what is counted of each ends with a hundred entries of the index, whose rows are not read. */
export class CaseStates1796700100003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index if not exists case_access_states on case_access (structure_id, status, participation, led_user_id, case_id);
`);
  }
}
