import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/**
 * Who set which delays when, and what was set before: derived from the log, also of what was set until now. Only the records that have a setting are looked at: nobody
 * reads the log meanwhile, and all of it would be long.
 */
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
alter table delay_setting no force row level security;
alter table event no force row level security;
insert into delay_change (case_id, version, at, by_user, before, after)
select c.stream_id, row_number() over w, c.at, c.actor_id, coalesce(lag(c.data->'own') over w, '{}'), c.data->'own'
from delay_setting d, lateral (select * from event where stream_id = d.case_id and type = 'DelaysChanged' offset 0) c
window w as (partition by c.stream_id order by c.seq);
alter table event force row level security;
alter table delay_setting force row level security;
`);
  }
}
