/**
 * READ FIRST: an absence: from when to when somebody of a structure is away, and which colleague takes over. It stands on the structure's own record, as who works
 * there does. What comes to the absent person comes to the colleague too; nobody may do more for it. Why somebody is away is said nowhere. Pure.
 */
import { localDateOf, type Change, type EventOf, type LocalDate, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import type { Employed, StaffEventData } from '../structure/staff';

/** Both days included. */
export type Absence = { id: Uuid; userId: Uuid; from: LocalDate; until: LocalDate; deputyId: Uuid };

type Said = Omit<Absence, 'id'> & { absenceId: Uuid };

export type AbsenceEventData = {
  AbsenceSaid: Said;
  /** The whole image. `previousDeputyId`: who was to take over until then, when it is somebody else now. */
  AbsenceCorrected: Said & { previousDeputyId?: Uuid };
  /** Back before it was over. `until`: the last day that was; null: it had not begun. */
  AbsenceEnded: { absenceId: Uuid; userId: Uuid; deputyId: Uuid; until: LocalDate | null };
};

export const absenceWrites = { AbsenceSaid: 1, AbsenceCorrected: 1, AbsenceEnded: 1 } as const;

type Staffed = { readonly staff?: readonly Employed[]; readonly absences?: readonly Absence[] };

export const covers = ({ from, until }: Pick<Absence, 'from' | 'until'>, day: LocalDate): boolean =>
  from <= day && day <= until;

export const worksOn = ({ staff = [] }: Staffed, id: Uuid, day: LocalDate): boolean =>
  staff.some(({ userId, from, until }) => userId === id && from <= day && (until === null || day <= until));

export const isAway = ({ absences = [] }: Staffed, id: Uuid, day: LocalDate): boolean =>
  absences.some((absence) => absence.userId === id && covers(absence, day));

/** Who takes over that day: works there and is not away too; null: nobody. `deputy_of` says it in SQL. */
export function deputyOf(structure: Staffed, id: Uuid, day: LocalDate): Uuid | null {
  const absence = structure.absences?.find(({ userId, ...days }) => userId === id && covers(days, day));
  if (!absence || !worksOn(structure, id, day)) return null;
  return worksOn(structure, absence.deputyId, day) && !isAway(structure, absence.deputyId, day)
    ? absence.deputyId
    : null;
}

/** What is over is forgotten with the next absence: what every decision about the structure reads does not grow with its history. */
export function evolveAbsences(absences: readonly Absence[], event: EventOf<AbsenceEventData>): Absence[] {
  if (event.type === 'AbsenceEnded') {
    const { absenceId, until } = event.data;
    return absences.flatMap((one) => (one.id !== absenceId ? [one] : until === null ? [] : [{ ...one, until }]));
  }
  const { absenceId: id, userId, from, until, deputyId } = event.data;
  const said: Absence = { id, userId, from, until, deputyId };
  if (event.type === 'AbsenceCorrected') return absences.map((one) => (one.id === id ? said : one));
  const today = localDateOf(event.at);
  return [...absences.filter((one) => one.until >= today), said];
}

/** An absence ends with the last employment of whoever is away. @param staff as it is after the event */
export function absencesLeft(
  absences: readonly Absence[],
  staff: readonly Employed[],
  { data: { userId: left, until, atOnce } }: EventOf<Pick<StaffEventData, 'StaffLeft'>>,
): Absence[] {
  const remaining = staff.filter(({ userId }) => userId === left);
  if (remaining.some((employed) => employed.until === null)) return [...absences];
  const days = [...remaining.map((employed) => employed.until!), ...(atOnce ? [] : [until])].sort();
  const last = days.at(-1);
  return absences.flatMap((one) => {
    if (one.userId !== left) return [one];
    if (last === undefined || last < one.from) return [];
    return [last < one.until ? { ...one, until: last } : one];
  });
}

export interface AbsenceRow {
  id: Uuid;
  /** The structure. */
  case_id: Uuid;
  structure_id: Uuid;
  user_id: Uuid;
  deputy_id: Uuid;
  from_date: string;
  until_date: string;
  /** It never was: called off before it began, or its person has left. */
  ended: boolean;
}

/** The rows of what an event of an absence, or of somebody's leaving, has changed. */
export function absenceChanges(before: Staffed, after: Staffed, event: RecordEvent): Change[] {
  const [were = [], are = []] = [before.absences, after.absences];
  const row = ({ id, userId, from, until, deputyId }: Absence, ended: boolean): AbsenceRow => ({
    ...{ id, case_id: event.stream, structure_id: event.stream, user_id: userId, deputy_id: deputyId },
    ...{ from_date: from, until_date: until, ended },
  });
  const changed = are.filter((one) => !were.includes(one)).map((one) => row(one, false));
  const gone = event.type === 'AbsenceSaid' ? [] : were.filter(({ id }) => !are.some((one) => one.id === id));
  const rows = [...changed, ...gone.map((one) => row(one, true))];
  return rows.length > 0 ? [{ call: 'put_absence', rows }] : [];
}
