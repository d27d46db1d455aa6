import {
  declineReasonValues,
  outsideAnswerValues,
  outsideOutcomeValues,
  type DeclineReason,
  type OutsideAnswer,
  type OutsideOutcome,
} from '@fil-rouge/kernel';
import { Code, Codes, Email, Line } from '@fil-rouge/platform';
import { IsIn, ValidateIf } from 'class-validator';
import { Day, Optional } from '../fields.dto';
import { OutsideSheet, OutsideShown } from './outside-referrals.dto';

export class MakeAnswerLinkBody {
  /** Of whoever answers at the organisation. */
  @Email()
  email!: string;
}

export class AnswerLinkMade extends OutsideShown {
  /** Shown this once: to be told to them by telephone, never in a message. */
  code!: string;
}

export class OpenOutsideSheetBody {
  /** The secret part of the link in the e-mail. */
  @Line(100)
  token!: string;

  /** What they were told by telephone; blanks do not matter. */
  @Line(20)
  code!: string;
}

export class AnswerOutsideBody extends OpenOutsideSheetBody {
  @IsIn(outsideAnswerValues)
  answer!: OutsideAnswer;

  /** Why, with `declined`; not `other`: there is nowhere to say what. */
  @ValidateIf((body: AnswerOutsideBody, value) => value !== undefined || body.answer === 'declined')
  @IsIn(declineReasonValues.filter((reason) => reason !== 'other'))
  reason?: DeclineReason;

  /** What came of it, with `reported`. */
  @ValidateIf((body: AnswerOutsideBody, value) => value !== undefined || body.answer === 'reported')
  @IsIn(outsideOutcomeValues)
  outcome?: OutsideOutcome;

  /** The day of that, `YYYY-MM-DD`; today when it is left out. */
  @Optional()
  @Day()
  on?: string;
}

export class SheetWord {
  code!: string;
  label!: string;
}

export class SheetWords {
  name!: string;
  codes!: SheetWord[];
}

/** Behind a link. */
export class OutsideSheetOpened extends OutsideSheet {
  /** When the link ends. */
  until!: string;
  /** What was answered before. */
  @Code(outsideAnswerValues)
  answer?: string;
  /** What may be answered now. */
  @Codes(outsideAnswerValues)
  answers!: string[];
  /** The published lists in French whose codes stand here: nobody is signed in who could ask for them. */
  words!: SheetWords[];
}

export class OutsideAnswerTaken {
  @Code(outsideAnswerValues)
  answer!: string;
}
