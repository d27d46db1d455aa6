import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Which records look like one that is older, for the coordinator who merges. Those that have claimed the same word until now are found by it. */
export class Resemblances1795914888013 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists resemblance (
  case_id uuid not null,
  constraint resemblance_pk primary key (case_id)
);

-- A new database holds nothing, and rights come after the tables.
do $$ begin
  if not has_table_privilege('writer', 'claim', 'select') then return; end if;
  grant select, insert on resemblance to writer;
  set local role writer;
  insert into resemblance (case_id)
  select distinct c.stream_id from claim c where exists (select from claim o where o.token = c.token and o.stream_id < c.stream_id)
  on conflict do nothing;
  set local role owner;
end $$;
`);
  }
}
