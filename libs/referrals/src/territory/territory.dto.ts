import { themeValues } from '@fil-rouge/kernel';
import { Code } from '@fil-rouge/platform';
import { NamedDto } from '../handover/handovers.dto';
import { TaskDto } from '../tasks/tasks.dto';

/** Referrals: those that are open, and those that ended without help since `since`. */
export class GlanceCounts {
  /** Sent and not over yet. */
  open!: number;
  /** Of them, not answered yet. */
  waiting!: number;
  /** Of those, late. */
  late!: number;
  /** Not sent yet: the State has to validate one of the two structures. */
  held!: number;
  declined!: number;
  /** Over without an answer. */
  expired!: number;
}

export class GlanceOfStructure extends GlanceCounts {
  /** Which was asked. */
  structure!: NamedDto;
}

export class GlanceOfCommune {
  /** INSEE code of where they live. */
  commune!: string;
  communeName?: string;
  residents!: number;
}

export class GlanceOfTheme {
  @Code(themeValues)
  theme!: string;
  residents!: number;
}

export class LateReferral {
  id!: string;
  /** Which was asked. */
  structure!: NamedDto;
  lateSince!: string;
}

export class TerritoryResponse {
  /** First day of what is counted beside what is open: the Monday thirteen weeks before the last one. */
  since!: string;
  total!: GlanceCounts;
  /** There are more than are counted here: some ten thousand. */
  more?: boolean;
  /** By the structure that was asked, those with what is late first; a hundred at most. */
  byStructure!: GlanceOfStructure[];
  /**
   * In which numbers residents are counted below: of fewer than so many nothing is said, and of others a multiple of it. 1 for a manager, who may know each of them; 5 for a
   * coordinator, who may not, and who sees those of a week from the next Monday on.
   */
  countedBy!: number;
  /** Residents for whom help was asked since `since`, by where they live, most first; a hundred at most. */
  byCommune!: GlanceOfCommune[];
  /** And by what they need; who needs several things counts for each. */
  byTheme!: GlanceOfTheme[];
  /** What waits for a decision of yours, or of your structure: of `GET /v1/tasks`, ten at most. */
  decisions!: TaskDto[];
  /** Not answered for longest: of `GET /v1/referrals?late=true`, ten at most. */
  late!: LateReferral[];
}
