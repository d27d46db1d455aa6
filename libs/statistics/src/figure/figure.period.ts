/** For which days somebody may ask, and about whose work. Pure. */
import {
  addCalendarDays,
  addMonths,
  invalid,
  type LocalDate,
  type Problem,
  type Role,
  type StatisticScope,
} from '@fil-rouge/kernel';

export interface Asked {
  readonly scope: StatisticScope;
  readonly from: LocalDate;
  /** It counts. */
  readonly to: LocalDate;
}

/** Who follows residents asks of its own work, who watches of sums; the first is what a role asks for without saying. */
const scopes: Readonly<Record<Role, readonly StatisticScope[]>> = {
  counsellor: ['mine', 'structure'],
  manager: ['structure', 'mine'],
  coordinator: ['territory'],
  administrator: ['network'],
  auditor: ['network'],
};
export const scopesOf = (role: Role): readonly StatisticScope[] => scopes[role];

/** Months at once. */
export const most = 24;

export const firstOfMonth = (day: LocalDate): LocalDate => `${day.slice(0, 7)}-01`;
const lastOfMonth = (day: LocalDate): LocalDate => addCalendarDays(addMonths(firstOfMonth(day), 1), -1);
export const isOwn = (scope: StatisticScope): boolean => scope === 'mine' || scope === 'structure';

export const notOfYourRole = (): Problem =>
  invalid('?scope', 'not-for-your-role', 'Your role does not see the statistics of this scope. Leave `scope` out.');

/** Problems: 422 for a scope of another role, and for days that are not answered. */
export function askedFor(
  query: { readonly scope?: StatisticScope; readonly from?: LocalDate; readonly to?: LocalDate },
  role: Role,
  today: LocalDate,
): Asked {
  const scope = query.scope ?? scopesOf(role)[0]!;
  if (!scopesOf(role).includes(scope)) throw notOfYourRole();
  const lastMonth = addMonths(firstOfMonth(today), -1);
  const from = query.from ?? firstOfMonth(query.to ?? (isOwn(scope) ? today : lastMonth));
  const to = query.to ?? (isOwn(scope) && from <= today ? today : lastOfMonth(from < lastMonth ? lastMonth : from));
  if (to < from) throw invalid('?from', 'after-to', 'This begins after `to` has ended: nothing lies between.');
  if (to >= addMonths(from, most)) throw invalid('?to', 'too-long', `Ask for ${most} months at most.`);
  if (!isOwn(scope) && (from !== firstOfMonth(from) || to !== lastOfMonth(to) || to >= firstOfMonth(today)))
    throw invalid(
      '?to',
      'whole-months',
      'Sums of several structures are told for whole months that are over: begin on the first day of a month and end on the last day of one.',
    );
  return { scope, from, to };
}

/** The first days of the months of a period. */
export function monthsOf({ from, to }: Asked): LocalDate[] {
  const months: LocalDate[] = [];
  for (let month = firstOfMonth(from); month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** The first day of the calendar year that a period is, exactly. */
export const yearOf = ({ from, to }: Asked): LocalDate | undefined =>
  from.endsWith('-01-01') && to === addCalendarDays(addMonths(from, 12), -1) ? from : undefined;
