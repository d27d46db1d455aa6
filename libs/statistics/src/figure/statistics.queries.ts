import { Injectable } from '@nestjs/common';
import { localDateOf, type Instant } from '@fil-rouge/kernel';
import { Clock, instantOf, Reads, type Caller } from '@fil-rouge/platform';
import { epciOf } from '@fil-rouge/users';
import { withEpci, type Cell } from './figure';
import type { Told } from './figure.disclosure';
import { askedFor, isOwn, monthsOf, yearOf, type Asked } from './figure.period';
import { ownFigures, toldFigures } from './figure.view';
import { measures, notSummed } from './figure.words';
import { own, toldOfTerritory } from './figures.sql';
import type { StatisticFigure, StatisticsQuery, StatisticsResponse } from './statistics.dto';

interface Publication {
  unit: 'month' | 'year';
  start: string;
  counted_at: string;
  cells: Told[];
}

const audit = { action: 'statistics.read' };

/** Figures of a period: one's own are counted as they stand, those of several structures are what was told of their months. */
@Injectable()
export class StatisticsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  figures(caller: Caller, query: StatisticsQuery): Promise<StatisticsResponse> {
    const asked = askedFor(query, caller.session.role, localDateOf(this.clock.now()));
    return isOwn(asked.scope) ? this.own(caller, asked) : this.told(caller, asked);
  }

  private async own(caller: Caller, asked: Asked): Promise<StatisticsResponse> {
    const { scope, from, to } = asked;
    const [row] = await this.reads.rows<{ cells: Cell[] }>(
      caller,
      own,
      { mine: scope === 'mine', from, to },
      { audit },
    );
    return { scope, from, to, ...ownFigures(withEpci(row!.cells, epciOf)) };
  }

  private async told(caller: Caller, asked: Asked): Promise<StatisticsResponse> {
    const { scope, from, to } = asked;
    const year = yearOf(asked);
    const rows = await this.reads.rows<Publication>(
      caller,
      toldOfTerritory,
      { from, to, year: year ?? null },
      { audit },
    );
    const months = rows.filter(({ unit }) => unit === 'month');
    const figures = toldFigures(months.map(({ cells }) => cells));
    const wanted = monthsOf(asked).length;
    const ofYear = rows.find(({ unit }) => unit === 'year')?.cells;
    const missing = wanted - months.length;
    return {
      scope,
      from,
      to,
      ...(months.length > 0 ? { countedAt: oldestOf(months) } : {}),
      ...(missing > 0 ? { missingMonths: missing } : {}),
      ...figures,
      ...(wanted > 1 ? { people: peopleOf(ofYear) } : {}),
    };
  }
}

const oldestOf = (months: readonly Publication[]): Instant =>
  months.map(({ counted_at }) => instantOf(counted_at)).toSorted()[0]!;

/** People do not add up: who came in two months is one of them. */
function peopleOf(year: readonly Told[] | undefined): StatisticFigure {
  const count = year?.[0]?.count ?? null;
  const { label, definition } = measures.people;
  return { label, definition: `${definition} ${notSummed}`, ...(count === null ? {} : { count }), tables: [] };
}
