import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';
import { handoverBatchFunctions, handoverBatchTables } from '../handover-batch.sql';

/** Batches of handovers, and the index by which a structure's expiries of the last 90 days are counted. Frozen once released. */
export class HandoverBatches1700000000011 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(handoverBatchTables);
    await runner.query(handoverBatchFunctions);
    await runner.query(`create index referral_expired on referral (to_structure_id, ended_at) where status = 'expired'`);
  }
}
