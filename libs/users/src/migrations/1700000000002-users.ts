import type { MigrationInterface, QueryRunner } from 'typeorm';
import { readTablesSql } from './users.read-tables.sql';
import { signInSql } from './users.sign-in.sql';

/** Structures, accounts, employments, sign-in. Frozen once released. */
export class Users1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(readTablesSql);
    await runner.query(signInSql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: correct a mistake with a new migration.');
  }
}
