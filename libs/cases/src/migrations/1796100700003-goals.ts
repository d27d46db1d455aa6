import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Goals of follow-ups, and the newest sessions that say how far the resident managed alone. */
export class Goals1796100700003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists goal (
  id uuid not null,
  case_id uuid not null,
  structure_id uuid not null,
  author_id uuid not null,
  theme text,
  steps jsonb not null,
  status text not null,
  version integer not null,
  seq integer not null,
  text_event uuid not null,
  set_at timestamptz(3) not null,
  end_event uuid,
  ended_on date,
  ended_at timestamptz(3),
  ended_by uuid,
  constraint goal_pk primary key (id)
);
create index if not exists goal_case on goal (case_id, status, set_at, id);
create index if not exists session_entry_progress on session_entry (case_id, date, id) where autonomy is not null and status = 'recorded';
`);
  }
}
