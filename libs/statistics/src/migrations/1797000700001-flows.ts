import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What referrals and handovers are counted from. Those that are there are counted by the recount, at once. */
export class Flows1797000700001 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table statistics_flow (
  id uuid not null,
  step text not null,
  side text not null,
  structure_id uuid,
  day date not null,
  person uuid,
  from_structure_id uuid,
  to_structure_id uuid,
  days integer,
  result text,
  reason text,
  themes text[] not null,
  erased boolean not null default false,
  constraint statistics_flow_pk primary key (id, step, side)
);
create index statistics_flow_of on statistics_flow (structure_id, side, day);
create index statistics_flow_day on statistics_flow (day) where side = 'whole';
create index statistics_flow_person on statistics_flow (person) where person is not null;
alter table statistics_recount no force row level security;
update statistics_recount set day = null, after = null;
alter table statistics_recount force row level security;
`);
  }
}
