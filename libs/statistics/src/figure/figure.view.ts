/** The figures as they are shown: each with its words, tables without what did not occur. */
import { statisticDimensions, type StatisticDimension } from '@fil-rouge/kernel';
import { communeName, epciName } from '@fil-rouge/users';
import { dimensionsOf, measureValues, type Cell, type Measure } from './figure';
import { over, withheld, type Summed, type Told } from './figure.disclosure';
import { definitions, labelOf, measures, placeDefinition } from './figure.words';
import type { StatisticFigure, StatisticTable } from './statistics.dto';

type Figures = Readonly<Record<Measure, StatisticFigure>>;
type CountOf = (measure: Measure, dimension: StatisticDimension | '') => ReadonlyMap<string, Summed>;

export const placeName = (dimension: 'commune' | 'epci', code: string): string | undefined =>
  dimension === 'commune' ? communeName(code) : epciName(code);

/** Of one's own work: all of it. */
export const ownFigures = (cells: readonly Cell[]): Figures =>
  figuresOf((measure, dimension) => {
    const own = cells.filter((cell) => cell.measure === measure && cell.dimension === dimension);
    return new Map(own.map(({ code, count, minutes }) => [code, { count, minutes, maskedMonths: 0 }]));
  });

/** Of several structures: what was told of the months. */
export const toldFigures = (months: readonly (readonly Told[])[]): Figures =>
  figuresOf((measure, dimension) => over(months, measure, dimension));

const figuresOf = (countOf: CountOf): Figures =>
  Object.fromEntries(measureValues.map((measure) => [measure, figureOf(measure, countOf)])) as unknown as Figures;

function figureOf(measure: Measure, countOf: CountOf): StatisticFigure {
  const total = countOf(measure, '').get('') ?? { count: 0, minutes: 0, maskedMonths: 0 };
  const { minutes } = total;
  return {
    ...measures[measure],
    ...counted(total),
    ...(minutes > 0 ? { minutes } : {}),
    tables: dimensionsOf[measure]
      .map((dimension) => tableOf(measure, dimension, countOf(measure, dimension)))
      .filter(({ cells, maskedMonths }) => cells.length > 0 || maskedMonths !== undefined),
  };
}

function tableOf(measure: Measure, dimension: StatisticDimension, counts: ReadonlyMap<string, Summed>): StatisticTable {
  const isPlace = dimension === 'commune' || dimension === 'epci';
  const definition = isPlace ? placeDefinition(measure) : definitions[dimension];
  const masked = counts.get(withheld)?.maskedMonths ?? 0;
  return {
    dimension,
    label: statisticDimensions[dimension],
    ...(definition ? { definition } : {}),
    cells: [...counts]
      .filter(([code]) => code !== withheld)
      .map(([code, sum]) => ({ code, label: labelOf(dimension, code, placeName), ...counted(sum) }))
      .toSorted((one, other) => (other.count ?? 0) - (one.count ?? 0) || one.label.localeCompare(other.label, 'fr')),
    ...(masked > 0 ? { maskedMonths: masked } : {}),
  };
}

/** Nothing that is known of it, and something that is not: then nothing is said. */
export const counted = ({ count, maskedMonths }: Summed): { count?: number; maskedMonths?: number } => ({
  ...(count > 0 || maskedMonths === 0 ? { count } : {}),
  ...(maskedMonths > 0 ? { maskedMonths } : {}),
});
