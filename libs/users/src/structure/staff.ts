/**
 * Who works in a structure. The structure's own record keeps it beside the persons' records, written in the same commit: a rule about a structure
 * then relies on one fact, and two people who hire for it at once see each other. Only counsellors and managers: the network's roles work for no
 * structure. Pure.
 */
import {
  isStaff,
  localDateOf,
  type Decided,
  type EventOf,
  type LocalDate,
  type Role,
  type Uuid,
} from '@fil-rouge/kernel';
import { isPersonEvent } from '../person/person';

/** One employment; `until` is its last day, included. */
export type Employed = { userId: Uuid; employmentId: Uuid; role: Role; from: LocalDate; until: LocalDate | null };

export type StaffEventData = {
  StaffJoined: Employed;
  StaffLeft: { userId: Uuid; employmentId: Uuid; until: LocalDate; atOnce: boolean };
};

/** What the structure's record says of the employments that begin and end in a person's. */
export function staffEvents(userId: Uuid, decided: readonly Decided[]): Decided[] {
  return decided.flatMap((event): Decided[] => {
    if (!isPersonEvent(event)) return [];
    if (event.type === 'EmploymentStarted' && isStaff(event.data)) {
      const { employmentId, role, from, until = null } = event.data;
      return [
        {
          type: 'StaffJoined',
          data: { userId, employmentId, role, from, until } satisfies StaffEventData['StaffJoined'],
        },
      ];
    }
    if (event.type === 'EmploymentEnded' && isStaff(event.data)) {
      const { employmentId, until, atOnce } = event.data;
      return [
        { type: 'StaffLeft', data: { userId, employmentId, until, atOnce } satisfies StaffEventData['StaffLeft'] },
      ];
    }
    return [];
  });
}

/** Whoever's last day has passed is forgotten with the next event: what every decision about the structure reads does not grow with its history. */
export function evolveStaff(staff: readonly Employed[], event: EventOf<StaffEventData>): Employed[] {
  const today = localDateOf(event.at);
  const present = staff.filter(({ until }) => until === null || until >= today);
  if (event.type === 'StaffJoined') {
    const { userId, employmentId, role, from, until } = event.data;
    return [...present, { userId, employmentId, role, from, until }];
  }
  const { employmentId, until, atOnce } = event.data;
  if (atOnce) return present.filter((employed) => employed.employmentId !== employmentId);
  return present.map((employed) => (employed.employmentId === employmentId ? { ...employed, until } : employed));
}

/** Absent: the structure was declared before its people stood on its record. Nobody may be refused for what is not known. */
type Staffed = { readonly staff?: readonly Employed[] };

/** Does somebody work there that day? An employment that has run out by then counts no more, whether or not that was noted. */
export const hasPeople = ({ staff }: Staffed, day: LocalDate): boolean =>
  staff === undefined || staff.some(({ from, until }) => from <= day && (until === null || day <= until));

/** Is there a manager, or one who is to begin? Then nobody from outside hires for the structure. */
export const hasManager = ({ staff }: Staffed, day: LocalDate): boolean =>
  staff === undefined || staff.some(({ role, until }) => role === 'manager' && (until === null || day <= until));

/** The days on which somebody works there, as a PostgreSQL multirange; null: not known. */
export const staffedDays = ({ staff }: Staffed): string | null =>
  staff === undefined ? null : `{${staff.map(({ from, until }) => `[${from},${until ?? ''}]`).join(',')}}`;
