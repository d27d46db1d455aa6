import { ForwardOnly, readTable } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';
import { mergeAccessSql, mergeTablesSql } from './merge.sql';

/** Two records become one. Frozen once released. */
export class Merge1700000000015 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(mergeTablesSql);
    // Nobody selects it: what may be known of a merge is said by the functions.
    await runner.query(readTable({ table: 'case_merge', key: ['id'], columns: ['id', 'case_id', 'seq', 'merged_at'] }));
    await runner.query(mergeAccessSql);
  }
}
