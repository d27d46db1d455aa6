/**
 * Appointments as calendars read them (RFC 5545, RFC 5546). Nothing in them is about the resident: they leave the system, and lie on telephones. Times are UTC: each is one
 * instant and recurs never, so no client needs to know, or to have right, when the clocks of Paris change; it shows the hour of whoever looks.
 */
import { places, type Instant, type Uuid } from '@fil-rouge/kernel';
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
  type ICalCalendarData,
  type ICalEventData,
} from 'ical-generator';

export interface CalendarEntry {
  readonly id: Uuid;
  readonly at: Instant;
  readonly minutes: number;
  readonly place: string;
  readonly placeName: string | null;
  /** How often it has changed: who has a later one ignores an earlier one that comes after it. */
  readonly sequence: number;
  readonly madeAt: Instant;
  /** For who may sign in. */
  readonly url?: string;
}

interface Mailbox {
  readonly name?: string;
  readonly address: string;
}

export interface Invitation {
  readonly cancelled: boolean;
  readonly from: Mailbox;
  readonly to: Mailbox;
}

const prodId = { company: 'Fil Rouge', product: 'Rendez-vous', language: 'FR' };
const summary = 'Rendez-vous Fil Rouge';

export const whereOf = ({ place, placeName }: Pick<CalendarEntry, 'place' | 'placeName'>): string =>
  placeName ?? places[place as keyof typeof places];

const eventOf = (entry: CalendarEntry): ICalEventData => ({
  id: entry.id,
  sequence: entry.sequence,
  stamp: entry.madeAt,
  start: entry.at,
  end: new Date(Date.parse(entry.at) + entry.minutes * 60_000),
  summary,
  location: whereOf(entry),
  ...(entry.url === undefined ? {} : { url: entry.url }),
});

const written = (calendar: ICalCalendarData, events: readonly ICalEventData[]): string =>
  ical({ ...calendar, prodId, events: [...events] }).toString();

/** What one person has planned, asked for again and again by a calendar. */
export const calendarOf = (entries: readonly CalendarEntry[]): string =>
  written({ name: 'Fil Rouge', ttl: 3600, method: ICalCalendarMethod.PUBLISH }, entries.map(eventOf));

/** To whom it is with. It has said yes: nobody answers to an address that nobody reads. */
export const invitationOf = (entry: CalendarEntry, { cancelled, from, to }: Invitation): string =>
  written({ method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST }, [
    {
      ...eventOf(entry),
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      organizer: { name: from.name ?? 'Fil Rouge', email: from.address },
      attendees: [
        {
          email: to.address,
          ...(to.name === undefined ? {} : { name: to.name }),
          role: ICalAttendeeRole.REQ,
          status: ICalAttendeeStatus.ACCEPTED,
          rsvp: false,
        },
      ],
    },
  ]);
