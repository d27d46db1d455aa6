import type { MigrationInterface, QueryRunner } from 'typeorm';
import { handoverSql } from '../handover.sql';
import { referralSql } from './referral.sql';

/** Referrals and handovers, and what each structure reads of them. Frozen once released. */
export class Referrals1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(referralSql);
    await runner.query(handoverSql);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: correct a mistake with a new migration.');
  }
}
