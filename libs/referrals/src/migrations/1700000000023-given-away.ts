import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';
import { eraseBatchReason, open, putBatchEndOfCase, putBatchGivenAway } from '../handover-batch.writes.sql';

/** A case that is given to somebody who stays leaves the batch of who leaves; what was written about an erased one goes with it. */
export class GivenAway1700000000023 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index handover_batch_item_case on handover_batch_item (case_id);
set local role writer;
${putBatchGivenAway}
${putBatchEndOfCase}
${eraseBatchReason}
revoke execute on function put_handover_batch_given_away(jsonb), erase_handover_batch_reason(jsonb) from public;
update handover_batch_item i set state = 'done', outcome = 'superseded', ended_at = now()
from handover_batch b, case_file f
where i.state in ${open} and b.id = i.batch_id and f.id = i.case_id and f.status = 'open'
  and (f.lead_structure_id <> i.structure_id or (b.user_id is not null and b.user_id is distinct from f.lead_user_id));
update handover_batch b set status = 'done', ended_at = now()
where b.status = 'prepared' and not exists (select from handover_batch_item i where i.batch_id = b.id and i.state in ${open});
update handover_batch b set reason = null from handover_batch_item i, case_file f where f.id = i.case_id and f.status = 'erased' and b.id = i.batch_id;
set local role owner;
`);
  }
}
