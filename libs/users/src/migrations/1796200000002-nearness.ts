import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Who is placed where today, without everybody who ever was. */
export class Nearness1796200000002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index if not exists employment_placed on employment (placed_at) where not ended and placed_at is not null;
`);
  }
}
