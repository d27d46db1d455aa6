import type { StatisticDimension } from '@fil-rouge/kernel';
import type { Cell } from './figure';
import { withEpci } from './figure';
import { over, published, yearTold, type Told } from './figure.disclosure';

const cell = (dimension: StatisticDimension | '', code: string, count: number, people = count): Cell => ({
  ...{ measure: 'sessions', dimension, code, count, people },
  minutes: 60 * count,
});
/** Two groups of communes: A1, A2 … belong to A. */
const epciOf = (commune: string) => (commune === 'unknown' ? undefined : commune[0]);
const lot = ({ code }: Pick<Cell, 'code'>) => code.length;
const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

/** Every world of so many cells whose total is at most that. */
function worlds(cells: number, most: number): number[][] {
  if (cells === 0) return [[]];
  return Array.from({ length: most + 1 }, (_, first) => first).flatMap((first) =>
    worlds(cells - 1, most - first).map((others) => [first, ...others]),
  );
}

/**
 * The attack: somebody who knows the rule itself, and every world there could be, looks which of them would have been told in just these words. Of nothing that is hidden may all of them say the same.
 */
function given(all: readonly number[][], cellsOf: (world: readonly number[]) => Cell[]) {
  const told = new Map<string, Cell[][]>();
  for (const world of all) {
    const cells = cellsOf(world).filter(({ count }) => count > 0);
    // Nobody knows the secret: each of these may have been it.
    const ways = secrets.map((secret) =>
      published(cells, epciOf, ({ code }) => Number(secret[Number(code.at(-1)) || 0])),
    );
    for (const said of new Set(ways.map((way) => JSON.stringify(way))))
      told.set(said, [...(told.get(said) ?? []), cells]);
  }
  const found: string[] = [];
  for (const [said, possible] of told) {
    for (const { dimension, code, count } of JSON.parse(said) as Told[]) {
      if (count !== null || code === '*') continue;
      const values = new Set(
        possible.map((cells) => cells.find((one) => one.dimension === dimension && one.code === code)!.count),
      );
      if (values.size < 2) found.push(`${dimension}/${code} is ${[...values].join()} in ${said}`);
    }
  }
  return found;
}
const secrets = ['0123', '1230', '2301', '3012', '3210', '1032'];

describe('what is told of a month', () => {
  it('hides the few, and among others what they could be subtracted from', () => {
    const of = (counts: Record<string, number>) =>
      Object.fromEntries(
        published(
          [
            cell('', '', sum(Object.values(counts))),
            ...Object.entries(counts).map(([code, n]) => cell('place', code, n)),
          ],
          epciOf,
          lot,
        )
          .filter(({ dimension }) => dimension === 'place')
          .map(({ code, count }) => [code, count]),
      );
    expect(of({ domicile: 7, autre: 9 })).toEqual({ domicile: 7, autre: 9 });
    expect(of({ domicile: 3, autre: 9, lieu_activite: 20 })).toEqual({
      domicile: null,
      autre: null,
      lieu_activite: 20,
    });
    expect(of({ domicile: 1, autre: 1, lieu_activite: 20 })).toEqual({
      domicile: null,
      autre: null,
      lieu_activite: null,
    });
    expect(of({ domicile: 1, autre: 1, lieu_activite: 1, a_distance: 2 })).toEqual({ '*': null });
  });

  it('says nothing of fewer than five, and counts people: eight sessions may be one person’s', () => {
    expect(published([cell('', '', 4), cell('place', 'autre', 4)], epciOf, lot)).toEqual([
      expect.objectContaining({ dimension: '', count: null, minutes: null }),
    ]);
    expect(published([cell('', '', 8, 1)], epciOf, lot)).toEqual([expect.objectContaining({ count: null })]);
  });

  it('of several codes hides what is left of the total too', () => {
    const themes = published(
      [cell('', '', 20), cell('theme', 'email', 18), cell('theme', 'sante', 9), cell('theme', 'emploi', 20)],
      epciOf,
      lot,
    ).filter(({ dimension }) => dimension === 'theme');
    expect(themes.map(({ count }) => count)).toEqual([null, 9, 20]);
  });

  it('tells nothing of what it hides to who subtracts, and knows the rule: one table', () => {
    const places = (world: readonly number[]) => [
      cell('', '', sum(world)),
      ...world.map((count, place) => cell('place', `p${place}`, count)),
    ];
    expect(given(worlds(3, 24), places)).toEqual([]);
    expect(given(worlds(4, 18), places)).toEqual([]);
  });

  it('nor from communes and their EPCI', () => {
    const communes = (world: readonly number[]) =>
      withEpci(
        [cell('', '', sum(world)), ...world.map((n, at) => cell('commune', ['A1', 'A2', 'B1', 'B2'][at]!, n))].filter(
          ({ count }) => count > 0,
        ),
        epciOf,
      );
    expect(given(worlds(4, 20), communes)).toEqual([]);
  });
});

describe('what is told of a period', () => {
  const months = [
    published([cell('', '', 20), cell('place', 'autre', 12), cell('place', 'domicile', 8)], epciOf, lot),
    published([cell('', '', 20), cell('place', 'autre', 17), cell('place', 'domicile', 3)], epciOf, lot),
    published([cell('', '', 3), cell('place', 'autre', 3)], epciOf, lot),
  ];
  const places = (from: number, until: number) => over(months.slice(from, until), 'sessions', 'place');

  it('is what its months say, and no difference of two of them is more', () => {
    expect(places(0, 1).get('domicile')).toMatchObject({ count: 8, maskedMonths: 0 });
    expect(places(0, 2).get('domicile')).toMatchObject({ count: 8, maskedMonths: 1 });
    expect(places(0, 3).get('domicile')).toMatchObject({ count: 8, maskedMonths: 2 });
    expect(over(months, 'sessions', '').get('')).toMatchObject({ count: 40, maskedMonths: 1 });
  });

  it('for people a year at most, and only if that does not tell a month', () => {
    expect(yearTold(30, [20, 25, null])).toBe(30);
    expect(yearTold(24, [20, 0, null])).toBeNull();
    expect([yearTold(3, [null]), yearTold(0, []), yearTold(12, [12])]).toEqual([null, 0, 12]);
  });
});
