/** What may happen to an appointment: made, moved, called off, missed; honoured is what a session says. Its own structure alone decides. Pure. */
import {
  checkDay,
  forbidden,
  invalid,
  localDateOf,
  notFound,
  stale,
  wrongState,
  type AppointmentReason,
  type AppointmentSide,
  type Context,
  type Decided,
  type Piece,
  type Uuid,
} from '@fil-rouge/kernel';
import { personOf, worksFor } from '@fil-rouge/users';
import { takesPart, type CaseState } from '../case/case';
import { allow } from '../case/case.decider';
import type { Verb } from '../case/case.policy';
import { corrected, type Changes } from '../entry/entry.decider';
import { placeOf } from '../place/place';
import {
  meetingOf,
  mostPlanned,
  type AppointmentEventData,
  type AppointmentRecord,
  type Meeting,
  type Planned,
} from './appointment';
import type { AppointmentRow } from './appointment.projection';

interface Said {
  readonly text?: string | null;
  readonly privateNote?: string;
}

export interface Making extends Said {
  readonly appointmentId: Uuid;
  /** Whoever makes it, unless it says otherwise. */
  readonly meeting: Omit<Meeting, 'counsellorId'> & { readonly counsellorId?: Uuid };
  readonly ifMatch?: number;
}

/** Needs the counsellor and the place as facts. */
export function makeAppointment(
  record: AppointmentRecord,
  { appointmentId, meeting: said, text, privateNote, ifMatch }: Making,
  context: Context,
): Decided[] {
  allow(record.case, 'make_appointment', context, ifMatch);
  const meeting = meetingOf({ ...said, counsellorId: said.counsellorId ?? context.actor.userId! });
  checkMeeting(meeting, Object.keys(meeting), context);
  checkRoom(record, context);
  const data: AppointmentEventData['AppointmentMade'] = { appointmentId, ...meeting };
  return [
    { type: 'AppointmentMade', about: appointmentId, data: { ...data }, pieces: piecesOf({ text, privateNote }) },
  ];
}

export interface OnAppointment {
  readonly caseId: Uuid;
  readonly appointmentId: Uuid;
  readonly ifMatch?: number;
}

export interface Moving extends OnAppointment, Said {
  readonly changes: Changes<Meeting>;
}

/** Nothing different: no event. What has not changed is not asked about again: the counsellor may have left since, the place may have closed. */
export function moveAppointment(record: AppointmentRecord, input: Moving, context: Context): Decided[] {
  const present = ownPlanned(record, input, 'move_appointment', context);
  const { fields, changed } = corrected(meetingOf(present), input.changes);
  const meeting = fields;
  checkMeeting(meeting, changed, context);
  const { text, privateNote } = input;
  const all = [
    ...changed,
    ...(text === undefined ? [] : ['text']),
    ...(privateNote === undefined ? [] : ['privateNote']),
  ];
  if (all.length === 0) return [];
  const data: AppointmentEventData['AppointmentMoved'] = {
    appointmentId: present.id,
    nth: present.nth + 1,
    changed: all,
    ...(changed.includes('counsellorId') ? { previousCounsellorId: present.counsellorId } : {}),
    ...(present.reminder ? { reminder: present.reminder } : {}),
    ...meeting,
  };
  return [{ type: 'AppointmentMoved', about: present.id, data: { ...data }, pieces: piecesOf({ text, privateNote }) }];
}

export interface CallingOff extends OnAppointment {
  readonly by: AppointmentSide;
  readonly reason: AppointmentReason;
  readonly comment?: string;
}

export function cancelAppointment(record: AppointmentRecord, input: CallingOff, context: Context): Decided[] {
  const { by, reason, comment } = input;
  const decided = calledOff(ownPlanned(record, input, 'end_appointment', context), { by, reason });
  return [{ ...decided, pieces: comment ? [{ kind: 'shared_text', value: { comment } }] : [] }];
}

export const calledOff = (
  planned: Planned,
  why: Pick<AppointmentEventData['AppointmentCancelled'], 'by' | 'reason'>,
): Decided => {
  const data: AppointmentEventData['AppointmentCancelled'] = {
    appointmentId: planned.id,
    nth: planned.nth + 1,
    ...why,
    ...(planned.reminder ? { reminder: planned.reminder } : {}),
    ...meetingOf(planned),
  };
  return { type: 'AppointmentCancelled', about: planned.id, data: { ...data } };
};

export function missAppointment(record: AppointmentRecord, input: OnAppointment, context: Context): Decided[] {
  const { id, at } = ownPlanned(record, input, 'end_appointment', context);
  if (at > context.now) throw wrongState('planned', ['move', 'cancel']);
  const data: AppointmentEventData['AppointmentMissed'] = { appointmentId: id };
  return [{ type: 'AppointmentMissed', about: id, data: { ...data } }];
}

/** Marked as missed by mistake: it is planned again, as it stood. For whoever takes part still: of others nobody would call it off. */
export function undoMiss(record: AppointmentRecord, input: OnAppointment, context: Context): Decided[] {
  const row = ownRow(record, input, 'move_appointment', context);
  if (row.status !== 'missed') throw wrongState(row.status);
  checkRoom(record, context);
  const data: AppointmentEventData['AppointmentMissUndone'] = {
    appointmentId: row.id,
    nth: row.version,
    madeOn: row.case_id,
    madeAt: new Date(row.made_at).toISOString(),
    ...(row.text_event === null ? {} : { textEvent: row.text_event }),
    ...(row.note_event === null ? {} : { noteEvent: row.note_event }),
    counsellorId: row.counsellor_id,
    at: new Date(row.at).toISOString(),
    minutes: row.minutes,
    place: row.place,
    ...(row.place_id === null ? {} : { placeId: row.place_id }),
  };
  return [{ type: 'AppointmentMissUndone', about: row.id, data: { ...data } }];
}

/** What a session says that it was planned as. */
export function checkHonoured(
  { appointments: { planned } }: AppointmentRecord,
  appointmentId: Uuid | undefined,
  { actor }: Context,
): void {
  if (appointmentId === undefined) return;
  if (!planned.some(({ id, structureId }) => id === appointmentId && structureId === actor.structureId))
    throw invalid('/appointmentId', 'unknown', 'Your structure has no planned appointment of this id on the case.');
}

export function ownPlanned(record: AppointmentRecord, input: OnAppointment, verb: Verb, context: Context): Planned {
  const row = ownRow(record, input, verb, context);
  const found = record.appointments.planned.find(({ id }) => id === row.id);
  if (!found) throw wrongState(row.status);
  return found;
}

/** The row of an appointment that this structure may change. */
function ownRow(
  { case: state }: AppointmentRecord,
  { caseId, ifMatch }: OnAppointment,
  verb: Verb,
  context: Context,
): AppointmentRow {
  const row = context.row<AppointmentRow>('appointment');
  // What was agreed on a record that has ended in this one is read here, and changed here: the log of that one is closed.
  if (!row || ![caseId, ...state.mergedFrom].includes(row.case_id)) throw notFound();
  const own = row.structure_id === context.actor.structureId;
  if (!own && !isSeen(state, row, context.actor.structureId)) throw notFound();
  allow(state, verb, context);
  if (!own) throw forbidden('Only the structure that made an appointment changes it.');
  if (ifMatch !== undefined && ifMatch !== row.version) throw stale();
  return row;
}

function checkRoom({ appointments: { planned } }: AppointmentRecord, { actor }: Context): void {
  if (planned.filter(({ structureId }) => structureId === actor.structureId).length < mostPlanned) return;
  throw invalid('', 'too-many-planned', `Your structure has ${mostPlanned} appointments planned on this case already.`);
}

/** By who takes part, and by a former lead as it stood at its end. */
function isSeen(state: CaseState, { seq }: AppointmentRow, structureId: Uuid | null): boolean {
  if (takesPart(state, structureId)) return true;
  const former = structureId === null ? undefined : state.formers[structureId];
  return former?.kind === 'former_lead' && seq <= former.seq;
}

function checkMeeting({ counsellorId, at, place, placeId }: Meeting, said: readonly string[], context: Context): void {
  if (said.includes('at')) checkDay('planned', localDateOf(at), context.today, '/at');
  if (said.includes('counsellorId')) {
    const person = personOf(context.fact(counsellorId));
    if (!person || !worksFor(person, context.actor.structureId!, context.today, ['counsellor', 'manager']))
      throw invalid('/counsellorId', 'not-employed', 'This person does not work for your structure at present.');
  }
  if (placeId === undefined || !['placeId', 'place'].some((field) => said.includes(field))) return;
  const found = placeOf(context.fact(placeId));
  if (said.includes('placeId') && (!found || found.structureId !== context.actor.structureId))
    throw invalid('/placeId', 'unknown', 'Your structure has no place of this id.');
  if (said.includes('placeId') && found?.status === 'closed')
    throw invalid('/placeId', 'closed', 'This place has closed.');
  if (place !== 'lieu_activite')
    throw invalid('/placeId', 'elsewhere', 'A place of activity is named where `place` is `lieu_activite`.');
}

const piecesOf = ({ text, privateNote }: Said): Piece[] => [
  ...(text === undefined ? [] : [{ kind: 'shared_text' as const, value: text === null ? {} : { note: text } }]),
  ...(privateNote === undefined ? [] : [{ kind: 'private_note' as const, value: { note: privateNote } }]),
];
