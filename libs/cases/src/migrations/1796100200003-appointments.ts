import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Appointments on cases. */
export class Appointments1796100200003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists appointment (
  id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  counsellor_id uuid not null,
  at timestamptz(3) not null,
  minutes smallint not null,
  place text not null,
  place_id uuid,
  status text not null,
  version integer not null,
  seq integer not null,
  made_at timestamptz(3) not null,
  text_event uuid,
  note_event uuid,
  ended_at timestamptz(3),
  end_event uuid,
  ended_by text,
  ended_for text,
  session_id uuid,
  constraint appointment_pk primary key (id)
);
create index if not exists appointment_case on appointment (case_id, status, at, id);
create index if not exists appointment_structure on appointment (structure_id, status, at, id);
create index if not exists appointment_counsellor on appointment (structure_id, counsellor_id, status, at, id);
`);
  }
}
