import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Follow-ups that nobody leads, of which there must be none: an index that is empty, so that looking costs nothing. */
export class WithoutLead1797000700003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index case_file_without_lead on case_file (id) where status = 'open' and lead_structure_id is null`,
    );
  }
}
