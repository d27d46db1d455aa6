/** What an event means to the batch it was decided in: its item is done, or comes back, in the very commit that moved or kept the case. Pure. */
import type { Change, RecordEvent } from '@fil-rouge/kernel';
import { endingOf, isEndOfCase, outcomeOf } from './handover-batch.decider';

export function projectBatchItem(event: RecordEvent): Change[] {
  const done = outcomeOf(event);
  if (done) {
    const { itemId: id, outcome } = done;
    return [{ call: 'put_handover_batch_outcome', rows: [{ id, handover_id: event.data['handoverId'] ?? null, outcome, ended_at: event.at }] }];
  }
  if (isEndOfCase(event)) return [{ call: 'put_handover_batch_end_of_case', rows: [{ id: event.stream, ended_at: event.at }] }];
  const ending = endingOf(event);
  return ending ? [{ call: 'put_handover_batch_ending', rows: [{ id: ending.handoverId, failure: ending.failure, ended_at: event.at }] }] : [];
}
