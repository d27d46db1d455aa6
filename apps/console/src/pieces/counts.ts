import type { Shape } from '../api/client';

type Counted = Shape<'CountResponse'>;

/** Together: exact as long as each of them is. */
export const together = (counts: readonly Counted[]): Counted => ({
  count: counts.reduce((sum, { count }) => sum + count, 0),
  more: counts.some(({ more }) => more),
});

/** `12`, `100+` */
export const upTo = ({ count, more }: Counted): string => `${count}${more ? '+' : ''}`;

/** `En cours (12)`, `En cours (100+)`; the label alone as long as it is not known how many there are. */
export const withCount = (label: string, counted: Counted | undefined): string =>
  counted ? `${label} (${upTo(counted)})` : label;
