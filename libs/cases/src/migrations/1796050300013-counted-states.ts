import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Cases by state, for who counts them and for nothing else: by the column itself, the list of tasks was planned on this index and read every open case of a structure. */
export class CountedStates1796050300013 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
drop index if exists case_access_state;
create index if not exists case_access_counted on case_access (structure_id, (coalesce(status, '')), led_user_id);
`);
  }
}
