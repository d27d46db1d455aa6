/** An event as the timeline shows it: what was read, opened, and sorted into data, text and private note. */
import type { JsonObject, PieceKind, Uuid } from '@fil-rouge/kernel';
import { instantOf, openPiece, type Sealing } from '@fil-rouge/platform';
import { isSheet, maySee, type SeenEvent, type View } from '../case/case.policy';
import type { Continuation, GrantOnRecord } from '../merge/merge.policy';
import type { Named } from '../case/names.sql';
import type { TimelineEntry } from './timeline.dto';

export interface TimelineRow extends SeenEvent {
  id: Uuid;
  stream_id: Uuid;
  type: string;
  schema: number;
  at: string;
  recorded_at: string;
  data: JsonObject;
  actor: Named | null;
  structure: Named | null;
  cancelled: boolean;
  pieces: { kind: PieceKind; structure_id: Uuid | null; ciphertext: string }[] | null;
}

/** One row: the case as its reader stands to it, and a page of its events. */
export interface TimelineRead {
  id: Uuid;
  view: View;
  /** Of the record and those that ended in it, wrapped. */
  keys: Record<Uuid, string | null> | null;
  /** Records that ended in this one. */
  merges: Continuation[];
  /** The record in which this one ended, when the reader may see it. */
  survivor: Uuid | null;
  /** The reader's own, on all of these records. */
  grants: GrantOnRecord[];
  /** In a reading with a reason: the latest pieces about the resident. */
  resident?: Partial<Record<PieceKind, { event: Uuid; ciphertext: string }>> | null;
  events: TimelineRow[];
  /** How far was looked for entries of the kinds asked for, where there may be more behind. */
  looked_to?: Uuid | null;
}

/** Who reads what, and how the pieces open. */
export interface TimelineReader {
  readonly caseId: Uuid;
  readonly keys: Record<Uuid, string | null> | null;
  readonly view: View;
  readonly structureId: Uuid;
  /** An auditor has given a reason. */
  readonly reading: boolean;
}

/** What people wrote, in the order in which one of them is the text of an entry. The reason of a session's correction is not its text. */
const textsOf = (type: string): readonly string[] =>
  /^(Session|Attendance)/.test(type) ? ['summary', 'comment'] : ['summary', 'message', 'note', 'comment', 'reason'];
/** How access is kept, which is nobody's history. */
const internal = new Set([
  'opened',
  'ended',
  'finished',
  'takenOver',
  'sealed',
  'loserHash',
  'loserVersion',
  'linkId',
  'linkHash',
  'sentBy',
  'left',
]);

export function showEvent(row: TimelineRow, reader: TimelineReader, sealing: Sealing): TimelineEntry {
  const key = reader.keys?.[row.stream_id];
  const opened = (kind: PieceKind): JsonObject => {
    const piece = row.pieces?.find((found) => found.kind === kind);
    return piece && key && mayOpen(piece, row.type, reader)
      ? openPiece(sealing, key, row.stream_id, row.id, kind, piece.ciphertext)
      : {};
  };
  // To whom a link or a reminder was sent is its sender's to know: nobody is shown it here.
  const said = ['OutsideLinkMade', 'AppointmentReminderAsked'].includes(row.type) ? (): JsonObject => ({}) : opened;
  const shared = said('shared_text');
  const text = textsOf(row.type).find((name) => typeof shared[name] === 'string');
  const { note, ...links } = said('private_note');
  return {
    id: row.id,
    ...(row.stream_id === reader.caseId ? {} : { caseId: row.stream_id }),
    ...(maySee(reader.view, 'numbers', reader.reading) ? { seq: row.seq } : {}),
    type: row.type,
    at: instantOf(row.at),
    recordedAt: instantOf(row.recorded_at),
    // Whoever watches a territory sees structures, not people.
    actor: reader.view === 'coordinator' ? null : row.actor,
    structure: row.structure,
    ...(row.cancelled ? { cancelled: true } : {}),
    data: members(
      { ...row.data, ...opened('profile'), ...shared, ...links },
      (name) => name !== text && !internal.has(name) && (name !== 'survivorId' || row.stream_id !== reader.caseId),
    ),
    ...(text ? { text: shared[text] as string } : {}),
    ...(typeof note === 'string' ? { privateNote: note } : {}),
  };
}

/** Row-level security has already decided; this decides again. */
function mayOpen(
  { kind, structure_id }: { kind: PieceKind; structure_id: Uuid | null },
  type: string,
  { view, structureId, reading }: TimelineReader,
): boolean {
  const own = structure_id !== null && structure_id === structureId;
  if (kind === 'private_note') return own && maySee(view, 'private_notes');
  if (kind === 'shared_text' && isSheet(type)) return maySee(view, 'first_name', reading);
  if (kind === 'shared_text') return maySee(view, 'shared_entries', reading) && (view !== 'former_contributor' || own);
  return maySee(view, 'details', reading);
}

const members = (of: JsonObject, keep: (name: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(of).filter(([name]) => keep(name)));
