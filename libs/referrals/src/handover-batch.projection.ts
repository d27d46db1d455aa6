/** What an event means to the batch it was decided in: its item is done, in the very commit that moved or closed the case. Pure. */
import type { Change, RecordEvent } from '@fil-rouge/kernel';
import { outcomeOf } from './handover-batch.decider';

export function projectBatchItem(event: RecordEvent): Change[] {
  const done = outcomeOf(event);
  return done ? [{ call: 'put_handover_batch_outcome', rows: [{ id: done.itemId, outcome: done.outcome, ended_at: event.at }] }] : [];
}
