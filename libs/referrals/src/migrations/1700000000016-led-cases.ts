import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';
import { cancelHandoverBatch } from '../handover-batch.sql';

/**
 * What stands against the end of an employment, as the commit that ends it asks: open cases somebody leads for the structure without a batch that
 * covers them, and cases that a handover agreed on will bring. And the other way round: a batch is not given up once who leaves has left.
 */
export class LedCases1700000000016 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index handover_agreed on handover (to_counsellor_id) where status = 'accepted';

-- Volatile, so that it sees what was committed while the commit waited for its locks.
create function check_led_cases(p jsonb) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_user uuid := (p->>'userId')::uuid;
  v_structure uuid := (p->>'structureId')::uuid;
  v_count integer := open_cases_led_by(v_user, v_structure) - open_cases_in_batches(v_user, v_structure)
    + (select count(*) from handover where to_counsellor_id = v_user and to_structure_id = v_structure and status = 'accepted');
begin
  return case when v_count > 0 then to_jsonb(v_count) end;
end $$;

-- Whom a batch is about, still there? Locks the person, or the structure, as who ends it does: the two do not cross.
create function still_there(p_batch uuid, p_day date) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare v_batch record;
begin
  select * into v_batch from handover_batch where id = p_batch;
  perform 1 from stream where id = coalesce(v_batch.user_id, v_batch.structure_id) for share;
  return case when v_batch.user_id is null
    then exists (select from structure s where s.id = v_batch.structure_id and s.status not in ('closed', 'refused'))
    else exists (select from employment e where e.user_id = v_batch.user_id and e.structure_id = v_batch.structure_id and not e.ended
      and e.from_date <= p_day and (e.until_date is null or p_day <= e.until_date)) end;
end $$;

revoke execute on function check_led_cases(jsonb), still_there(uuid, date) from public;
alter function check_led_cases(jsonb) owner to writer;
alter function still_there(uuid, date) owner to writer;
set local role writer;
${cancelHandoverBatch}
set local role owner;
`);
  }
}
