import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/**
 * The first tables of a library. What led to them was folded before the first release: a database that was made step by step has them already, and
 * here it is only noted that it does.
 */
export abstract class Baseline extends ForwardOnly {
  protected abstract readonly tables: string;
  /** The last step of this library before the folding. */
  protected abstract readonly foldedAfter: string;

  async up(runner: QueryRunner): Promise<void> {
    const steps = (await runner.query(`select name from migration where name like '%17000000000__'`)) as {
      name: string;
    }[];
    if (steps.length === 0) {
      await runner.query(this.tables);
    } else if (!steps.some(({ name }) => name === this.foldedAfter)) {
      throw new Error(
        `This database was left by a version of Fil Rouge before its schema was complete (${this.foldedAfter} is missing). Start version f876ce5 on it once, then this one.`,
      );
    }
  }
}
