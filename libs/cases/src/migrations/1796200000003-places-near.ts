import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** Which places are open in a commune. */
export class PlacesNear1796200000003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index if not exists place_open_in on place (commune, structure_id) where status = 'open';
`);
  }
}
