import { conventionStatusValues, postStatusValues, type ConventionStatus, type PostStatus } from '@fil-rouge/kernel';
import { AnyOf, Code, Day, Id, Line, Optional, PageQuery, Text } from '@fil-rouge/platform';
import { IsInt, Max, Min } from 'class-validator';
import { NamedId } from '../sign-in/auth.dto';
import type { ConventionShownRow, PostPeriodShown } from './conventions.queries';

/** More than the State pays for in a département. */
const mostPosts = 100;
const mostEuros = 100_000_000;

export class ConventionsQuery extends PageQuery {
  /** With whom. A manager's own structure, whether or not it is named. */
  @Optional()
  @Id()
  structureId?: string;

  /** `to_come`, `running`, `ended`: today; several with a comma. */
  @AnyOf(conventionStatusValues)
  status?: ConventionStatus[];
}

export class SignConventionRequest {
  /** The State's number. */
  @Line(100)
  reference!: string;

  /** 1 for the first one, 2 for the one that follows it. */
  @IsInt()
  @Min(1)
  @Max(99)
  envelope!: number;

  /** First day. */
  @Day()
  from!: string;

  /** Last day, included; two years after the first when absent. */
  @Optional()
  @Day()
  until?: string;

  /** How many posts it pays for. */
  @IsInt()
  @Min(1)
  @Max(mostPosts)
  posts!: number;

  /** Euros, of the whole envelope; absent: 25 000 a year and post, for two years. */
  @Optional()
  @IsInt()
  @Min(0)
  @Max(mostEuros)
  amount?: number;
}

export class EndConventionRequest {
  /** Its last day, today at the latest; its first one when it has not begun. */
  @Day()
  on!: string;

  @Text(2000)
  reason!: string;
}

export class OccupyPostRequest {
  /** Who holds it: a counsellor or a coordinator of the structure. */
  @Id()
  userId!: string;

  /** First day, today at the latest. */
  @Day()
  from!: string;
}

export class VacatePostRequest {
  /** The day since which nobody holds it, today at the latest: from then on there are six months to fill it. */
  @Day()
  on!: string;
}

export class ReturnPostRequest {
  /** The day on which it went back to the State, today at the latest. */
  @Day()
  on!: string;
}

export class PostPeriodResponse {
  @Code(postStatusValues)
  status!: PostStatus;
  /** Who held it. */
  holder?: NamedId;
  from!: string;
  /** The day on which it became otherwise, or the convention ended; absent: it still is so. */
  until?: string;
  /** Of a vacant one: the last day on which it may be filled. */
  fillBy?: string;

  static from(row: PostPeriodShown): PostPeriodResponse {
    return {
      status: row.status as PostStatus,
      ...(row.user_id !== null ? { holder: { id: row.user_id, name: row.user_name ?? '' } } : {}),
      from: row.from_date,
      ...(row.until_date === null ? {} : { until: row.until_date }),
      ...(row.fill_by === null ? {} : { fillBy: row.fill_by }),
    };
  }
}

export class PostResponse extends PostPeriodResponse {
  id!: string;
  /** Of an occupied one: its holder still works for the structure. */
  holderStillThere?: boolean;
  /** What it was before, oldest first; nothing is ever taken away. */
  history!: PostPeriodResponse[];

  static of(id: string, periods: readonly PostPeriodShown[]): PostResponse {
    const present = periods.at(-1)!;
    return {
      id,
      ...PostPeriodResponse.from(present),
      ...(present.status === 'occupied' ? { holderStillThere: present.still_there } : {}),
      history: periods.slice(0, -1).map((period) => PostPeriodResponse.from(period)),
    };
  }
}

export class ConventionResponse {
  id!: string;
  version!: number;
  structure!: NamedId;
  reference!: string;
  envelope!: number;
  @Code(conventionStatusValues)
  status!: ConventionStatus;
  from!: string;
  /** Last day, included. */
  until!: string;
  /** Euros, of the whole envelope. */
  amount!: number;
  /** Why it ended on another day than was agreed on. */
  endReason?: string;
  posts!: PostResponse[];

  static from(row: ConventionShownRow): ConventionResponse {
    return {
      id: row.id,
      version: row.version,
      structure: { id: row.structure_id, name: row.structure_name },
      reference: row.reference,
      envelope: row.envelope,
      status: row.status,
      from: row.from_date,
      until: row.until_date,
      amount: row.amount,
      ...(row.end_reason === null ? {} : { endReason: row.end_reason }),
      posts: [...new Set(row.periods.map(({ post_id }) => post_id))].map((id) =>
        PostResponse.of(
          id,
          row.periods.filter(({ post_id }) => post_id === id),
        ),
      ),
    };
  }
}

export class ConventionsPage {
  items!: ConventionResponse[];
  nextCursor!: string | null;
}
