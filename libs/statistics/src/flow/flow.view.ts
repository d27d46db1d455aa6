/** The figures of referrals and handovers as they are shown: each with its words, tables without what did not occur. */
import { statisticDimensions, type FlowSide, type StatisticDimension } from '@fil-rouge/kernel';
import type { Cell, Measured } from '../figure/figure';
import { over, withheld, type Summed, type Told } from '../figure/figure.disclosure';
import { counted, placeName } from '../figure/figure.view';
import { labelOf } from '../figure/figure.words';
import type { StatisticCell, StatisticTable } from '../figure/statistics.dto';
import type { ContinuityResponse, FlowGap } from './continuity.dto';
import { flowDimensions, flowMeasureValues, ofTheme, themesOf, type FlowMeasure } from './flow';
import { flowLabel, flowWords, gapDefinition, notTimed, tablesOfSide } from './flow.words';

export type Names = Readonly<Record<string, string>>;
type Figures = Pick<ContinuityResponse, FlowMeasure | 'gaps'>;
type Timed = Pick<Cell, 'measure' | 'dimension' | 'code' | 'median' | 'ninety'>;

interface Source {
  readonly themes: readonly string[];
  readonly names: Names;
  readonly side?: FlowSide;
  /** Of one quarter, or of one's own: days of two do not add up. */
  readonly timed?: readonly Timed[];
  readonly countOf: (measure: Measured, dimension: StatisticDimension | '') => ReadonlyMap<string, Summed>;
}

/** Of one's own structure: all of it. */
export const ownFlowFigures = (cells: readonly Cell[], names: Names, side: FlowSide): Figures =>
  figuresOf({
    ...{ names, side, themes: themesOf(cells), timed: cells },
    countOf: (measure, dimension) =>
      new Map(
        cells
          .filter((cell) => cell.measure === measure && cell.dimension === dimension)
          .map(({ code, count }) => [code, { count, minutes: 0, maskedMonths: 0 }]),
      ),
  });

/** Of several structures: what was told of the quarters. */
export const toldFlowFigures = (quarters: readonly (readonly Told[])[], names: Names): Figures =>
  figuresOf({
    ...{ names, themes: themesOf(quarters.flat()) },
    ...(quarters.length === 1 ? { timed: quarters[0]! } : {}),
    countOf: (measure, dimension) => over(quarters, measure, dimension),
  });

function figuresOf(source: Source): Figures {
  const figures = Object.fromEntries(
    flowMeasureValues.map((measure) => [measure, figureOf(measure, source)]),
  ) as unknown as Omit<Figures, 'gaps'>;
  return { ...figures, gaps: source.themes.map((theme) => gapOf(theme, source)).toSorted(mostFirst) };
}

const nothing: Summed = { count: 0, minutes: 0, maskedMonths: 0 };
const mostFirst = (one: { count?: number; label: string }, other: { count?: number; label: string }): number =>
  (other.count ?? 0) - (one.count ?? 0) || one.label.localeCompare(other.label, 'fr');

function figureOf(measure: FlowMeasure, source: Source) {
  const { label, definition } = flowWords[measure];
  const isUntimed = measure === 'answered' && !source.timed;
  return {
    label,
    definition: isUntimed ? `${definition} ${notTimed}` : definition,
    ...counted(source.countOf(measure, '').get('') ?? nothing),
    ...daysOf(measure, '', '', source),
    tables: flowDimensions[measure]
      .filter((dimension) => tablesOfSide(source.side, dimension))
      .map((dimension) => tableOf(measure, dimension, source))
      .filter(isSaid),
  };
}

function gapOf(theme: string, source: Source): FlowGap {
  const measure = ofTheme(theme);
  return {
    theme,
    label: flowLabel('theme', theme, source.names),
    definition: gapDefinition,
    ...counted(source.countOf(measure, '').get('') ?? nothing),
    tables: (['epci', 'commune'] as const).map((dimension) => tableOf(measure, dimension, source)).filter(isSaid),
  };
}

const isSaid = ({ cells, maskedMonths }: StatisticTable): boolean => cells.length > 0 || maskedMonths !== undefined;

function tableOf(measure: Measured, dimension: StatisticDimension, source: Source): StatisticTable {
  const counts = source.countOf(measure, dimension);
  const masked = counts.get(withheld)?.maskedMonths ?? 0;
  const isPlace = dimension === 'epci' || dimension === 'commune';
  return {
    dimension,
    label: statisticDimensions[dimension],
    cells: [...counts]
      .filter(([code]) => code !== withheld)
      .map(([code, sum]): StatisticCell => ({
        code,
        label: isPlace ? labelOf(dimension, code, placeName) : flowLabel(dimension, code, source.names),
        ...counted(sum),
        ...(sum.maskedMonths === 0 ? daysOf(measure, dimension, code, source) : {}),
      }))
      .toSorted(mostFirst),
    ...(masked > 0 ? { maskedMonths: masked } : {}),
  };
}

function daysOf(measure: Measured, dimension: string, code: string, { timed }: Source) {
  if (measure !== 'answered') return {};
  const cell = timed?.find((one) => one.measure === measure && one.dimension === dimension && one.code === code);
  const { median, ninety } = cell ?? {};
  return typeof median === 'number' && typeof ninety === 'number' ? { medianDays: median, ninetyDays: ninety } : {};
}
