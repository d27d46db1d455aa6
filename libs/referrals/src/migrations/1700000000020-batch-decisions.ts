import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';
import {
  cancelHandoverBatch, checkBatchItem, decideHandoverBatch, open, openCasesInBatches, putBatchEnding, putBatchEndOfCase, putBatchOutcome,
  startHandoverBatch, takeBatchDecisions,
} from '../handover-batch.writes.sql';

/**
 * A decision, a start and a cancellation are taken whole or refused: never answered and dropped. And a case that was only proposed comes back to its
 * batch when the other side does not take it, one that is no more leaves it, and no two workers carry one out.
 */
export class BatchDecisions1700000000020 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index handover_batch_item_proposed on handover_batch_item (handover_id) where state = 'done' and outcome = 'proposed';
set local role writer;
${takeBatchDecisions}
${putBatchEnding}
${putBatchEndOfCase}
${checkBatchItem}
revoke execute on function take_batch_decisions(uuid, jsonb, text[], text), put_handover_batch_ending(jsonb), put_handover_batch_end_of_case(jsonb),
  check_batch_item(jsonb) from public;
${decideHandoverBatch}
${startHandoverBatch}
${cancelHandoverBatch}
${openCasesInBatches}
${putBatchOutcome}
-- Those that came to nothing before, where who leaves leads the case still.
update handover_batch_item i set state = 'failed', failure = h.status, ended_at = h.ended_at
from handover h, case_file f, handover_batch b
where i.state = 'done' and i.outcome = 'proposed' and h.id = i.handover_id and h.status in ('declined', 'withdrawn', 'expired', 'cancelled')
  and f.id = i.case_id and f.status = 'open' and f.lead_structure_id = i.structure_id
  and b.id = i.batch_id and (b.user_id is null or f.lead_user_id = b.user_id);
update handover_batch_item i set state = 'done', outcome = 'superseded', ended_at = now()
from case_file f where f.id = i.case_id and f.status in ('erased', 'merged') and i.state in ${open};
set local role owner;
`);
  }
}
