/**
 * READ FIRST: an appointment: when, how long, where and with whom a structure expects the resident. What is planned is state of the case, little of it; what has
 * ended (honoured by a session, missed, cancelled) is a row. When, where and with whom stand in clear, as ids and codes; what is said beside is a sealed piece. Pure.
 */
import {
  eventsOf,
  type EventOf,
  pieceOf,
  type AppointmentEnding,
  type AppointmentReason,
  type AppointmentSide,
  type Instant,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';
import { isCaseEvent, type CaseRecord } from '../case/case';

export type Meeting = {
  counsellorId: Uuid;
  at: Instant;
  minutes: number;
  place: string;
  /** A place of the structure's. */
  placeId?: Uuid;
};

/** `nth`: how often it has changed since it was made, what calendars call its SEQUENCE. */
export type Planned = Meeting & {
  id: Uuid;
  /** The record it was made on: another one when that has ended in this. */
  caseId: Uuid;
  structureId: Uuid;
  nth: number;
  madeAt: Instant;
  /** The resident asked to be reminded: the event that holds where. */
  reminder?: Uuid;
  /** They have been, of the day as it stands. */
  reminded?: true;
  /** Events that hold what was said last. */
  textEvent?: Uuid;
  noteEvent?: Uuid;
};

export type AppointmentsState = { planned: Planned[] };
export type AppointmentRecord = CaseRecord & { appointments: AppointmentsState };

/** A structure plans so many on one case: more are a workshop, or a mistake. */
export const mostPlanned = 20;

export type AppointmentEventData = {
  /** shared_text `{note}`; private_note `{note}` */
  AppointmentMade: { appointmentId: Uuid } & Meeting;
  /** The whole image; shared_text `{note?}` and private_note `{note}` when they changed */
  AppointmentMoved: {
    appointmentId: Uuid;
    nth: number;
    changed: string[];
    previousCounsellorId?: Uuid;
  } & ToldResident &
    Meeting;
  /** As it stood. `by` is absent when it follows from something else; shared_text `{comment?}` */
  AppointmentCancelled: {
    appointmentId: Uuid;
    nth: number;
    by?: AppointmentSide;
    reason: AppointmentReason | AppointmentEnding;
  } & ToldResident &
    Meeting;
  AppointmentMissed: { appointmentId: Uuid };
  /** It was marked as missed by mistake and is planned again, as it stood then. `madeOn`: the record it was made on. */
  AppointmentMissUndone: {
    appointmentId: Uuid;
    nth: number;
    madeOn: Uuid;
    madeAt: Instant;
    textEvent?: Uuid;
    noteEvent?: Uuid;
  } & Meeting;
  /** By the resident, for their own mailbox; private_note `{email}`; until 30 November 2026 shared_text */
  AppointmentReminderAsked: { appointmentId: Uuid; nth: number };
  AppointmentReminderRevoked: { appointmentId: Uuid; nth: number };
  /** By the clock, the day before. */
  AppointmentReminded: { appointmentId: Uuid } & ToldResident & Meeting;
};

/** `reminder`: the event that holds where the resident asked to be told; absent when they did not. */
type ToldResident = { reminder?: Uuid };

export const appointmentWrites: Readonly<Record<keyof AppointmentEventData, number>> = {
  AppointmentMade: 1,
  AppointmentMoved: 1,
  AppointmentCancelled: 1,
  AppointmentMissed: 1,
  AppointmentMissUndone: 1,
  AppointmentReminderAsked: 1,
  AppointmentReminderRevoked: 1,
  AppointmentReminded: 1,
};

export const isAppointmentEvent = eventsOf<AppointmentEventData>(appointmentWrites);

export const initialAppointments: AppointmentsState = { planned: [] };

export const meetingOf = ({ counsellorId, at, minutes, place, placeId }: Meeting): Meeting => ({
  counsellorId,
  at,
  minutes,
  place,
  ...(placeId === undefined ? {} : { placeId }),
});

export function evolveAppointments(state: AppointmentsState, event: RecordEvent): AppointmentsState {
  const without = (id: Uuid): AppointmentsState => ({ planned: state.planned.filter((one) => one.id !== id) });
  if (isCaseEvent(event)) {
    if (event.type === 'SessionRecorded' && event.data.appointmentId) return without(event.data.appointmentId);
    if (event.type === 'MergedInto') return initialAppointments;
    if (event.type === 'RecordsMerged') {
      const takenOver = (event.data.takenOver['appointments'] ?? []) as Planned[];
      return { planned: [...state.planned, ...takenOver] };
    }
  }
  if (!isAppointmentEvent(event)) return state;
  switch (event.type) {
    case 'AppointmentMade': {
      const { stream: caseId, structure, at: madeAt, data } = event;
      const whose = { id: data.appointmentId, caseId, structureId: structure!, madeAt };
      return { planned: [...state.planned, { ...meetingOf(data), ...whose, nth: 0, ...saidIn(event) }] };
    }
    case 'AppointmentMoved': {
      const { appointmentId, nth } = event.data;
      const moved = ({ placeId: _, reminded, ...before }: Planned): Planned => ({
        ...before,
        ...meetingOf(event.data),
        ...(reminded && before.at === event.data.at ? { reminded } : {}),
        nth,
        ...saidIn(event),
      });
      return { planned: state.planned.map((one) => (one.id === appointmentId ? moved(one) : one)) };
    }
    case 'AppointmentReminderAsked':
    case 'AppointmentReminderRevoked':
    case 'AppointmentReminded':
      return {
        planned: state.planned.map((one) => (one.id === event.data.appointmentId ? remembering(one, event) : one)),
      };
    case 'AppointmentCancelled':
    case 'AppointmentMissed':
      return without(event.data.appointmentId);
    case 'AppointmentMissUndone': {
      const { appointmentId: id, madeOn: caseId, nth, madeAt, textEvent, noteEvent } = event.data;
      const said = { ...(textEvent ? { textEvent } : {}), ...(noteEvent ? { noteEvent } : {}) };
      const whose = { id, caseId, structureId: event.structure!, nth, madeAt, ...said };
      return { planned: [...state.planned, { ...meetingOf(event.data), ...whose }] };
    }
  }
}

type Reminder = Pick<
  AppointmentEventData,
  'AppointmentReminderAsked' | 'AppointmentReminderRevoked' | 'AppointmentReminded'
>;

function remembering({ reminder, reminded: _, ...one }: Planned, event: EventOf<Reminder>): Planned {
  switch (event.type) {
    case 'AppointmentReminderAsked':
      return { ...one, nth: event.data.nth, reminder: event.id };
    case 'AppointmentReminderRevoked':
      return { ...one, nth: event.data.nth };
    case 'AppointmentReminded':
      return { ...one, ...(reminder ? { reminder } : {}), reminded: true };
  }
}

const saidIn = (event: RecordEvent): Pick<Planned, 'textEvent' | 'noteEvent'> => ({
  ...(pieceOf(event, 'shared_text') ? { textEvent: event.id } : {}),
  ...(pieceOf(event, 'private_note') ? { noteEvent: event.id } : {}),
});
