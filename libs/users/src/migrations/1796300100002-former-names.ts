import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What a structure was called before it was renamed: what was done then is shown under that name. */
export class FormerNames1796300100002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table structure_former_name (
  id uuid not null,
  case_id uuid not null,
  name text not null,
  until_at timestamptz(3) not null,
  constraint structure_former_name_pk primary key (id)
);
create index structure_former_name_of on structure_former_name (case_id, until_at);
`);
  }
}
