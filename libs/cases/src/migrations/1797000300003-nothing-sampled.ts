import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** No statistics of sealed files and keyed words: see the migration of the platform of the same day. */
export class NothingSampled1797000300003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table search_token alter column token set statistics 0;
alter table attachment_part alter column ciphertext set statistics 0;
alter table calendar_address alter column secret_hash set statistics 0;
select pg_clear_attribute_stats('public', t.name, t.kept, false)
from (values ('search_token', 'token'), ('attachment_part', 'ciphertext'), ('calendar_address', 'secret_hash')) t(name, kept);

-- The planner must know that a word is rare, or it reads all of a structure's words for a name: said once, from no row. ANALYZE leaves it as it is.
select pg_restore_attribute_stats('schemaname', 'public', 'relname', 'search_token', 'attname', 'token', 'inherited', false,
  'null_frac', 0::real, 'avg_width', 33, 'n_distinct', (-0.1)::real);
`);
  }
}
