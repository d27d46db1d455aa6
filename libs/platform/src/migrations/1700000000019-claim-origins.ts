import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';
import { commitAgain } from './record-store.commit.sql';

/**
 * A claim knows whose word it is: its record's own (`origin` is the record), or that of one that ended in it. Both may have the same word.
 * All at once, `copy_claim` as well: the previous version goes on calling the functions.
 */
export class ClaimOrigins1700000000019 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    // As writer: for anybody else, the owner included, row-level security leaves no claim to update.
    await runner.query(/* sql */ `
alter table claim add column origin uuid;
set local role writer;
update claim set origin = stream_id;
create or replace function copy_claim(rows jsonb) returns void language sql set search_path = public, pg_temp as $$
  insert into claim (token, stream_id, origin)
  select c.token, r.to_stream, c.origin from jsonb_to_recordset(rows) as r(from_stream uuid, to_stream uuid) join claim c on c.stream_id = r.from_stream
  on conflict do nothing;
  delete from claim c using jsonb_to_recordset(rows) as r(from_stream uuid) where c.stream_id = r.from_stream
$$;
set local role owner;
alter table claim alter column origin set not null, drop constraint claim_pk, add constraint claim_pk primary key (token, stream_id, origin);
${commitAgain}`);
  }
}
