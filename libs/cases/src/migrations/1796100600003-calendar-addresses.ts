import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Secret addresses of personal calendars. */
export class CalendarAddresses1796100600003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists calendar_address (
  user_id uuid not null,
  secret_hash bytea not null,
  made_at timestamptz(3) not null,
  constraint calendar_address_pk primary key (user_id),
  constraint calendar_address_secret unique (secret_hash)
);
`);
  }
}
