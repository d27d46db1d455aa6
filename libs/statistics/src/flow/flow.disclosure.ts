/** What may be told of a quarter's flows to who is not the structure itself, by the rules of `figure.disclosure.ts`: tables that add up to the same total are hidden together, and nothing is told twice over. Pure. */
import { unknown, type Cell, type Measured } from '../figure/figure';
import {
  hiddenOf,
  hiddenOfSeveral,
  isFew,
  masked,
  nested,
  nothingOf,
  placesTold,
  shown,
  told,
  type Lot,
  type Told,
} from '../figure/figure.disclosure';
import { flowMeasureValues, ofTheme, outerOf, type FlowMeasure } from './flow';

type EpciOf = (commune: string) => string | undefined;
type TablesOf = (total: Cell, by: (dimension: Cell['dimension']) => Cell[]) => Told[];

/** What is told of one quarter's cells. */
export function flowsPublished(cells: readonly Cell[], epciOf: EpciOf, lot: Lot): Told[] {
  const of = (measure: Measured) => (dimension: Cell['dimension']) =>
    cells.filter((cell) => cell.measure === measure && cell.dimension === dimension);
  const flat = (measure: FlowMeasure, dimension: 'pair' | 'asked', counted: readonly Cell[]): Told[] => {
    const hidden = hiddenOf(counted, lot);
    return hidden ? told(counted, hidden) : [nothingOf(measure, dimension)];
  };
  const themed = (total: Cell, counted: readonly Cell[]) => told(counted, hiddenOfSeveral(counted, total, lot));
  const tables: Readonly<Record<FlowMeasure, TablesOf>> = {
    sent: (total, by) => [...flat('sent', 'pair', by('pair')), ...themed(total, by('theme'))],
    answered: (_, by) => flat('answered', 'asked', by('asked')),
    ended: (_, by) => nested(['ended', 'result', 'reason'], by('result'), by('reason'), outerOf, lot),
    handovers: (_, by) =>
      nested(
        ['handovers', 'handover_kind', 'handover_status'],
        by('handover_kind'),
        by('handover_status'),
        outerOf,
        lot,
      ),
    unhelped: (total, by) => {
      const themes = themed(total, by('theme'));
      return [
        ...themes,
        ...themes
          .filter(({ count }) => count !== null)
          .flatMap(({ code }) => {
            const places = of(ofTheme(code));
            const own = places('')[0]!;
            const groups = byEpci(places('commune'), epciOf);
            return [shown(own), ...placesTold(own.measure, groups, places('commune'), epciOf, lot)];
          }),
      ];
    },
  };
  const said = new Map<FlowMeasure, Told[]>();
  for (const measure of flowMeasureValues) {
    const by = of(measure);
    const [total] = by('');
    if (!total) continue;
    // How many were not helped stands among the ends: hidden there, it is not said here.
    const isHidden =
      measure === 'unhelped' &&
      !said
        .get('ended')
        ?.some(({ dimension, code, count }) => dimension === 'result' && code === 'unhelped' && count !== null);
    said.set(measure, isFew(total) || isHidden ? [masked(total)] : [shown(total), ...tables[measure](total, by)]);
  }
  return [...said.values()].flat();
}

/** Everybody lives in one commune: people add up, too. */
function byEpci(communes: readonly Cell[], epciOf: EpciOf): Cell[] {
  const groups = new Map<string, Cell>();
  for (const cell of communes) {
    const code = epciOf(cell.code) ?? unknown;
    const { count = 0, people = 0 } = groups.get(code) ?? {};
    groups.set(code, { ...cell, dimension: 'epci', code, count: count + cell.count, people: people + cell.people });
  }
  return [...groups.values()];
}

const five = 5;

/** The sums of the network for who is one of those counted: in fives, or whoever subtracts its own would learn of the few of others; and not who asked whom. */
export const inFives = (cells: readonly Told[]): Told[] =>
  cells
    .filter(({ dimension }) => dimension !== 'pair' && dimension !== 'asked')
    .map((cell) => ({ ...cell, count: cell.count === null ? null : cell.count - (cell.count % five) }));
