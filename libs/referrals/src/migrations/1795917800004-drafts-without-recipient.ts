import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** A draft may not say yet whom it is for. */
export class DraftsWithoutRecipient1795917800004 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['referral', 'referral_access'])
      await runner.query(`alter table ${table} alter column to_structure_id drop not null`);
  }
}
