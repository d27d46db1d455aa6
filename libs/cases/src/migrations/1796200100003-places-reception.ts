import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** When a place is open, and how it is called. */
export class PlacesReception1796200100003 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
alter table place add column if not exists phone text, add column if not exists openings jsonb, add column if not exists openings_note text;
`);
  }
}
