/**
 * READ FIRST: what went from one structure to another, in numbers. A *flow* is one step of one referral (`sent`, `answered`, `ended`) or the end of a handover, on its day, as one *side* may know it:
 * `whole` as it was, for what is told of several structures; `sent` and `received` as that structure sees it, and no more once its part is over. Each step is counted on the day it was taken,
 * so that what is told of a period that is over stays as it is. Pure.
 */
import { type referralResults, type StatisticDimension } from '@fil-rouge/kernel';
import { flowMeasureValues, type Cell, type FlowMeasure, type Measured } from '../figure/figure';

export { flowMeasureValues, type FlowMeasure };

/** Which tables a figure has. */
export const flowDimensions: Readonly<Record<FlowMeasure, readonly StatisticDimension[]>> = {
  sent: ['pair', 'theme'],
  answered: ['asked'],
  ended: ['result', 'reason'],
  unhelped: ['theme'],
  handovers: ['handover_kind', 'handover_status'],
};

/** Of one theme that nobody took: where those live who needed it. */
export const ofTheme = (theme: string): Measured => `unhelped/${theme}`;
export const themesOf = (cells: readonly Pick<Cell, 'measure'>[]): string[] => [
  ...new Set(cells.flatMap(({ measure }) => (measure.startsWith('unhelped/') ? [measure.slice(9)] : []))),
];

/** What a code of an inner table belongs to: `unhelped.no_capacity`. */
export const outerOf = (code: string): string => code.split('.')[0]!;
export const innerOf = (code: string): string => code.slice(outerOf(code).length + 1);

/** By which word an end is counted. */
export const resultOf: Readonly<Record<string, keyof typeof referralResults>> = {
  completed: 'answered',
  declined: 'unhelped',
  expired: 'unhelped',
  returned: 'returned',
  withdrawn: 'taken_back',
  cancelled: 'taken_back',
};
