import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** No statistics of sealed boxes and hashes: what ANALYZE had sampled would outlive the rows. */
export class FactorsUnsampled1797000600002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table second_factor alter column box set statistics 0, alter column proof_hash set statistics 0;
alter table recovery_code alter column hash set statistics 0;
select pg_clear_attribute_stats('public', t.name, t.kept, false)
from (values ('second_factor', 'box'), ('second_factor', 'proof_hash'), ('recovery_code', 'hash')) t(name, kept);
`);
  }
}
