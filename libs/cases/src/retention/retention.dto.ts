import {
  shownCaseStatusValues,
  retentionStageValues,
  retentionSubjectValues,
  type RetentionSubject,
} from '@fil-rouge/kernel';
import { Code, Day, Optional, PageQuery } from '@fil-rouge/platform';
import { IsIn } from 'class-validator';
import { NamedResponse } from '../case/cases.responses.dto';

export class RetentionQuery extends PageQuery {
  /** What ends: records, when it is left out, or the parts that structures still read of records that go on or not. */
  @Optional()
  @IsIn(retentionSubjectValues)
  what?: RetentionSubject;

  /** What ends up to this day, a year ahead at most; today when it is left out. */
  @Optional()
  @Day()
  by?: string;
}

export class RetentionLine {
  caseId!: string;
  @Code(shownCaseStatusValues)
  status!: string;
  /** Which leads it, or led it last; of a part, whose it is. */
  structure?: NamedResponse;
  /** The day on which anything was last said or done on it. */
  lastActivityOn!: string;
  /** From this day on it is kept no longer. */
  endsOn!: string;
  /** How far it has come; a part that is over is kept or due. */
  @Code(retentionStageValues)
  stage!: string;
  /** The first day on which it may be erased, once that has been announced to who leads. */
  erasedFrom?: string;
  /** The number of the slip on which it stands. */
  slip?: number;
  /** Open referrals and handovers: help is waited for, so that somebody has to look first. */
  waits!: boolean;
}

export class RetentionPage {
  items!: RetentionLine[];
  nextCursor!: string | null;
}
