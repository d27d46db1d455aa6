import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/**
 * What makes an erasure final: the sealed pieces and the key that opened them go, with the tokens a name could be tried against, the comments of
 * readings, and every read row of the record but the tombstone. The log stays whole: its chain was never over plain text.
 */
export class Erasure1700000000008 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create function erase_record(rows jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_stream uuid;
  v_keep jsonb;
  v_table text;
  v_column text;
begin
  for v_stream, v_keep in select id, keep from jsonb_to_recordset(rows) as r(id uuid, keep jsonb) loop
    delete from piece where stream_id = v_stream;
    update stream set key = null where id = v_stream;
    delete from claim where stream_id = v_stream;
    delete from timer where stream_id = v_stream;
    update audit_entry set comment = null where stream_id = v_stream and comment is not null;
    for v_table, v_column in
      select c.relname, (select attname from pg_attribute where attrelid = c.oid and attname in ('case_id', 'stream_id')
         order by array_position(array['case_id', 'stream_id'], attname::text) limit 1)
      from pg_proc f join pg_class c on c.relname = substr(f.proname, 5) and c.relnamespace = f.pronamespace
      where f.proname like 'put\\_%' and f.pronamespace = 'public'::regnamespace and not v_keep ? c.relname
    loop
      if v_column is not null then execute format('delete from %I where %I = $1', v_table, v_column) using v_stream; end if;
    end loop;
  end loop;
end $$;
revoke execute on function erase_record(jsonb) from public;
alter function erase_record(jsonb) owner to writer;
`);
  }
}
