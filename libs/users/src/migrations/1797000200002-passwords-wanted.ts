import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Who has forgotten a password, until the worker has made a link. */
export class PasswordsWanted1797000200002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table password_wanted (
  user_id uuid not null,
  wanted_at timestamptz(3) not null,
  constraint password_wanted_pk primary key (user_id)
);
`);
  }
}
