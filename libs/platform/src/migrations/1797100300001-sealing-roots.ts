import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/**
 * The roots from which every other key follows, sealed with the master key: that one is replaced by sealing them anew. The first root of a database that was there before is
 * its master key of that time, kept by the first process that starts. And who holds them in memory: a new one is used when all of them have it.
 */
export class SealingRoots1797100300001 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create table sealing_root (
  generation integer not null,
  box bytea not null,
  wrapped_by text not null,
  since timestamptz(3),
  walked uuid,
  shut integer not null default 0,
  rewrapped_at timestamptz(3),
  constraint sealing_root_pk primary key (generation)
);
alter table sealing_root alter column box set statistics 0;
create table key_holder (
  process uuid not null,
  name text not null,
  beats integer not null,
  newest integer not null,
  current integer not null,
  lacks text,
  constraint key_holder_pk primary key (process)
);
`);
  }
}
