import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';
import { commitAgain } from './record-store.commit.sql';
import { readAs } from './record-store.reads.sql';

/**
 * What is loaded, committed and read keeps its plan. What the previous version asks gets the same answers; its later pages read more until it has gone. And what is written beside
 * the log about records that may end or be erased at that moment holds them first: their commits wait, or have come before and are seen.
 */
export class KeptPlans1700000000024 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create function hold_records(p_ids uuid[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from stream where id = any(p_ids) order by id for share;
end $$;
revoke execute on function hold_records(uuid[]) from public;
grant execute on function hold_records(uuid[]) to api, worker;
alter function hold_records(uuid[]) owner to writer;
create index event_of_record on event (stream_id, recorded_at, id);
${readAs}
${commitAgain}`);
  }
}
