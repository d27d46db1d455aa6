import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What the list of tasks reads, found without the history; and what somebody may not see, refused a second time. Frozen once released. */
export class TasksAndSight1700000000014 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index referral_access_open on referral_access (structure_id, case_id) where until_seq is null and ended_at is null;
create index referral_access_ended on referral_access (structure_id, ended_at) where until_seq is null and ended_at is not null;
create index handover_access_unanswered on handover_access (structure_id) where status in ('proposed', 'requested');
create index case_access_led on case_access (structure_id, lead_user_id) where participation = 'lead' and status = 'open';
create index case_access_idle on case_access (structure_id, last_activity_at) where participation = 'lead' and status = 'open';

-- Whether another structure still takes part, for whoever leads the record now and for nobody else.
create function takes_part(p_stream uuid, p_structure uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select lead_horizon(p_stream) = 2147483647 and exists (
    select from access_grant where stream_id = p_stream and structure_id = p_structure and to_seq is null and kind in ('lead', 'contributor'))
$$;
revoke execute on function takes_part(uuid, uuid) from public;
grant execute on function takes_part(uuid, uuid) to api;
alter function takes_part(uuid, uuid) owner to writer;

-- Needs and contact preference are the resident's: who watches from outside may not even select them. A column that comes later is granted with it.
revoke select on referral from api;
do $$
begin
  execute format('grant select (%s) on referral to api', (select string_agg(quote_ident(attname), ', ')
    from pg_attribute where attrelid = 'referral'::regclass and attnum > 0 and not attisdropped and attname not in ('needs', 'contact')));
end $$;

-- What is about the resident follows the access, whoever wrote it down: a contributor that sent the resident on had written the first name. What a
-- referral shares ends with the part in it: a former lead keeps the sheet it sent, not what the recipient writes afterwards.
drop policy piece_of_the_thread on piece;
create policy piece_of_the_thread on piece for select to api using (
  (structure_id = me_structure() and kind in ('shared_text', 'private_note'))
  or (kind <> 'private_note' and shared_by is null and seq <= record_horizon(stream_id))
  or (kind <> 'private_note' and shared_by is not null and (seq <= lead_horizon(stream_id) or (seq <= party_horizon(shared_by) and party_sheet(shared_by))))
);
`);
  }
}
