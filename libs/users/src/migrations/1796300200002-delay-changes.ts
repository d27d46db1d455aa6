import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Who set which delays when, and what was set before: derived from the log, also of what was set until now. */
export class DelayChanges1796300200002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table delay_change (
  case_id uuid not null,
  version integer not null,
  at timestamptz(3) not null,
  by_user uuid,
  before jsonb not null,
  after jsonb not null,
  constraint delay_change_pk primary key (case_id, version)
);
alter table event no force row level security;
insert into delay_change (case_id, version, at, by_user, before, after)
select stream_id, row_number() over w, at, actor_id, coalesce(lag(data->'own') over w, '{}'), data->'own'
from event where type = 'DelaysChanged' window w as (partition by stream_id order by seq);
alter table event force row level security;
`);
  }
}
