import type { MigrationInterface, QueryRunner } from 'typeorm';
import { accessSql } from './record-store.access.sql';
import { commitSql } from './record-store.commit.sql';
import { readsSql } from './record-store.reads.sql';
import { tablesSql } from './record-store.tables.sql';

/** The record store: tables, who may touch them, and the two functions that are the write path. Frozen once released. */
export class RecordStore1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tablesSql);
    await runner.query(accessSql);
    await runner.query(commitSql);
    await runner.query(readsSql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: correct a mistake with a new migration.');
  }
}
