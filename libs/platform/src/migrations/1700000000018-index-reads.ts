import type { QueryRunner } from 'typeorm';
import { ForwardOnly } from './forward-only';

/** A page is the first rows of an index, whatever the size of the table when a connection made its plan. */
export class IndexReads1700000000018 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter function read_as(jsonb, text, jsonb) set enable_seqscan = off; alter function read_as(jsonb, text, jsonb) set jit = off`);
  }
}
