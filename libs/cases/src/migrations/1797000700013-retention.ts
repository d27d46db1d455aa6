import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What is kept, and the parts that are over, the longest without anything done first. */
export class Retention1797000700013 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index case_file_kept on case_file (last_activity_at, id) where status in ('open', 'closed');
create index case_access_over on case_access (last_activity_at, case_id, structure_id) where until_seq is not null and status <> 'merged';
`);
  }
}
