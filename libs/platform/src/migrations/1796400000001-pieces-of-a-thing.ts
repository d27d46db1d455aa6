import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** What a referral or handover shares is found by it: through its events each of them was asked who reads it, for every row of a list. */
export class PiecesOfAThing1796400000001 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index if not exists piece_shared on piece (shared_by, kind) where shared_by is not null`,
    );
  }
}
