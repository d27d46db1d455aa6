import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Records whose residents are not found by the beginning of their name yet: all there are. The worker makes up for it, while the version before may go on writing. */
export class SearchDue1796050000013 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists search_due (
  case_id uuid not null,
  constraint search_due_pk primary key (case_id)
);

-- A new database holds nothing, and rights come after the tables.
do $$ begin
  if not has_table_privilege('writer', 'case_file', 'select') then return; end if;
  grant select, insert on search_due to writer;
  set local role writer;
  insert into search_due (case_id) select id from case_file on conflict do nothing;
  set local role owner;
end $$;
`);
  }
}
