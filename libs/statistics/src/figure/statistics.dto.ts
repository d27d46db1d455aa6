import { statisticDimensionValues, statisticScopeValues, type StatisticScope } from '@fil-rouge/kernel';
import { Code, Day, Optional } from '@fil-rouge/platform';
import { IsIn } from 'class-validator';

export class StatisticsQuery {
  /** Whose work: mine or structure (who follows residents), territory (a coordinator), network (an administrator, an auditor). The first of them that your role may ask for when it is left out. */
  @Optional()
  @IsIn(statisticScopeValues)
  scope?: StatisticScope;

  /** From this day on; the first day of this month when it is left out. Of a territory or the network the first day of a month, of the last one that is over when it is left out. */
  @Optional()
  @Day()
  from?: string;

  /** Up to this day, which counts; today when it is left out. Of a territory or the network the last day of a month that is over. */
  @Optional()
  @Day()
  to?: string;
}

export class StatisticCell {
  /** Of the vocabulary, a commune (INSEE), an EPCI (SIREN), a structure or two of them (`from/to`), a code within another one (`unhelped.no_capacity`), or `unknown`. */
  code!: string;
  label!: string;
  /** Absent: it is not told, because it is fewer than five or because such a number would follow from it. With `maskedMonths` it is at least that. */
  count?: number;
  /** In so many months, or quarters, of the period nothing is told of it. */
  maskedMonths?: number;
  /** Of answers to referrals: half of them came within so many days. Told of one quarter, or of your own structure. */
  medianDays?: number;
  /** And nine of ten. */
  ninetyDays?: number;
}

export class StatisticTable {
  @Code(statisticDimensionValues)
  dimension!: string;
  label!: string;
  definition?: string;
  /** Most first. What is not listed did not occur, unless `maskedMonths` says that something is not told. */
  cells!: StatisticCell[];
  /** In so many months of the period something of this table is not told at all. */
  maskedMonths?: number;
}

export class StatisticFigure {
  label!: string;
  definition!: string;
  /** Absent: it is not told. With `maskedMonths` it is at least that. */
  count?: number;
  maskedMonths?: number;
  /** Of sessions and workshops: how long they took together. */
  minutes?: number;
  tables!: StatisticTable[];
  /** Of answers to referrals: half of them came within so many days. Told of one quarter, or of your own structure. */
  medianDays?: number;
  /** And nine of ten. */
  ninetyDays?: number;
}

export class StatisticsResponse {
  @Code(statisticScopeValues)
  scope!: string;
  from!: string;
  to!: string;
  /** Of a territory or the network: when the oldest of its months was counted. Absent for your own, which is counted as it stands. */
  countedAt?: string;
  /** Months of the period that have not been counted yet: nothing of them is in the figures. */
  missingMonths?: number;
  people!: StatisticFigure;
  sessions!: StatisticFigure;
  anonymousSessions!: StatisticFigure;
  workshops!: StatisticFigure;
  participations!: StatisticFigure;
  anonymousParticipations!: StatisticFigure;
}
