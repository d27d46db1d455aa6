import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** What is said beyond the type of what happened: that it is urgent, by whom it was decided. */
export class Causes1796035200005 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table notification add column cause text');
  }
}
