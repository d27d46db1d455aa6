import type { MigrationInterface, QueryRunner } from 'typeorm';
import { commitAgain } from './record-store.commit.sql';

/** A commit may require something of rows that no record of it leads to, and knows when its records were last written. */
export class Requirements1700000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(commitAgain);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: correct a mistake with a new migration.');
  }
}
