import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** The labels by which a structure sorts its own sessions: one row each. */
export class Tags1797000020002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table structure_tags (
  id uuid not null,
  case_id uuid not null,
  tags jsonb not null,
  constraint structure_tags_pk primary key (id)
);
`);
  }
}
