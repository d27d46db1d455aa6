/**
 * What may be told to who is not the structure itself: no number that is about fewer than five people, and none from which such a number follows. A table is published for one month and never
 * for two that overlap: a longer period says what its months say (`over`), so that no difference of two periods tells more than they do. Pure.
 */
import type { StatisticDimension } from '@fil-rouge/kernel';
import { dimensionsOf, measureValues, severalCodes, unknown, type Cell, type Measured } from './figure';

const fewest = 5;
type EpciOf = (commune: string) => string | undefined;
/** Instead of a code: of this table there is something that is not said. */
export const withheld = '*';

/** A cell as it is told: the count is null where it is hidden. */
export interface Told {
  readonly measure: Measured;
  readonly dimension: StatisticDimension | '';
  readonly code: string;
  readonly count: number | null;
  readonly minutes: number | null;
  readonly median?: number | null;
  readonly ninety?: number | null;
}

export const isFew = ({ count, people }: Pick<Cell, 'count' | 'people'>): boolean =>
  count > 0 && Math.min(count, people) < fewest;
const sumOf = (cells: readonly Cell[]): number => cells.reduce((sum, { count }) => sum + count, 0);

/**
 * In which order others are hidden beside the few: a secret one. Were it always the smallest, whoever knows the rule would subtract from what it had chosen otherwise. The same each time, or two
 * tellings of one month would tell more than one.
 */
export type Lot = (cell: Pick<Cell, 'measure' | 'dimension' | 'code'>) => number;
const byLot =
  (lot: Lot) =>
  (one: Cell, other: Cell): number =>
    lot(one) - lot(other);

/** Their sum is known, and each of them may still be anything from 1 to 4 or more. */
const isSafe = (hidden: readonly Cell[]): boolean => hidden.length > 1 && sumOf(hidden) - hidden.length >= fewest - 2;

/** The cells that are hidden of some whose sum is told: the few, and others beside them until nothing can be subtracted. Undefined: there are not enough to hide them among. */
export function hiddenOf(cells: readonly Cell[], lot: Lot): readonly Cell[] | undefined {
  const hidden = cells.filter(isFew);
  const rest = cells.filter((cell) => !isFew(cell)).toSorted(byLot(lot));
  while (hidden.length > 0 && !isSafe(hidden)) {
    const next = rest.shift();
    if (!next) return undefined;
    hidden.push(next);
  }
  return hidden;
}

/** Where one fact has several codes, what a cell leaves of the total is told by it too; and each fact has at least one of them. */
export function hiddenOfSeveral(cells: readonly Cell[], total: Cell, lot: Lot): readonly Cell[] {
  const leavesFew = ({ count }: Cell): boolean => total.count - count > 0 && total.count - count < fewest;
  const hidden = cells.filter((cell) => isFew(cell) || leavesFew(cell));
  const shown = cells.filter((cell) => !hidden.includes(cell)).toSorted(byLot(lot));
  const follows = hidden.length === 1 && total.count - sumOf(shown) > 1;
  return follows ? [...hidden, ...shown.slice(0, 1)] : hidden;
}

export const shown = ({ people: _, ...cell }: Cell): Told => cell;
export const masked = ({ measure, dimension, code }: Pick<Cell, 'measure' | 'dimension' | 'code'>): Told => ({
  ...{ measure, dimension, code },
  count: null,
  minutes: null,
});
export const told = (cells: readonly Cell[], hidden: readonly Cell[]): Told[] =>
  cells.map((cell) => (hidden.includes(cell) ? masked(cell) : shown(cell)));
export const nothingOf = (measure: Measured, dimension: StatisticDimension): Told =>
  masked({ measure, dimension, code: withheld });

/** What is told of one month's cells. */
export function published(cells: readonly Cell[], epciOf: EpciOf, lot: Lot): Told[] {
  return measureValues.flatMap((measure) => {
    const own = cells.filter((cell) => cell.measure === measure);
    const total = own.find(({ dimension }) => dimension === '');
    if (!total || total.count === 0) return [];
    if (isFew(total)) return [masked(total)];
    const by = (dimension: StatisticDimension): Cell[] => own.filter((cell) => cell.dimension === dimension);
    const tables = dimensionsOf[measure].filter((dimension) => dimension !== 'epci' && dimension !== 'commune');
    return [
      shown(total),
      ...tables.flatMap((dimension): Told[] => {
        const hidden = severalCodes.includes(dimension)
          ? hiddenOfSeveral(by(dimension), total, lot)
          : hiddenOf(by(dimension), lot);
        return hidden ? told(by(dimension), hidden) : [nothingOf(measure, dimension)];
      }),
      ...placesTold(measure, by('epci'), by('commune'), epciOf, lot),
    ];
  });
}

/** Communes add up to their EPCI, and these to the total: a commune is hidden among those of its EPCI, or goes with all of them. */
export const placesTold = (
  measure: Measured,
  groups: readonly Cell[],
  communes: readonly Cell[],
  epciOf: EpciOf,
  lot: Lot,
): Told[] => nested([measure, 'epci', 'commune'], groups, communes, (commune) => epciOf(commune) ?? unknown, lot);

type Nested = readonly [Measured, outer: StatisticDimension, inner: StatisticDimension];

/** Cells that add up to groups, and these to the total: a cell is hidden among those of its group, or goes with all of them. */
export function nested(
  [measure, outer, inner]: Nested,
  groups: readonly Cell[],
  cells: readonly Cell[],
  groupOf: (code: string) => string,
  lot: Lot,
): Told[] {
  if (groups.length === 0) return [];
  const hiddenGroups = hiddenOf(groups, lot);
  if (!hiddenGroups) return [nothingOf(measure, outer), nothingOf(measure, inner)];
  let some = hiddenGroups.length > 0;
  const within = groups
    .filter((group) => !hiddenGroups.includes(group))
    .flatMap((group) => {
      const members = cells.filter(({ code }) => groupOf(code) === group.code);
      const hidden = hiddenOf(members, lot);
      if (hidden) return told(members, hidden);
      some = true;
      return [];
    });
  return [...told(groups, hiddenGroups), ...within, ...(some ? [nothingOf(measure, inner)] : [])];
}

/** Of a calendar year how many people were followed in it: only when it does not tell more of a hidden month than that it is hidden. */
export function yearTold(people: number, months: readonly (number | null)[]): number | null {
  const hidden = months.filter((count) => count === null).length;
  const known = months.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return people > 0 && (people < fewest || (hidden > 0 && people - known > hidden)) ? null : people;
}

/** What a period says: the sum of what its months say, and of how many of them nothing is said. */
export interface Summed {
  readonly count: number;
  readonly minutes: number;
  readonly maskedMonths: number;
}

export function over(
  months: readonly (readonly Told[])[],
  measure: Measured,
  dimension: StatisticDimension | '',
): Map<string, Summed> {
  const tables = months.map((cells) => ({
    cells: new Map(
      cells.filter((cell) => cell.measure === measure && cell.dimension === dimension).map((cell) => [cell.code, cell]),
    ),
    silent: cells.some((cell) => cell.measure === measure && cell.dimension === '' && cell.count === null),
  }));
  const codes = new Set(tables.flatMap(({ cells }) => [...cells.keys()]));
  if (tables.some(({ silent }) => silent)) codes.add(dimension === '' ? '' : withheld);
  return new Map(
    [...codes].map((code) => {
      const said = tables.map(({ cells, silent }) => {
        const cell = cells.get(code);
        return cell ?? (silent || cells.has(withheld) ? null : undefined);
      });
      return [
        code,
        {
          count: said.reduce((sum, cell) => sum + (cell?.count ?? 0), 0),
          minutes: said.reduce((sum, cell) => sum + (cell?.minutes ?? 0), 0),
          maskedMonths: said.filter((cell) => cell === null || (cell !== undefined && cell.count === null)).length,
        },
      ];
    }),
  );
}
