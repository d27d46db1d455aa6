import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';
import { handoverSql } from '../handover.sql';
import { referralSql } from './referral.sql';

/** Referrals and handovers, and what each structure reads of them. Frozen once released. */
export class Referrals1700000000004 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(referralSql);
    await runner.query(handoverSql);
  }
}
