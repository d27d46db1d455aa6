import { ForwardOnly } from '@fil-rouge/platform';
import type { QueryRunner } from 'typeorm';

/** By these the tasks that follow a handover that came to nothing, and a batch that waits, are found without the history. */
export class TasksOfWhoDecides1700000000017 extends ForwardOnly {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
create index handover_unanswered_request on handover (ended_at) where kind = 'pull' and status = 'expired';
create index handover_access_refused on handover_access (structure_id, ended_at) where status in ('declined', 'expired');
create index handover_batch_item_waiting on handover_batch_item (batch_id) where state in ('undecided', 'failed');

-- Whoever has no structure here (me_structure() is null for the network's roles) reads no row of it. The role said once more made the planner
-- expect almost none, and read all of a structure's rows instead of the first of the index.
alter policy api_reads on handover_access using (structure_id = me_structure());
`);
  }
}
