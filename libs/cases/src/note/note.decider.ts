/**
 * A note: what there is to know of a case and was nothing done with the resident ("rappelée, absente"). Written, corrected and taken back like a session, by the
 * same people and for the same readers; it counts nowhere as one: not for the silence on the case, not for the start of a referral, in no list of sessions. Pure.
 */
import type { Context, Decided, JsonObject, LocalDate, NoteError, Piece, Uuid } from '@fil-rouge/kernel';
import type { CaseEventData, CaseState, NoteFields } from '../case/case';
import { allow } from '../case/case.decider';
import { corrected, ownEntry, type Changes, type EntryRow, type OnEntry } from '../entry/entry.decider';
import { checkHappened } from '../session/session.decider';

export interface Writing {
  readonly noteId: Uuid;
  readonly text: string;
  /** Today, unless it says otherwise. */
  readonly date?: LocalDate;
  readonly privateNote?: string;
  readonly ifMatch?: number;
}

export function writeNote(
  state: CaseState,
  { noteId, text, date, privateNote, ifMatch }: Writing,
  context: Context,
): Decided[] {
  allow(state, 'write_note', context, ifMatch);
  const fields: NoteFields = { date: date ?? context.today, note: text };
  checkHappened(state, fields.date, context);
  const data: CaseEventData['NoteWritten'] = { noteId };
  return [{ type: 'NoteWritten', about: noteId, data: { ...data }, pieces: piecesOf(fields, privateNote) }];
}

export type OnNote = OnEntry<NoteFields>;

export interface NoteCorrection extends OnNote {
  readonly changes: Changes<NoteFields>;
  readonly privateNote?: string;
  readonly reason?: string;
}

/** The whole image is written again. Nothing different: no event. */
export function correctNote(state: CaseState, input: NoteCorrection, context: Context): Decided[] {
  const { row, present } = ownEntry(state, context.row<EntryRow>('note'), input, 'correct_note', context);
  const { fields, changed } = corrected(present.fields, input.changes);
  if (changed.includes('date')) checkHappened(state, fields.date, context);
  const all = input.privateNote === undefined ? changed : [...changed, 'privateNote'];
  if (all.length === 0) return [];
  const data: CaseEventData['NoteCorrected'] = { noteId: row.id, changed: all, nth: row.corrections + 1 };
  const said = { ...fields, ...(input.reason ? { reason: input.reason } : {}) };
  return [{ type: 'NoteCorrected', about: row.id, data: { ...data }, pieces: piecesOf(said, input.privateNote) }];
}

export interface NoteCancelling extends OnNote {
  readonly reason: NoteError;
  readonly comment?: string;
}

export function cancelNote(state: CaseState, input: NoteCancelling, context: Context): Decided[] {
  const { row } = ownEntry(state, context.row<EntryRow>('note'), input, 'cancel_note', context);
  const { reason, comment } = input;
  const data: CaseEventData['NoteCancelled'] = { noteId: row.id, reason };
  return [
    {
      type: 'NoteCancelled',
      about: row.id,
      data: { ...data },
      pieces: comment ? [{ kind: 'shared_text', value: { comment } }] : [],
    },
  ];
}

const piecesOf = (fields: NoteFields & { reason?: string }, privateNote: string | undefined): Piece[] => [
  { kind: 'shared_text', value: { ...fields } satisfies JsonObject },
  ...(privateNote === undefined ? [] : [{ kind: 'private_note' as const, value: { note: privateNote } }]),
];
