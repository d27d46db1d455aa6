/**
 * A workshop that was recorded wrongly, or never took place. It is corrected or cancelled as a whole, and its entry on each participant's record
 * follows in the same commit. One participant's refusal refuses all, and says whose it is. Pure.
 */
import {
  invalid,
  notFound,
  Problem,
  stale,
  wrongState,
  type Context,
  type Decided,
  type Uuid,
  type WorkshopError,
} from '@fil-rouge/kernel';
import type { CaseEventData, CaseState } from '../case/case';
import { allow } from '../case/case.decider';
import { corrected, type Changes } from '../entry/entry.decider';
import { checkDate, checkHappened } from '../session/session.decider';
import { atPlace } from '../session/session.place.decider';
import type { Anonymous, WorkshopEventData, WorkshopFields, WorkshopState } from './workshop';
import { attend, checkWorkshop, ofParticipant } from './workshop.decider';

/** As the handler read it, and the event that said so. */
export interface PresentWorkshop {
  readonly event: Uuid;
  readonly fields: WorkshopFields;
  readonly anonymous: Anonymous;
  readonly participants: readonly Uuid[];
}

export interface WorkshopCorrection {
  readonly workshopId: Uuid;
  readonly present: PresentWorkshop;
  readonly changes: Changes<WorkshopFields>;
  /** All of them, as they should have been named. */
  readonly participants?: readonly Uuid[];
  readonly anonymous?: Anonymous;
  readonly reason?: string;
}

export interface Corrected {
  readonly fields: WorkshopFields;
  readonly participants: readonly Uuid[];
  readonly anonymous: Anonymous;
  readonly changed: readonly string[];
}

/** The workshop after the correction, and what is different now. */
export function correctedWorkshop(
  {
    present,
    changes,
    participants = present.participants,
    anonymous = present.anonymous,
  }: Omit<WorkshopCorrection, 'workshopId'>,
  context: Context,
): Corrected {
  const { fields, changed } = corrected(present.fields, changes);
  const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) !== JSON.stringify(b ?? null);
  return {
    fields: atPlace(fields, changed, context),
    participants,
    anonymous,
    changed: [
      ...changed,
      ...(differs([...participants].sort(), [...present.participants].sort()) ? ['participants'] : []),
      ...(differs(anonymous, present.anonymous) ? ['anonymous'] : []),
    ],
  };
}

/** Nothing different: no event. */
export function correctWorkshop(
  state: WorkshopState,
  { present, reason }: WorkshopCorrection,
  after: Corrected,
  context: Context,
): Decided[] {
  allowWorkshop(state, present, context);
  const { fields, participants, anonymous, changed } = after;
  if (changed.includes('date')) checkDate(fields.date, context.today);
  checkWorkshop(after);
  if (changed.length === 0) return [];
  const data: WorkshopEventData['WorkshopCorrected'] = {
    participants: [...participants],
    changed: [...changed],
    nth: state.corrections + 1,
  };
  return [
    {
      type: 'WorkshopCorrected',
      data,
      pieces: [{ kind: 'shared_text', value: { ...fields, anonymous, ...(reason ? { reason } : {}) } }],
    },
  ];
}

export interface WorkshopCancelling {
  readonly present: PresentWorkshop;
  readonly reason: WorkshopError;
  readonly comment?: string;
}

export function cancelWorkshop(
  state: WorkshopState,
  { present, reason, comment }: WorkshopCancelling,
  context: Context,
): Decided[] {
  allowWorkshop(state, present, context);
  const data: WorkshopEventData['WorkshopCancelled'] = { reason };
  return [{ type: 'WorkshopCancelled', data, pieces: comment ? [{ kind: 'shared_text', value: { comment } }] : [] }];
}

/** Its own structure alone knows of it. */
function allowWorkshop(state: WorkshopState, { event }: PresentWorkshop, { actor }: Context): void {
  if (state.status === 'none' || state.structureId !== actor.structureId) throw notFound();
  if (state.status !== 'held') throw wrongState(state.status);
  if (state.textEvent !== event) throw stale();
}

/** What becomes of the entry on the record of one participant. `at`: its place among those who are named, or were. */
export interface Attendance {
  readonly workshopId: Uuid;
  readonly fields: WorkshopFields;
  readonly became: 'added' | 'kept' | 'removed';
  readonly at: number;
  readonly changed: readonly string[];
  /** Why it is removed. */
  readonly reason: string;
}

export function changeAttendance(state: CaseState, attendance: Attendance, context: Context): Decided[] {
  const { workshopId, fields, became, at, changed, reason } = attendance;
  if (became === 'added') return attend(state, attendance, at, context);
  const touched = changed.some((field) => field !== 'participants' && field !== 'anonymous');
  if (became === 'kept' && !touched) return [];
  try {
    allow(state, became === 'kept' ? 'correct_session' : 'cancel_session', context);
    if (became === 'kept' && changed.includes('date')) checkHappened(state, fields.date, context);
  } catch (error) {
    throw error instanceof Problem ? ofParticipant(error, at) : error;
  }
  if (became === 'removed') {
    const data: CaseEventData['AttendanceCancelled'] = { workshopId, reason };
    return [{ type: 'AttendanceCancelled', about: workshopId, data }];
  }
  const data: CaseEventData['AttendanceCorrected'] = { workshopId };
  return [
    { type: 'AttendanceCorrected', about: workshopId, data, pieces: [{ kind: 'shared_text', value: { ...fields } }] },
  ];
}

/** Of one person named twice, under two ids by now: the place in the request. */
export function checkOnce(records: readonly Uuid[]): void {
  const twice = records.findIndex((id, at) => records.indexOf(id) < at);
  if (twice >= 0) throw invalid(`/participants/${twice}`, 'duplicate', 'The same person is named twice.');
}
