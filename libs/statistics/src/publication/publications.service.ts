import { Injectable } from '@nestjs/common';
import { addMonths, atParis, localDateOf, type Instant, type Json, type LocalDate } from '@fil-rouge/kernel';
import { Chore, Clock, Database, Sealing, type Transaction } from '@fil-rouge/platform';
import { epciOf } from '@fil-rouge/users';
import { withEpci, type Cell } from '../figure/figure';
import { published, yearTold, type Told } from '../figure/figure.disclosure';
import { flowsPublished, inFives } from '../flow/flow.disclosure';
import { flowsOfTerritory } from '../flow/flows.sql';
import { ofTerritory, peopleOfTerritory } from '../figure/figures.sql';

/** What is told reaches so far back; sessions may be recorded as late as that. */
const months = 24;
interface Due {
  readonly territory: string;
  readonly unit: 'month' | 'quarter' | 'year';
  readonly start: LocalDate;
}

/** Months before years, which ask them. Not before the night's recount of this month. A quarter is told once: it is counted by the days on which steps were taken, and nothing of it comes later. */
const nextDue = `
  with territory(list) as (select '*' union select array_to_string(territory, ',') from employment where role = 'coordinator' and not ended and territory is not null),
  period(unit, start) as (
    select 'month', m::date from generate_series($1::date - interval '${months} months', $1::date - interval '1 month', '1 month') m
    union all select 'quarter', q::date from generate_series(date_trunc('quarter', $1::date) - interval '${months} months', date_trunc('quarter', $1::date) - interval '3 months', '3 months') q
    union all select 'year', (date_trunc('year', $1::date) - interval '1 year')::date
  )
  select t.list as territory, p.unit, p.start::text from (select list, null as only from territory union all select 'peers', 'quarter') t join period p on p.unit = coalesce(t.only, p.unit)
  left join statistics_publication x on x.scope = md5(t.list) and x.unit = p.unit and x.start = p.start
  where (x.counted_at is null or (x.counted_at < $2 and p.unit <> 'quarter')) and exists (select from statistics_recount where day >= $1::date)
  order by p.unit, p.start desc, t.list limit 1`;

/** One worker at a time. */
const alone = `select pg_try_advisory_xact_lock(hashtextextended('publications', 13)) as mine`;

const monthsTold = `
  select cells from statistics_publication where unit = 'month' and start >= $1::date and start < $2::date and scope = md5($3)`;

const put = `
  insert into statistics_publication (scope, unit, start, counted_at, cells) values (md5($1), $2, $3, $4, $5)
  on conflict (scope, unit, start) do update set counted_at = excluded.counted_at, cells = excluded.cells`;

/** Tells each territory, in the first night of a month, what was done in the months that are over: one of them per tick. Until the next first night nothing of it moves. */
@Injectable()
export class Publications extends Chore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sealing: Sealing,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction((transaction) => this.publishNext(transaction, now));
  }

  private async publishNext(transaction: Transaction, now: Instant): Promise<void> {
    const month = `${localDateOf(now).slice(0, 7)}-01`;
    const [{ mine }] = (await transaction.query<{ mine: boolean }>(alone)) as [{ mine: boolean }];
    if (!mine) return;
    const [due] = await transaction.query<Due & Record<string, string>>(nextDue, [month, atParis(month, '00:00')]);
    if (!due) return;
    const { territory, unit, start } = due;
    const { length, tell } = this.units[unit];
    const told = await tell(transaction, due, addMonths(start, length));
    await transaction.query(put, [territory, unit, start, now, JSON.stringify(told as unknown as Json)]);
  }

  private readonly units = {
    month: { length: 1, tell: this.ofMonth.bind(this) },
    quarter: { length: 3, tell: this.ofQuarter.bind(this) },
    year: { length: 12, tell: this.ofYear.bind(this) },
  };

  /** Nobody without the key can tell it. */
  private lot(
    { territory, start }: Due,
    { measure, dimension, code }: Pick<Cell, 'measure' | 'dimension' | 'code'>,
  ): number {
    return Number.parseInt(
      this.sealing.token('statistics', [territory, start, measure, dimension, code].join(' ')).slice(0, 8),
      16,
    );
  }

  private async ofMonth(transaction: Transaction, due: Due, until: LocalDate): Promise<Told[]> {
    const [counted] = await transaction.query<{ cells: Cell[] }>(ofTerritory, [due.start, until, due.territory]);
    return published(withEpci(counted!.cells, epciOf), epciOf, (cell) => this.lot(due, cell));
  }

  private async ofQuarter(transaction: Transaction, due: Due, until: LocalDate): Promise<Told[]> {
    const peers = due.territory === 'peers';
    const whole = peers ? { ...due, territory: '*' } : due;
    const [counted] = await transaction.query<{ cells: Cell[] }>(flowsOfTerritory, [due.start, until, whole.territory]);
    const told = flowsPublished(counted!.cells, epciOf, (cell) => this.lot(whole, cell));
    return peers ? inFives(told) : told;
  }

  private async ofYear(transaction: Transaction, { start, territory }: Due, until: LocalDate): Promise<Told[]> {
    const [counted] = await transaction.query<{ people: number }>(peopleOfTerritory, [start, until, territory]);
    const months = await transaction.query<{ cells: Told[] }>(monthsTold, [start, until, territory]);
    const count = yearTold(
      counted!.people,
      months.map(({ cells }) => peopleOf(cells)),
    );
    return [{ measure: 'people', dimension: '', code: '', count, minutes: null }];
  }
}

/** Null: hidden. */
function peopleOf(cells: readonly Told[]): number | null {
  const total = cells.find(({ measure, dimension }) => measure === 'people' && dimension === '');
  return total ? total.count : 0;
}
