import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

const renamed = { ageBracket: 'age_bracket', residentStatus: 'resident_status' };

/** Dimensions are called like every other code. What the previous version still publishes beside this one is shown without these two tables until the next first night of a month. */
export class Dimensions1796600000000 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    // Row-level security binds the owner too: without this it would find no row.
    await runner.query('alter table statistics_publication no force row level security');
    for (const [old, name] of Object.entries(renamed))
      await runner.query(
        `update statistics_publication set cells = replace(cells::text, '"dimension": "${old}"', '"dimension": "${name}"')::jsonb where cells @> '[{"dimension": "${old}"}]'`,
      );
    await runner.query('alter table statistics_publication force row level security');
  }
}
