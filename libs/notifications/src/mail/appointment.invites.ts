/** What an event says of an appointment that stands in calendars: with whom it is from then on, and what they show. Pure. */
import type { Instant, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { isAppointmentEvent } from '@fil-rouge/cases';

/** What is said of an appointment in an e-mail and in its calendar: kept with the e-mail's row, as it was then. Ids and codes. */
export type Invite = Meeting & { readonly is: 'made' | 'moved' | 'cancelled' };

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
  if (!isAppointmentEvent(event) || event.type === 'AppointmentMissed' || event.type === 'AppointmentMissUndone')
    return undefined;
  const { appointmentId: id, counsellorId, at, minutes, place, placeId } = event.data;
  const sequence = event.type === 'AppointmentMade' ? 0 : event.data.nth;
  return {
    meeting: { id, caseId: event.stream, sequence, at, minutes, place, ...(placeId ? { placeId } : {}) },
    // Whoever makes or moves it is of its structure; it may be called off by others.
    expected: event.type === 'AppointmentCancelled' ? null : { counsellorId, structureId: event.structure! },
    changed: event.type === 'AppointmentMoved' && event.data.changed.some((field) => inCalendars.includes(field)),
  };
}
