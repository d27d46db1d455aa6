import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What is to be erased, or was, under which signed slip. */
export class Eliminations1797100500013 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists elimination_slip (
  id uuid not null,
  register_id uuid not null,
  number integer not null,
  state text not null,
  drawn_up_at timestamptz(3) not null,
  drawn_up_by uuid not null,
  open integer not null,
  closed integer not null,
  producers jsonb not null,
  first_month text not null,
  last_month text not null,
  hash text not null,
  signed_at timestamptz(3),
  signed_by uuid,
  visa text,
  erased integer not null,
  left_out integer not null,
  ended_at timestamptz(3),
  constraint elimination_slip_pk primary key (id),
  constraint elimination_slip_number unique (number)
);
create table if not exists elimination_line (
  slip_id uuid not null,
  case_id uuid not null,
  register_id uuid not null,
  place integer not null,
  state text not null,
  because text,
  ended_at timestamptz(3),
  constraint elimination_line_pk primary key (slip_id, case_id)
);
create index if not exists elimination_line_case on elimination_line (case_id);
`);
  }
}
