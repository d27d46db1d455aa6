import { readTable } from '@fil-rouge/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { mergeAccessSql, mergeTablesSql } from './merge.sql';

/** Two records become one. Frozen once released. */
export class Merge1700000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(mergeTablesSql);
    // Nobody selects it: what may be known of a merge is said by the functions.
    await runner.query(readTable({ table: 'case_merge', key: ['id'], columns: ['id', 'case_id', 'seq', 'merged_at'] }));
    await runner.query(mergeAccessSql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: correct a mistake with a new migration.');
  }
}
