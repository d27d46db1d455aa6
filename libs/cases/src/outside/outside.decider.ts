/** What may happen to what was sent outside the network: sent, what came of it, taken back. Pure. */
import {
  checkDay,
  forbidden,
  invalid,
  notFound,
  Problem,
  stale,
  wrongState,
  type Context,
  type Decided,
  type JsonObject,
  type LocalDate,
  type NoteError,
  type OutsideAnswer,
  type OutsideMeans,
  type OutsideOutcome,
  type OutsideStatus,
  type Uuid,
} from '@fil-rouge/kernel';
import { takesPart } from '../case/case';
import { allow } from '../case/case.decider';
import { lastDayOf, type Verb } from '../case/case.policy';
import { checkInformed, checkThemes } from '../checks.decider';
import { mostOpenOutside, type OutsideEventData, type OutsideRecord } from './outside';

export interface SendingOutside {
  readonly outsideId: Uuid;
  readonly recipient: string;
  readonly name?: string;
  readonly place?: string;
  readonly needs: readonly string[];
  readonly message?: string;
  readonly means: OutsideMeans;
  readonly informed: { readonly on: LocalDate; readonly how: string };
  readonly ifMatch?: number;
}

export function sendOutside(
  { case: state, outside }: OutsideRecord,
  { outsideId, means, ifMatch, ...said }: SendingOutside,
  context: Context,
): Decided[] {
  allow(state, 'send_outside', context, ifMatch);
  checkThemes(said.needs, '/needs');
  checkInformed(said.informed.on, context.today);
  // Whoever objects to everybody objects to those whom nobody here knows, too.
  if (state.objections.some(({ against }) => against === 'all'))
    throw new Problem('objection', 'The resident objects to sharing with anybody.');
  if (outside.open.length >= mostOpenOutside)
    throw invalid('', 'too-many-open', `Of this case ${mostOpenOutside} wait for what came of them already.`);
  const data: OutsideEventData['OutsideReferralMade'] = { outsideId, means };
  const value = Object.fromEntries(Object.entries({ ...said }).filter(([, one]) => one !== undefined)) as JsonObject;
  return [{ type: 'OutsideReferralMade', about: outsideId, data, pieces: [{ kind: 'shared_text', value }] }];
}

export interface OnOutside {
  readonly caseId: Uuid;
  readonly outsideId: Uuid;
  readonly ifMatch?: number;
}

export interface ReportingOutside extends OnOutside {
  readonly outcome: OutsideOutcome;
  /** Today, unless it says otherwise. */
  readonly on?: LocalDate;
  readonly comment?: string;
}

/** Also when nothing was heard for long, and again when it was said wrongly. The same again: no event. */
export function reportOutside(record: OutsideRecord, input: ReportingOutside, context: Context): Decided[] {
  const row = ofOwn(record, input, context);
  const { outcome, on = context.today, comment } = input;
  checkDay('happened', on, context.today, '/on');
  if (on < row.sent_on)
    throw invalid('/on', 'before-sending', 'It cannot have come of it before the resident was sent there.');
  if (comment === undefined && row.outcome === outcome && row.outcome_on === on) return [];
  const data: OutsideEventData['OutsideReferralReported'] = { outsideId: row.id, nth: row.version + 1, outcome, on };
  return [{ type: 'OutsideReferralReported', about: row.id, data, pieces: piecesOf(comment) }];
}

export interface CancellingOutside extends OnOutside {
  readonly reason: NoteError;
  readonly comment?: string;
}

export function cancelOutside(record: OutsideRecord, input: CancellingOutside, context: Context): Decided[] {
  const row = ofOwn(record, input, context);
  const data: OutsideEventData['OutsideReferralCancelled'] = {
    outsideId: row.id,
    nth: row.version + 1,
    reason: input.reason,
  };
  return [{ type: 'OutsideReferralCancelled', about: row.id, data, pieces: piecesOf(input.comment) }];
}

/** What nobody has said for so long is not known: by the clock. */
export const lapse = ({ outside }: OutsideRecord, { now }: Context): Decided[] =>
  outside.open
    .filter(({ until }) => until <= now)
    .map(({ id, nth = 1 }) => ({
      type: 'OutsideReferralLapsed',
      about: id,
      data: { outsideId: id, nth: nth + 1 } satisfies OutsideEventData['OutsideReferralLapsed'],
    }));

/** The row as a decision reads it. */
export interface OutsideAddress {
  readonly id: Uuid;
  readonly case_id: Uuid;
  readonly structure_id: Uuid;
  readonly status: OutsideStatus;
  readonly version: number;
  readonly sent_on: LocalDate;
  readonly outcome: OutsideOutcome | null;
  readonly outcome_on: LocalDate | null;
  readonly answer: OutsideAnswer | null;
}

/** The row as the structure that sent addresses it. */
export function ofOwn(
  { case: state }: OutsideRecord,
  { caseId, ifMatch }: OnOutside,
  context: Context,
  verb: Verb = 'end_outside',
): OutsideAddress {
  allow(state, verb, context);
  const row = context.row<OutsideAddress>('outside');
  const { structureId } = context.actor;
  // What was sent from a record that has ended in this one is read here, and goes on here: the log of that one is closed.
  const here = row !== undefined && [caseId, ...state.mergedFrom].includes(row.case_id);
  if (!here || (row.structure_id !== structureId && !takesPart(state, structureId))) throw notFound();
  if (row.structure_id !== structureId)
    throw forbidden('Only the structure that sent the resident there says what came of it.');
  // An end that was nobody's wish leaves something to say, whenever it comes; an objection, or a part that should not have been, leaves nothing.
  if (lastDayOf(state, structureId) === undefined)
    throw forbidden('Your part in this case was taken back: nothing is added to it by your structure any more.');
  if (ifMatch !== undefined && ifMatch !== row.version) throw stale();
  if (row.status === 'entered_in_error') throw wrongState(row.status);
  return row;
}

const piecesOf = (comment: string | undefined) =>
  comment === undefined ? [] : [{ kind: 'shared_text' as const, value: { comment } }];
