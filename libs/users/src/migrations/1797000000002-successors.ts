import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Which structure takes over one that closes. */
export class Successors1797000000002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table structure_decision add column successor_id uuid;
create index structure_decision_successor on structure_decision (successor_id) where successor_id is not null;
`);
  }
}
