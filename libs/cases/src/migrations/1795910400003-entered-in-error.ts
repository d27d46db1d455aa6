import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/**
 * What was entered in error is marked, a workshop is found by the event that says it as it is now, and a closed case is found by who led it to its end.
 * Whoever closed before this is found by the last lead period.
 */
export class EnteredInError1795910400003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table session_entry add column if not exists status text not null default 'recorded';
alter table workshop add column if not exists status text not null default 'held', add column if not exists text_event uuid, add column if not exists corrections smallint not null default 0;
alter table case_file add column if not exists led_structure_id uuid;
alter table case_access add column if not exists led_user_id uuid;
drop index case_access_mine;
create index case_access_mine on case_access (structure_id, led_user_id, last_activity_at, case_id);

-- A new database holds nothing, and rights come after the tables.
do $$ begin
  if not has_table_privilege('writer', 'workshop', 'update') then return; end if;
  set local role writer;
  update workshop w set text_event = e.id from event e where e.stream_id = w.id and e.seq = 1;
  with last as (select distinct on (case_id) case_id, structure_id, counsellor_id from lead_period order by case_id, from_seq desc),
    file as (update case_file f set led_structure_id = l.structure_id from last l where l.case_id = f.id and f.status in ('open', 'closed'))
  update case_access a set led_user_id = l.counsellor_id from last l where l.case_id = a.case_id and l.structure_id = a.structure_id and a.participation = 'lead';
  set local role owner;
end $$;
`);
  }
}
