/** For which days somebody may ask how referrals went, and whose. Pure. */
import {
  addCalendarDays,
  addMonths,
  invalid,
  isStaff,
  type FlowSide,
  type LocalDate,
  type Role,
  type StatisticScope,
} from '@fil-rouge/kernel';
import { isOwn, most, notOfYourRole } from '../figure/figure.period';

/** A structure sees its own and the sums of all, a coordinator its territory, the State the network. */
const scopes: Readonly<Record<Role, readonly StatisticScope[]>> = {
  counsellor: ['structure', 'network'],
  manager: ['structure', 'network'],
  coordinator: ['territory'],
  administrator: ['network'],
  auditor: ['network'],
};

export interface FlowsAsked {
  readonly scope: StatisticScope;
  readonly side: FlowSide | undefined;
  readonly from: LocalDate;
  /** It counts. */
  readonly to: LocalDate;
}

export const firstOfQuarter = (day: LocalDate): LocalDate =>
  `${day.slice(0, 5)}${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;
const lastOfQuarter = (day: LocalDate): LocalDate => addCalendarDays(addMonths(firstOfQuarter(day), 3), -1);

interface Query {
  readonly scope?: StatisticScope;
  readonly side?: FlowSide;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

/** Problems: 422 for a scope of another role, a side of several structures, and days that are not answered. */
export function flowsAskedFor(query: Query, role: Role, today: LocalDate): FlowsAsked {
  const scope = query.scope ?? scopes[role][0]!;
  if (!scopes[role].includes(scope)) throw notOfYourRole();
  const own = isOwn(scope);
  if (!own && query.side !== undefined)
    throw invalid('?side', 'not-for-this-scope', 'Sums of several structures have no side. Leave `side` out.');
  const lastQuarter = addMonths(firstOfQuarter(today), -3);
  const from = query.from ?? firstOfQuarter(query.to ?? (own ? today : lastQuarter));
  const to = query.to ?? (own && from <= today ? today : lastOfQuarter(from < lastQuarter ? lastQuarter : from));
  if (to < from) throw invalid('?from', 'after-to', 'This begins after `to` has ended: nothing lies between.');
  if (to >= addMonths(from, most)) throw invalid('?to', 'too-long', `Ask for ${most} months at most.`);
  if (!own && (from !== firstOfQuarter(from) || to !== lastOfQuarter(to) || to >= firstOfQuarter(today)))
    throw invalid(
      '?to',
      'whole-quarters',
      'Referrals of several structures are told for whole quarters that are over: begin on the first day of a quarter and end on the last day of one.',
    );
  return { scope, side: own ? (query.side ?? 'sent') : undefined, from, to };
}

export const quartersOf = ({ from, to }: FlowsAsked): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 4 +
  Math.ceil(Number(to.slice(5, 7)) / 3) -
  Math.floor((Number(from.slice(5, 7)) - 1) / 3);

/** Who is one of those counted is told in fives. */
export const isPeer = (role: Role, scope: StatisticScope): boolean => isStaff({ role }) && !isOwn(scope);
