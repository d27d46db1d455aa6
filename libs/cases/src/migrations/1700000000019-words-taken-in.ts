import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/**
 * Of what was merged before claims knew whose words they are, nobody can say whose they were: they count for both. At worst somebody is warned once
 * more by a spelling that has been corrected since.
 */
export class WordsTakenIn1700000000019 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
set local role writer;
insert into claim (token, stream_id, origin) select c.token, m.case_id, m.id from case_merge m join claim c on c.stream_id = m.case_id and c.origin = c.stream_id
on conflict do nothing;
set local role owner;`);
  }
}
