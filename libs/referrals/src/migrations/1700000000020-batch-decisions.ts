import type { MigrationInterface, QueryRunner } from 'typeorm';
import { cancelHandoverBatch, decideHandoverBatch, startHandoverBatch, takeBatchDecisions } from '../handover-batch.writes.sql';

/** A decision, a start and a cancellation are taken whole or refused: never answered and dropped. */
export class BatchDecisions1700000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
set local role writer;
${takeBatchDecisions}
revoke execute on function take_batch_decisions(uuid, jsonb, text[], text) from public;
${decideHandoverBatch}
${startHandoverBatch}
${cancelHandoverBatch}
set local role owner;
`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: correct a mistake with a new migration.');
  }
}
