import { autonomyValues, goalStatusValues, themeValues, type GoalStatus } from '@fil-rouge/kernel';
import { Code, PageQuery } from '@fil-rouge/platform';
import { IsIn } from 'class-validator';
import { NamedResponse } from '../case/cases.responses.dto';
import { Day, Id, longText, Optional, Text, Texts } from '../fields.dto';

export class SetGoalBody {
  /** What the resident wants to manage. */
  @Text(longText)
  text!: string;

  /** What it is about. */
  @Optional()
  @IsIn(themeValues)
  theme?: string;

  /** The way there. */
  @Optional()
  @Texts(20, 500)
  steps?: string[];
}

export class ReachStepBody {
  /** The step. */
  @Id()
  stepId!: string;

  /** The day, `YYYY-MM-DD`; today when it is left out. */
  @Optional()
  @Day()
  on?: string;
}

export class EndGoalBody {
  /** The day, `YYYY-MM-DD`; today when it is left out. */
  @Optional()
  @Day()
  on?: string;

  /** For everybody who works on the case. */
  @Optional()
  @Text(500)
  comment?: string;
}

export class GoalsQuery extends PageQuery {
  /** open (the default), reached or abandoned. */
  @Optional()
  @IsIn(goalStatusValues)
  status?: GoalStatus;
}

export class GoalStep {
  id!: string;
  text!: string;
  reachedOn?: string;
}

export class GoalEnd {
  on!: string;
  at!: string;
  actor!: NamedResponse | null;
  comment?: string;
}

export class GoalShown {
  id!: string;
  caseId!: string;
  /** Counts what was done to it; the ETag. */
  version!: number;
  /** open, reached or abandoned. */
  @Code(goalStatusValues)
  status!: string;
  text!: string;
  @Code(themeValues)
  theme?: string;
  steps!: GoalStep[];
  /** Who set it. */
  structure!: NamedResponse | null;
  actor!: NamedResponse | null;
  setAt!: string;
  ended?: GoalEnd;
  /** It does not open: the record is damaged. */
  unreadable?: boolean;
}

export class GoalsPage {
  items!: GoalShown[];
  nextCursor!: string | null;
}

/** One session that said how far the resident managed alone. */
export class ProgressPoint {
  date!: string;
  @Code(autonomyValues)
  autonomy!: string;
  sessionId!: string;
  structure!: NamedResponse | null;
}

export class ThemeProgress {
  @Code(themeValues)
  theme!: string;
  /** Oldest first. */
  points!: ProgressPoint[];
}

export class GoalsByState {
  open!: GoalShown[];
  reached!: GoalShown[];
  abandoned!: GoalShown[];
}

export class ProgressShown {
  /** By theme, of the hundred newest sessions that say it. */
  themes!: ThemeProgress[];
  /** The twenty newest of each. */
  goals!: GoalsByState;
}
