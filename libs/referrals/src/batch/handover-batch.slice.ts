import type { Change, RecordEvent, Slice, Uuid } from '@fil-rouge/kernel';
import { itemsAfter, itemsLeft, itemWrites, type Item, type ItemsRecord } from './handover-batch.item';

/** A batch's share of a resident's record; it stands above the handover, and sees what becomes of the one it has opened. */
export const batchItemsSlice: Slice<readonly Item[], ItemsRecord> = {
  kind: 'case',
  name: 'batchItems',
  version: 1,
  initial: [],
  writes: itemWrites,
  evolve: (items, event, whole) => itemsLeft(itemsAfter(items, event, whole.case), event),
  project: projectItems,
};

function projectItems(before: ItemsRecord, after: ItemsRecord, event: RecordEvent): Change[] {
  const items = itemsAfter(before.batchItems, event, after.case);
  const rows = items.filter((item) => !before.batchItems.includes(item)).map((item) => rowOf(item, event.stream));
  const changes: Change[] = rows.length > 0 ? [{ call: 'put_batch_item', rows }] : [];
  return event.type === 'CaseErased'
    ? [...changes, { call: 'erase_batch_reason', rows: [{ id: event.stream }] }]
    : changes;
}

const rowOf = (item: Item, caseId: Uuid) => ({
  id: item.id,
  batch_id: item.batchId,
  case_id: caseId,
  structure_id: item.leaving.structureId,
  handover_id: item.handoverId,
  state: item.state,
  proposed_structure_id: item.proposal?.structureId ?? null,
  proposed_user_id: item.proposal?.counsellorId ?? null,
  proposed_because: item.proposal?.because ?? [],
  decision: item.taken?.decision ?? null,
  to_structure_id: item.taken?.toStructureId ?? null,
  to_user_id: item.taken?.toCounsellorId ?? null,
  close_reason: item.taken?.closeReason ?? null,
  decided_by: item.taken?.by ?? null,
  decided_for: item.taken?.for ?? null,
  decided_as: item.taken?.as ?? null,
  outcome: item.outcome,
  failure: item.failure,
  ended_at: item.endedAt,
});
