/** A handover's read rows after each of its events, as data. Pure. A handover that has ended never changes again. */
import type { Change, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { expiresAt, isAnswered, isHandoverEvent, type Handover, type HandoverRecord } from './handover';
import { proposerOf, readsSheet } from './handover.policy';

/** Columns that the whole image and a side's image have in common; what a blind asker may not know is null in its own. */
type Shown = {
  id: Uuid;
  case_id: Uuid | null;
  version: number;
  kind: Handover['kind'];
  status: Handover['status'];
  from_structure_id: Uuid | null;
  to_structure_id: Uuid;
  from_counsellor_id: Uuid | null;
  to_counsellor_id: Uuid | null;
  effective_at: string | null;
  created_at: string;
  due_at: string | null;
  ended_at: string | null;
  note_event: Uuid;
  last_activity_at: string;
};

export type HandoverRow = Shown & { case_id: Uuid; from_structure_id: Uuid; created_seq: number; by_user: Uuid | null };

export type HandoverAccessRow = Shown & {
  $key: string;
  structure_id: Uuid;
  box: 'received' | 'sent';
  sheet_open: boolean;
};

/** As in the platform's migration: how far a side reads the events of the handover. */
type PartyRow = {
  $key: string;
  about: Uuid;
  structure_id: Uuid;
  stream_id: Uuid;
  until_seq: number | null;
  reads_sheet: boolean;
};

export function projectHandover(_before: HandoverRecord, after: HandoverRecord, event: RecordEvent): Change[] {
  if (!isHandoverEvent(event)) return [];
  const handover = [after.handover.open, after.handover.last].find((one) => one?.id === event.about);
  if (!handover) return [];
  const sides = [...new Set([handover.from, handover.to])];
  return [
    { call: 'put_handover', rows: [rowOf(handover, event)] },
    { call: 'put_handover_access', rows: sides.map((structureId) => accessOf(handover, structureId, event)) },
    { call: 'put_party', rows: sides.map((structureId) => partyOf(handover, structureId, event)) },
  ];
}

const shownOf = (
  handover: Handover,
  { at, stream }: RecordEvent,
): Shown & { case_id: Uuid; from_structure_id: Uuid } => ({
  id: handover.id,
  case_id: stream,
  version: handover.version,
  kind: handover.kind,
  status: handover.status,
  from_structure_id: handover.from,
  to_structure_id: handover.to,
  from_counsellor_id: handover.fromCounsellor,
  to_counsellor_id: handover.toCounsellor,
  effective_at: handover.effectiveAt,
  created_at: handover.createdAt,
  due_at: isAnswered(handover) ? null : expiresAt(handover),
  ended_at: handover.endedAt,
  note_event: handover.note,
  last_activity_at: at,
});

const rowOf = (handover: Handover, event: RecordEvent): HandoverRow => ({
  ...shownOf(handover, event),
  created_seq: handover.createdSeq,
  by_user: handover.by,
});

function accessOf(handover: Handover, structureId: Uuid, event: RecordEvent): HandoverAccessRow {
  const hidden =
    handover.blind && structureId === handover.to
      ? { case_id: null, from_structure_id: null, from_counsellor_id: null }
      : {};
  return {
    $key: `${structureId}/${handover.id}`,
    structure_id: structureId,
    box: boxOf(handover, structureId),
    sheet_open: readsSheet(handover, structureId),
    ...shownOf(handover, event),
    ...hidden,
  };
}

/** `sent` by who began it. What was decided from outside was sent by neither of the two. */
const boxOf = (handover: Handover, structureId: Uuid): 'received' | 'sent' =>
  handover.kind !== 'administrative' && proposerOf(handover) === structureId ? 'sent' : 'received';

const partyOf = (handover: Handover, structureId: Uuid, { stream, seq }: RecordEvent): PartyRow => ({
  $key: `${handover.id}/${structureId}`,
  about: handover.id,
  structure_id: structureId,
  stream_id: stream,
  until_seq: structureId === handover.to ? horizonOf(handover, seq) : null,
  reads_sheet: readsSheet(handover, structureId),
});

/**
 * Who asks blindly reads no event but its own: the next one would name the lead. Who did not get the lead reads no further than the
 * event that said so. The old and the new lead are bounded by their lead itself.
 */
function horizonOf({ blind, createdSeq, endedAt, status }: Handover, seq: number): number | null {
  if (blind) return createdSeq;
  return endedAt !== null && status !== 'effective' ? seq : null;
}
