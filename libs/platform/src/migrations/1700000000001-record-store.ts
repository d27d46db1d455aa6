import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';
import { accessSql } from './record-store.access.sql';
import { commitSql } from './record-store.commit.sql';
import { readsSql } from './record-store.reads.sql';
import { tablesSql } from './record-store.tables.sql';

/** The record store: tables, who may touch them, and the two functions that are the write path. Frozen once released. */
export class RecordStore1700000000001 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tablesSql);
    await runner.query(accessSql);
    await runner.query(commitSql);
    await runner.query(readsSql);
  }
}
