import type { StatisticDimension } from '@fil-rouge/kernel';
import { type Cell, type Measured } from '../figure/figure';
import type { Told } from '../figure/figure.disclosure';
import { ofTheme } from './flow';
import { flowsPublished, inFives } from './flow.disclosure';

const cell = (measure: Measured, dimension: StatisticDimension | '', code: string, count: number): Cell => ({
  ...{ measure, dimension, code, count, minutes: 0, people: count },
});
const epciOf = (commune: string) => (commune === 'unknown' ? undefined : commune[0]);
const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
const some = (cells: readonly Cell[]) => cells.filter(({ count }) => count > 0);

/** Every world of so many cells whose total is at most that. */
function worlds(cells: number, most: number): number[][] {
  if (cells === 0) return [[]];
  return Array.from({ length: most + 1 }, (_, first) => first).flatMap((first) =>
    worlds(cells - 1, most - first).map((others) => [first, ...others]),
  );
}

const secrets = ['0123', '1230', '2301', '3012', '3210', '1032'];
const at = ({ measure, dimension, code }: Told | Cell): string => `${measure} ${dimension} ${code}`;

/** The attack: somebody who knows the rule, and every world there could be, looks which of them would have been told in just these words. Of nothing that is hidden may all of them say the same. */
function given(all: readonly number[][], cellsOf: (world: readonly number[]) => Cell[]): string[] {
  const told = new Map<string, Cell[][]>();
  for (const world of all) {
    const cells = some(cellsOf(world));
    const ways = secrets.map((secret) =>
      flowsPublished(cells, epciOf, ({ code }) => Number(secret[(code.codePointAt(code.length - 1) ?? 0) % 4])),
    );
    for (const said of new Set(ways.map((way) => JSON.stringify(way))))
      told.set(said, [...(told.get(said) ?? []), cells]);
  }
  return [...told].flatMap(([said, possible]) =>
    (JSON.parse(said) as Told[])
      .filter(({ count, code }) => count === null && code !== '*')
      .filter((hidden) => {
        const values = possible.map((cells) => cells.find((one) => at(one) === at(hidden))?.count);
        return new Set(values).size < 2;
      })
      .map((hidden) => `${at(hidden)} in ${said}`),
  );
}

/** Two reasons of a refusal, one of a return, one of a withdrawal; and where those live whom nobody took, all of one theme. */
const ends = ([full = 0, far = 0, back = 0, taken = 0]: readonly number[]): Cell[] => [
  cell('ended', '', '', full + far + back + taken),
  cell('ended', 'result', 'unhelped', full + far),
  cell('ended', 'result', 'returned', back),
  cell('ended', 'result', 'taken_back', taken),
  cell('ended', 'reason', 'unhelped.a', full),
  cell('ended', 'reason', 'unhelped.b', far),
  cell('ended', 'reason', 'returned.c', back),
  cell('ended', 'reason', 'taken_back.d', taken),
  cell('unhelped', '', '', full + far),
  cell('unhelped', 'theme', 'email', full + far),
  cell(ofTheme('email'), '', '', full + far),
  cell(ofTheme('email'), 'commune', 'A1', full),
  cell(ofTheme('email'), 'commune', 'A2', far),
];

describe('what is told of a quarter', () => {
  it('tells nothing of what it hides to who subtracts, and knows the rule', () => {
    expect(given(worlds(4, 16), ends)).toEqual([]);
    const pairs = (world: readonly number[]) => [
      cell('sent', '', '', sum(world)),
      ...world.map((count, pair) => cell('sent', 'pair', `a/${pair}`, count)),
    ];
    expect(given(worlds(3, 20), pairs)).toEqual([]);
  });

  it('says of what nobody took only what the ends say: hidden there, it is hidden with all of its places', () => {
    const few = flowsPublished(some(ends([4, 0, 9, 9])), epciOf, () => 0);
    expect(few.filter(({ measure }) => measure.startsWith('unhelped'))).toEqual([
      expect.objectContaining({ measure: 'unhelped', dimension: '', count: null }),
    ]);
    const told = flowsPublished(some(ends([9, 3, 9, 9])), epciOf, () => 0);
    expect(told.filter(({ measure }) => measure === 'unhelped/email')).toMatchObject([
      { dimension: '', count: 12 },
      { dimension: 'epci', code: 'A', count: 12 },
      { dimension: 'commune', code: 'A1', count: null },
      { dimension: 'commune', code: 'A2', count: null },
    ]);
  });

  it('tells those who are counted there fives, and not who asked whom', () => {
    const told = flowsPublished([cell('sent', '', '', 18), cell('sent', 'pair', 'a/b', 18)], epciOf, () => 0);
    expect(told.map(({ count }) => count)).toEqual([18, 18]);
    expect(inFives(told)).toMatchObject([{ dimension: '', count: 15 }]);
  });
});
