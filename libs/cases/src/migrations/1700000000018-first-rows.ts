import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/**
 * Whoever has no structure here (`me_structure()` is null for the network's roles) reads no row of it. The role said once more made the planner
 * expect almost none, and read everything a structure ever followed instead of the first rows of the index.
 */
export class FirstRows1700000000018 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter policy api_reads on case_access using (structure_id = me_structure())');
  }
}
