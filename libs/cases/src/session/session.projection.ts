/** One row per session: codes for lists and statistics, and where its texts are sealed. Pure. */
import { pieceOf, type Change, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { isCaseEvent, type SessionFields } from '../case/case';

export interface SessionEntryRow {
  id: Uuid;
  case_id: Uuid;
  structure_id: Uuid | null;
  author_id: Uuid | null;
  date: string;
  minutes: number;
  place: string;
  commune: string | null;
  themes: string[];
  equipment: string[];
  autonomy: string | null;
  referral_id: Uuid | null;
  recorded_seq: number;
  /** Last event of the session. */
  seq: number;
  text_event: Uuid;
  note_event: Uuid | null;
  corrections: number;
  status: 'recorded' | 'entered_in_error';
  place_id: Uuid | null;
}

/** A correction keeps author, referral and first number of the row, which its event does not say. */
export type SessionCorrectionRow = Omit<
  SessionEntryRow,
  'structure_id' | 'author_id' | 'referral_id' | 'recorded_seq' | 'status'
>;

export const codesOf = (fields: Omit<SessionFields, 'procedure' | 'summary'>) => ({
  date: fields.date,
  minutes: fields.minutes,
  place: fields.place,
  commune: fields.commune ?? null,
  place_id: fields.placeId ?? null,
  themes: fields.themes,
  equipment: fields.equipment,
  autonomy: fields.autonomy ?? null,
});

export function projectSession(event: RecordEvent): Change[] {
  if (!isCaseEvent(event)) return [];
  if (event.type === 'SessionCancelled')
    return [{ call: 'put_session_error', rows: [{ id: event.about, case_id: event.stream, seq: event.seq }] }];
  if (event.type === 'SessionTagged') {
    const { sessionId: id, tags } = event.data;
    return [{ call: 'put_session_tags', rows: [{ id, case_id: event.stream, structure_id: event.structure, tags }] }];
  }
  const fields = pieceOf(event, 'shared_text') as SessionFields | undefined;
  if (!fields || (event.type !== 'SessionRecorded' && event.type !== 'SessionCorrected')) return [];
  const written = {
    case_id: event.stream,
    ...codesOf(fields),
    seq: event.seq,
    text_event: event.id,
    note_event: pieceOf(event, 'private_note') ? event.id : null,
  };
  if (event.type === 'SessionCorrected') {
    const { sessionId: id, nth: corrections } = event.data;
    const row: SessionCorrectionRow = { id, ...written, corrections };
    return [{ call: 'put_session_correction', rows: [row] }];
  }
  const { sessionId: id, referralId } = event.data;
  const row: SessionEntryRow = {
    id,
    ...written,
    structure_id: event.structure,
    author_id: event.actor,
    referral_id: referralId ?? null,
    recorded_seq: event.seq,
    corrections: 0,
    status: 'recorded',
  };
  return [{ call: 'put_session_entry', rows: [row] }];
}
