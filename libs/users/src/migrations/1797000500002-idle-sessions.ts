import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** When a session was last used: an idle one ends. */
export class IdleSessions1797000500002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table access_token add column active_at timestamptz(3)');
  }
}
