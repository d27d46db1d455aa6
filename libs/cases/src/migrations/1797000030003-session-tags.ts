import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Which of its structure's labels a session has: for that structure alone. */
export class SessionTags1797000030003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table session_tags (
  id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  tags uuid[] not null,
  constraint session_tags_pk primary key (id)
);
create index session_tags_case on session_tags (case_id);
`);
  }
}
