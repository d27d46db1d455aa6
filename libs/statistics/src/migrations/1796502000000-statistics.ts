import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What statistics are counted from, how far their recount is, and what is told of each month. */
export class Statistics1796502000000 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table statistics_fact (
  id uuid not null,
  part uuid not null,
  kind text not null,
  structure_id uuid not null,
  counsellor_id uuid not null,
  day date not null,
  person uuid,
  minutes smallint not null,
  place text,
  commune text,
  themes text[] not null,
  equipment text[] not null,
  autonomy text,
  level text,
  age_bracket text,
  gender text,
  resident_status text,
  crowd jsonb,
  erased boolean not null default false,
  constraint statistics_fact_pk primary key (id, part)
);
create index statistics_fact_of on statistics_fact (structure_id, day);
create index statistics_fact_by on statistics_fact (structure_id, counsellor_id, day);
create index statistics_fact_day on statistics_fact (day);
create index statistics_fact_person on statistics_fact (person) where person is not null;

create table statistics_recount (
  id smallint not null,
  day date,
  after uuid,
  constraint statistics_recount_pk primary key (id)
);
insert into statistics_recount (id) values (1);

create table statistics_publication (
  scope text not null,
  unit text not null,
  start date not null,
  counted_at timestamptz(3) not null,
  cells jsonb not null,
  constraint statistics_publication_pk primary key (scope, unit, start)
);
`);
  }
}
