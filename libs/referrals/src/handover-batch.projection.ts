/** What an event means to the batch it was decided in: its item is done, or comes back, in the very commit that moved or kept the case. Pure. */
import type { Change, RecordEvent } from '@fil-rouge/kernel';
import type { CaseState } from '@fil-rouge/cases';
import { endingOf, isEndOfCase, outcomeOf } from './handover-batch.decider';

export function projectBatchItem(before: CaseState, after: CaseState, event: RecordEvent): Change[] {
  const done = outcomeOf(event);
  if (done) {
    const { itemId: id, outcome } = done;
    return [mark('put_handover_batch_outcome', { id, handover_id: event.data['handoverId'] ?? null, outcome, ended_at: event.at })];
  }
  if (isEndOfCase(event)) {
    const erased = event.type === 'CaseErased' ? [mark('erase_handover_batch_reason', { id: event.stream })] : [];
    return [mark('put_handover_batch_end_of_case', { id: event.stream, ended_at: event.at }), ...erased];
  }
  const ending = endingOf(event);
  return [
    ...(ending ? [mark('put_handover_batch_ending', { id: ending.handoverId, failure: ending.failure, ended_at: event.at })] : []),
    ...givenAway(before, after, event),
  ];
}

/** Somebody who does not leave leads the case by now: what a batch would have decided for who does leave is decided. */
function givenAway({ lead: was }: CaseState, { lead: is }: CaseState, event: RecordEvent): Change[] {
  if (!was || !is || (was.structureId === is.structureId && was.counsellorId === is.counsellorId)) return [];
  return [mark('put_handover_batch_given_away', { id: event.stream, structure_id: is.structureId, user_id: is.counsellorId, at: event.at })];
}

/** What people decided in a batch stands in no log: a rebuild says none of this again. */
const mark = (call: string, row: object): Change => ({ call, rows: [row], once: true });
