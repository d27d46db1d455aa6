import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';
import { readAs } from './record-store.reads.sql';

/** A read keeps its plan. What the previous version asks gets the same answers; its later pages read more until it has gone. */
export class KeptPlans1700000000024 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(readAs);
  }
}
