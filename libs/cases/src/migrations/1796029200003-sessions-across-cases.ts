import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** A structure's sessions are listed by day, and one person's among them. */
export class SessionsAcrossCases1796029200003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index if not exists session_entry_recent on session_entry (structure_id, status, date, id);
create index if not exists session_entry_author on session_entry (structure_id, author_id, status, date, id);
drop index if exists session_entry_structure;
`);
  }
}
