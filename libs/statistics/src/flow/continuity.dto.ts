import {
  flowSideValues,
  statisticScopeValues,
  themeValues,
  type FlowSide,
  type StatisticScope,
} from '@fil-rouge/kernel';
import { Code, Day, Optional } from '@fil-rouge/platform';
import { IsIn } from 'class-validator';
import { StatisticFigure } from '../figure/statistics.dto';

export class ContinuityQuery {
  /** Whose: structure or, in fives, network (who follows residents), territory (a coordinator), network (an administrator, an auditor). The first of them that your role may ask for when it is left out. */
  @Optional()
  @IsIn(statisticScopeValues)
  scope?: StatisticScope;

  /** Of your structure: what it asked of others (sent, when it is left out), or what it was asked (received). */
  @Optional()
  @IsIn(flowSideValues)
  side?: FlowSide;

  /** From this day on; the first day of this quarter when it is left out. Of a territory or the network the first day of a quarter, of the last one that is over when it is left out. */
  @Optional()
  @Day()
  from?: string;

  /** Up to this day, which counts; today when it is left out. Of a territory or the network the last day of a quarter that is over. */
  @Optional()
  @Day()
  to?: string;
}

/** Open now. */
export class OpenCounts {
  /** Referrals that were sent and have no end yet. */
  open!: number;
  /** Of them, not answered yet. */
  waiting!: number;
  /** Of those, late. */
  late!: number;
  /** Accepted, and no first session yet. */
  unstarted!: number;
  /** Handovers that are not answered yet. */
  handovers!: number;
  /** The day on which the oldest of these referrals was sent. */
  oldest?: string;
}

export class StructureWaitedFor {
  id!: string;
  name!: string;
}

export class OpenAtStructure extends OpenCounts {
  /** Which has to act. */
  structure!: StructureWaitedFor;
}

export class ContinuityNow {
  /** Open follow-ups that nobody leads: there must be none. For who watches alone. */
  withoutLead?: number;
  total!: OpenCounts;
  /** Those with what is late first; two hundred at most. */
  byStructure!: OpenAtStructure[];
  /** There are more than are counted here: some ten thousand. */
  more?: boolean;
  definition!: string;
}

export class FlowGap extends StatisticFigure {
  @Code(themeValues)
  theme!: string;
}

export class ContinuityResponse {
  @Code(statisticScopeValues)
  scope!: string;
  @Code(flowSideValues)
  side?: string;
  from!: string;
  to!: string;
  /** Of several structures: when the oldest of its quarters was counted. Absent for your own, which is counted as it stands. */
  countedAt?: string;
  /** Quarters of the period that have not been counted yet: nothing of them is in the figures. */
  missingQuarters?: number;
  /** In fives, since you are one of those counted: of 8 it says 5. */
  inFives?: boolean;
  /** What is open now, whatever the period. Absent where you see the sums of all. */
  now?: ContinuityNow;
  sent!: StatisticFigure;
  answered!: StatisticFigure;
  ended!: StatisticFigure;
  handovers!: StatisticFigure;
  /** Refused, or over without an answer. */
  unhelped!: StatisticFigure;
  /** By theme, most first: where those live for whom nobody here took it. Empty for what a structure was asked. */
  gaps!: FlowGap[];
}
