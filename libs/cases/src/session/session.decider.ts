/** What was done with the resident, one to one: recorded, and corrected without losing what stood before. Pure. */
import {
  checkDay,
  invalid,
  type Context,
  type Decided,
  type JsonObject,
  type LocalDate,
  type Piece,
  type Uuid,
} from '@fil-rouge/kernel';
import type { CaseEventData, CaseState, SessionFields } from '../case/case';
import { allow } from '../case/case.decider';
import { lastDayOf, type Verb } from '../case/case.policy';
import { checkThemes } from '../checks.decider';
import { atPlace } from './session.place.decider';
import { corrected, ownEntry, type Changes, type EntryRow, type OnEntry } from '../entry/entry.decider';

export interface Recording {
  readonly sessionId: Uuid;
  readonly fields: SessionFields;
  readonly privateNote?: string;
  readonly referralId?: Uuid;
  /** The appointment that it was planned as. */
  readonly appointmentId?: Uuid;
  /** Where its own structure had recorded it before. */
  readonly movedFrom?: SessionPlace;
  readonly ifMatch?: number;
}

/** Where a session stands. On which record else, is its own structure's to know. */
export type SessionPlace = { caseId: Uuid; sessionId: Uuid };

export function recordSession(
  state: CaseState,
  { sessionId, fields, privateNote, referralId, appointmentId, movedFrom, ifMatch }: Recording,
  context: Context,
): Decided[] {
  allow(state, 'record_session', context, ifMatch);
  checkHappened(state, fields.date, context);
  checkThemes(fields.themes);
  // What is moved is as it was when it was recorded: its place may have closed since.
  const done = movedFrom ? fields : atPlace(fields, Object.keys(fields), context);
  if (referralId !== undefined && !answers(state, context.actor.structureId, referralId)) {
    throw invalid('/referralId', 'unknown', 'Your structure has no accepted referral of this number on the case.');
  }
  const data: CaseEventData['SessionRecorded'] = {
    sessionId,
    ...(referralId ? { referralId } : {}),
    ...(appointmentId ? { appointmentId } : {}),
  };
  return [
    {
      type: 'SessionRecorded',
      about: sessionId,
      data: { ...data },
      pieces: piecesOf(done, privateNote, movedFrom ? { movedFrom } : {}),
    },
  ];
}

/** The row of `session_entry` as a decision reads it. */
export interface SessionRow extends EntryRow {
  readonly referral_id: Uuid | null;
}

export type OnSession = OnEntry<SessionFields>;
export type SessionChanges = Changes<SessionFields>;

export interface SessionCorrection extends OnSession {
  readonly changes: SessionChanges;
  readonly privateNote?: string;
  readonly reason?: string;
}

/** The whole image is written again. Nothing different: no event. */
export function correctSession(state: CaseState, input: SessionCorrection, context: Context): Decided[] {
  const { changes, privateNote, reason } = input;
  const { row, present } = ownSession(state, input, 'correct_session', context);
  const { fields, changed } = corrected(present.fields, changes);
  const done = atPlace(fields, changed, context);
  if (changed.includes('date')) checkHappened(state, fields.date, context);
  checkThemes(fields.themes);
  const all = privateNote === undefined ? changed : [...changed, 'privateNote'];
  if (all.length === 0) return [];
  const data: CaseEventData['SessionCorrected'] = { ...about(row), changed: all, nth: row.corrections + 1 };
  return [
    {
      type: 'SessionCorrected',
      about: row.id,
      data: { ...data },
      pieces: piecesOf({ ...done, ...(reason ? { reason } : {}) }, privateNote),
    },
  ];
}

export const ownSession = (
  state: CaseState,
  on: OnSession,
  verb: Verb,
  context: Context,
): ReturnType<typeof ownEntry<SessionRow, SessionFields>> =>
  ownEntry(state, context.row<SessionRow>('session'), on, verb, context);

export const about = ({ id, referral_id }: SessionRow): { sessionId: Uuid; referralId?: Uuid } => ({
  sessionId: id,
  ...(referral_id ? { referralId: referral_id } : {}),
});

const piecesOf = (
  fields: SessionFields & { reason?: string },
  privateNote: string | undefined,
  links: { movedFrom?: SessionPlace } = {},
): Piece[] => [
  { kind: 'shared_text', value: { ...fields } satisfies JsonObject },
  ...(privateNote === undefined && !links.movedFrom
    ? []
    : [
        {
          kind: 'private_note' as const,
          value: { ...(privateNote === undefined ? {} : { note: privateNote }), ...links },
        },
      ]),
];

/** A contributor's grant names the referral that it comes from. */
const answers = (state: CaseState, structureId: Uuid | null, referralId: Uuid): boolean =>
  state.grants.some(
    (grant) => grant.structureId === structureId && grant.kind === 'contributor' && grant.source === referralId,
  );

export const checkDate = (date: LocalDate, today: LocalDate): void => checkDay('happened', date, today, '/date');

/** What is recorded after the end of a part in the case, or of the case, happened before it. */
export function checkHappened(state: CaseState, date: LocalDate, { actor, today }: Context): void {
  checkDate(date, today);
  const last = lastDayOf(state, actor.structureId);
  if (last && date > last) {
    throw invalid(
      '/date',
      'after-the-end',
      'Your part in this case had ended by that day: only what happened before can still be recorded.',
    );
  }
}
