/** Whose calendar an appointment goes into, changes in and leaves. Pure. */
import type { Instant, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { isAppointmentEvent } from '@fil-rouge/cases';

/** What is said of an appointment in an e-mail and in its calendar: kept with the e-mail's row, as it was then. Ids and codes. */
export type Invite = {
  readonly is: 'made' | 'moved' | 'cancelled';
  readonly id: Uuid;
  readonly caseId: Uuid;
  readonly sequence: number;
  readonly at: Instant;
  readonly minutes: number;
  readonly place: string;
  readonly placeId?: Uuid;
};

export interface Invited {
  readonly to: Uuid;
  readonly invite: Invite;
}

/** What is said beside an appointment is in no calendar. */
const inCalendars = ['at', 'minutes', 'place', 'placeId', 'counsellorId'];

export function invitedBy(event: RecordEvent): Invited[] {
  if (!isAppointmentEvent(event) || event.type === 'AppointmentMissed' || event.type === 'AppointmentMissUndone')
    return [];
  const { appointmentId: id, counsellorId, at, minutes, place, placeId } = event.data;
  const saying = (to: Uuid, is: Invite['is'], sequence: number): Invited => ({
    to,
    invite: { is, id, caseId: event.stream, sequence, at, minutes, place, ...(placeId ? { placeId } : {}) },
  });
  switch (event.type) {
    case 'AppointmentMade':
      return [saying(counsellorId, 'made', 0)];
    case 'AppointmentCancelled':
      return [saying(counsellorId, 'cancelled', event.data.nth)];
    case 'AppointmentMoved': {
      const { changed, nth, previousCounsellorId } = event.data;
      if (!changed.some((field) => inCalendars.includes(field))) return [];
      return previousCounsellorId === undefined
        ? [saying(counsellorId, 'moved', nth)]
        : [saying(previousCounsellorId, 'cancelled', nth), saying(counsellorId, 'made', nth)];
    }
  }
}
