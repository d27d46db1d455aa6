import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** Whether an erasure has been noted outside the database, so that it can be done once more in an older copy that comes back. */
export class ErasuresNoted1797000600001 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table erasure add column noted_at timestamptz(3);
create index erasure_unnoted on erasure (erased_at) where (noted_at is null);
`);
  }
}
