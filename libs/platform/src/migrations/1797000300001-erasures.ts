import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/**
 * What was erased, so that it can be erased once more where an older copy comes back, and whether the pages it stood on have been swept since. And no
 * statistics of sealed boxes, wrapped keys and keyed words: what ANALYZE had sampled outlived the rows, for whoever has the master key.
 */
export class Erasures1797000300001 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table erasure (
  stream_id uuid not null,
  erased_at timestamptz(3) not null,
  swept_at timestamptz(3),
  constraint erasure_pk primary key (stream_id)
);
create index erasure_unswept on erasure (erased_at) where (swept_at is null);

alter table stream no force row level security;
-- When, says their log.
insert into erasure (stream_id, erased_at) select id, '-infinity' from stream where key is null;
alter table stream force row level security;

alter table stream alter column key set statistics 0;
alter table piece alter column ciphertext set statistics 0;
alter table claim alter column token set statistics 0;
alter table audit_entry alter column comment set statistics 0;
select pg_clear_attribute_stats('public', t.name, t.kept, false)
from (values ('stream', 'key'), ('piece', 'ciphertext'), ('claim', 'token'), ('audit_entry', 'comment')) t(name, kept);
`);
  }
}
