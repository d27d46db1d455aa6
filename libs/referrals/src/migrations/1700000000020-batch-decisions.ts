import type { MigrationInterface, QueryRunner } from 'typeorm';
import { cancelHandoverBatch, decideHandoverBatch } from '../handover-batch.writes.sql';

/** A decision, and the end of a batch, is taken or refused: never answered and dropped. */
export class BatchDecisions1700000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
set local role writer;
${decideHandoverBatch}
${cancelHandoverBatch}
set local role owner;
`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: correct a mistake with a new migration.');
  }
}
