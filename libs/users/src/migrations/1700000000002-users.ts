import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';
import { readTablesSql } from './users.read-tables.sql';
import { signInSql } from './users.sign-in.sql';

/** Structures, accounts, employments, sign-in. Frozen once released. */
export class Users1700000000002 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(readTablesSql);
    await runner.query(signInSql);
  }
}
