import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** From which day on a record may be erased, as was announced to who follows it. */
export class ErasureNotices1797100500003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table if not exists erasure_notice (
  case_id uuid not null,
  announced_at timestamptz(3) not null,
  from_day date not null,
  last_activity_at timestamptz(3) not null,
  constraint erasure_notice_pk primary key (case_id)
);
`);
  }
}
