import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** What the word is of that a record claims: some go together, others do not. Of those that are there nobody can tell; `rebuild` writes them once more. */
export class KindsOfClaims1795914888012 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table claim add column if not exists kind text');
  }
}
