import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';
import {
  openCasesInBatches, openHandoverBatch, putBatchEndOfCase, putBatchGivenAway, stillThere,
} from '../handover-batch.writes.sql';

/**
 * No case moves, ends or is erased while it goes into a batch; no batch is given up while somebody who leads one of its cases has left, whatever the
 * batch is about; and nobody's employment looks covered by a batch about somebody else.
 */
export class BatchesUnderLocks1700000000025 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
set local role writer;
${openHandoverBatch}
${stillThere}
${openCasesInBatches}
${putBatchGivenAway}
${putBatchEndOfCase}
set local role owner;
`);
  }
}
