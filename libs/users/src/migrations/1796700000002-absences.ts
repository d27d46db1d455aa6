import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Who is away from when to when, and who takes over. */
export class Absences1796700000002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table absence (
  id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  user_id uuid not null,
  deputy_id uuid not null,
  from_date date not null,
  until_date date not null,
  ended boolean not null,
  constraint absence_pk primary key (id)
);
create index absence_of on absence (structure_id, user_id, until_date);
create index absence_by on absence (user_id, until_date);
create index absence_in on absence (structure_id, until_date, from_date, id);
`);
  }
}
