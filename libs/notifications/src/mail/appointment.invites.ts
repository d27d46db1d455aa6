/** What an event says of an appointment that stands in calendars: with whom it is from then on, and what they show. Pure. */
import type { Instant, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { isAppointmentEvent } from '@fil-rouge/cases';

/** What is said of an appointment in an e-mail and in its calendar: kept with the e-mail's row, as it was then. Ids and codes. */
export type Invite = Meeting & { readonly is: 'made' | 'moved' | 'cancelled' };

/** The same to the resident, who asked for it. */
export type Reminder = Meeting & { readonly is: 'reminded' | 'moved' | 'cancelled' };

export type Meeting = {
  readonly id: Uuid;
  readonly caseId: Uuid;
  readonly sequence: number;
  readonly at: Instant;
  readonly minutes: number;
  readonly place: string;
  readonly placeId?: Uuid;
};

export interface Standing {
  readonly meeting: Meeting;
  /** With whom of which structure; null: it takes place no more. */
  readonly expected: { readonly counsellorId: Uuid; readonly structureId: Uuid } | null;
  /** Something that calendars show has changed. */
  readonly changed: boolean;
}

/** What is said beside an appointment is in no calendar. */
const inCalendars = ['at', 'minutes', 'place', 'placeId', 'counsellorId'];

export function standingAfter(event: RecordEvent): Standing | undefined {
  if (!isAppointmentEvent(event)) return undefined;
  const { type, data } = event;
  if (type !== 'AppointmentMade' && type !== 'AppointmentMoved' && type !== 'AppointmentCancelled') return undefined;
  return {
    meeting: meetingIn(event.stream, data, type === 'AppointmentMade' ? 0 : data.nth),
    // Whoever makes or moves it is of its structure; it may be called off by others.
    expected:
      type === 'AppointmentCancelled' ? null : { counsellorId: data.counsellorId, structureId: event.structure! },
    changed: type === 'AppointmentMoved' && isShown(data.changed),
  };
}

export interface Told {
  /** Holds where. */
  readonly reminder: Uuid;
  readonly counsellorId: Uuid;
  readonly invite: Reminder;
}

/** What the resident hears who asked to be reminded; of a record that was erased, nothing. */
export function reminderTo(event: RecordEvent): Told | undefined {
  if (!isAppointmentEvent(event)) return undefined;
  const { type, data } = event;
  if (type !== 'AppointmentReminded' && type !== 'AppointmentMoved' && type !== 'AppointmentCancelled')
    return undefined;
  if (!data.reminder || (type === 'AppointmentMoved' && !isShown(data.changed))) return undefined;
  if (type === 'AppointmentCancelled' && data.reason === 'erased') return undefined;
  const is = { AppointmentReminded: 'reminded', AppointmentMoved: 'moved', AppointmentCancelled: 'cancelled' } as const;
  const { reminder, counsellorId } = data;
  return { reminder, counsellorId, invite: { is: is[type], ...meetingIn(event.stream, data, 0) } };
}

const isShown = (changed: readonly string[]): boolean => changed.some((field) => inCalendars.includes(field));

type InEvent = Pick<Meeting, 'at' | 'minutes' | 'place' | 'placeId'> & { readonly appointmentId: Uuid };

const meetingIn = (caseId: Uuid, said: InEvent, sequence: number): Meeting => {
  const { appointmentId: id, at, minutes, place, placeId } = said;
  return { id, caseId, sequence, at, minutes, place, ...(placeId ? { placeId } : {}) };
};
