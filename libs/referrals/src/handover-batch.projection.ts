/** What an event means to the batch it was decided in: its item is done, or comes back, in the very commit that moved or kept the case. Pure. */
import type { Change, RecordEvent } from '@fil-rouge/kernel';
import type { CaseState } from '@fil-rouge/cases';
import { endingOf, isEndOfCase, outcomeOf } from './handover-batch.decider';

export function projectBatchItem(before: CaseState, after: CaseState, event: RecordEvent): Change[] {
  const done = outcomeOf(event);
  if (done) {
    const { itemId: id, outcome } = done;
    return [{ call: 'put_handover_batch_outcome', rows: [{ id, handover_id: event.data['handoverId'] ?? null, outcome, ended_at: event.at }] }];
  }
  if (isEndOfCase(event)) {
    const erased = event.type === 'CaseErased' ? [{ call: 'erase_handover_batch_reason', rows: [{ id: event.stream }] }] : [];
    return [{ call: 'put_handover_batch_end_of_case', rows: [{ id: event.stream, ended_at: event.at }] }, ...erased];
  }
  const ending = endingOf(event);
  return [
    ...(ending ? [{ call: 'put_handover_batch_ending', rows: [{ id: ending.handoverId, failure: ending.failure, ended_at: event.at }] }] : []),
    ...givenAway(before, after, event),
  ];
}

/** Somebody who does not leave leads the case by now: what a batch would have decided for who does leave is decided. */
function givenAway({ lead: was }: CaseState, { lead: is }: CaseState, event: RecordEvent): Change[] {
  if (!was || !is || (was.structureId === is.structureId && was.counsellorId === is.counsellorId)) return [];
  return [{ call: 'put_handover_batch_given_away', rows: [{ id: event.stream, structure_id: is.structureId, user_id: is.counsellorId, at: event.at }] }];
}
