/** What was done with the resident, one to one: recorded, and corrected without losing what stood before. Pure. */
import {
  addMonths, forbidden, invalid, notFound, stale, themesProblem, type Context, type Decided, type JsonObject, type LocalDate, type Piece, type Uuid,
} from '@fil-rouge/kernel';
import type { CaseEventData, CaseState, SessionFields } from './case';
import { allow } from './case.decider';
import { merged } from './merge.decider';

export interface Recording {
  readonly sessionId: Uuid;
  readonly fields: SessionFields;
  readonly privateNote?: string;
  readonly referralId?: Uuid;
  readonly ifMatch?: number;
}

export function recordSession(state: CaseState, { sessionId, fields, privateNote, referralId, ifMatch }: Recording, context: Context): Decided[] {
  allow(state, 'record_session', context, ifMatch);
  checkDate(fields.date, context.today);
  checkThemes(fields.themes);
  if (referralId !== undefined && !answers(state, context.actor.structureId, referralId)) {
    throw invalid('/referralId', 'unknown', 'Your structure has no accepted referral of this number on the case.');
  }
  const data: CaseEventData['SessionRecorded'] = { sessionId, ...(referralId ? { referralId } : {}) };
  return [{ type: 'SessionRecorded', about: sessionId, data: { ...data }, pieces: piecesOf(fields, privateNote) }];
}

/** The row of `session_entry` as a decision reads it. */
export interface SessionRow {
  readonly id: Uuid;
  readonly case_id: Uuid;
  readonly structure_id: Uuid;
  readonly text_event: Uuid;
  readonly corrections: number;
}

/** Absent: as it was. Null: taken away. */
export type SessionChanges = { readonly [field in keyof SessionFields]?: SessionFields[field] | null };

export interface SessionCorrection {
  readonly caseId: Uuid;
  readonly sessionId: Uuid;
  /** What the session said when the handler read it, and the event that says so: the whole image is written again. */
  readonly present: { readonly event: Uuid; readonly fields: SessionFields } | null;
  readonly changes: SessionChanges;
  readonly privateNote?: string;
  readonly reason?: string;
  readonly ifMatch?: number;
}

/** Needs the row `session`. Throws `stale` when another correction came after `present` was read. Nothing different: no event. */
export function correctSession(state: CaseState, { caseId, sessionId, present, changes, privateNote, reason, ifMatch }: SessionCorrection, context: Context): Decided[] {
  const row = context.row<SessionRow>('session');
  const own = row?.case_id === caseId && row.structure_id === context.actor.structureId;
  // What was written on a record that ended in this one is read here and closed with it: the correction would have to stand in that log.
  if (row && present !== null && state.mergedFrom.includes(row.case_id)) throw merged();
  if (row?.case_id !== caseId || (!own && present === null)) throw notFound();
  allow(state, 'correct_session', context, ifMatch);
  if (!own) throw forbidden('Only the structure that recorded a session corrects it.');
  if (present?.event !== row.text_event) throw stale();
  const { fields, changed } = corrected(present.fields, changes);
  if (changed.includes('date')) checkDate(fields.date, context.today);
  checkThemes(fields.themes);
  const all = privateNote === undefined ? changed : [...changed, 'privateNote'];
  if (all.length === 0) return [];
  const data: CaseEventData['SessionCorrected'] = { sessionId, changed: all, nth: row.corrections + 1 };
  return [{ type: 'SessionCorrected', about: sessionId, data: { ...data }, pieces: piecesOf({ ...fields, ...(reason ? { reason } : {}) }, privateNote) }];
}

function corrected(present: SessionFields, changes: SessionChanges): { fields: SessionFields; changed: string[] } {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const fields = Object.fromEntries(Object.entries({ ...present, ...Object.fromEntries(given) }).filter(([, value]) => value !== null)) as unknown as SessionFields;
  const said = (of: SessionFields, field: string): string => JSON.stringify(of[field as keyof SessionFields] ?? null);
  return { fields, changed: given.map(([field]) => field).filter((field) => said(fields, field) !== said(present, field)) };
}

const piecesOf = (fields: SessionFields & { reason?: string }, privateNote?: string): Piece[] => [
  { kind: 'shared_text', value: { ...fields } satisfies JsonObject },
  ...(privateNote === undefined ? [] : [{ kind: 'private_note' as const, value: { note: privateNote } }]),
];

/** A contributor's grant names the referral that it comes from. */
const answers = (state: CaseState, structureId: Uuid | null, referralId: Uuid): boolean =>
  state.grants.some((grant) => grant.structureId === structureId && grant.kind === 'contributor' && grant.source === referralId);

export function checkDate(date: LocalDate, today: LocalDate): void {
  if (date > today) throw invalid('/date', 'future', 'The date lies in the future.');
  if (date < addMonths(today, -24)) throw invalid('/date', 'too-old', 'The date lies more than two years back.');
}

export function checkThemes(themes: readonly string[]): void {
  const problem = themesProblem(themes);
  if (problem) throw invalid('/themes', problem.replaceAll('_', '-'), 'The themes are not those of the national list, or an administrative theme stands without `aide_aux_demarches_administratives`.');
}
