import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Conventions of the State with structures, and what their posts are and were. */
export class Conventions1796300300002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table convention (
  id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  reference text not null,
  envelope integer not null,
  from_date date not null,
  until_date date not null,
  amount integer not null,
  version integer not null,
  end_reason text,
  constraint convention_pk primary key (id)
);
create index convention_ends on convention (until_date, id);
create index convention_of on convention (structure_id, until_date, id);

create table post_period (
  id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  post_id uuid not null,
  status text not null,
  user_id uuid,
  from_date date not null,
  until_date date,
  fill_by date,
  constraint post_period_pk primary key (id)
);
create index post_period_of on post_period (case_id, post_id, from_date);
`);
  }
}
