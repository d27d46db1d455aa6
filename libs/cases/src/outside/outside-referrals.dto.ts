import {
  ageBracketValues,
  answerLinkEndValues,
  declineReasonValues,
  outsideAnswerValues,
  outsideReporterValues,
  informedHowValues,
  noteErrorValues,
  outsideMeansValues,
  outsideOutcomeValues,
  outsideRecipientValues,
  outsideStatusValues,
  themeValues,
  type NoteError,
  type OutsideMeans,
  type OutsideOutcome,
} from '@fil-rouge/kernel';
import { AnyOf, Code, Codes, PageQuery } from '@fil-rouge/platform';
import { ReceptionPlace } from '@fil-rouge/users';
import { Type } from 'class-transformer';
import { IsIn, IsObject, ValidateIf, ValidateNested } from 'class-validator';
import { NamedResponse, ResidentNamed } from '../case/cases.responses.dto';
import { InformedBody } from '../case/resident.dto';
import { Comment, Day, Line, longText, Name, Optional, Text, Themes } from '../fields.dto';

export class SendOutsideBody {
  /** What kind of organisation it is: caf, france_travail, … */
  @IsIn(outsideRecipientValues)
  recipient!: string;

  /** What it is called; needed for `unlisted`. */
  @ValidateIf((body: SendOutsideBody, value) => value !== undefined || body.recipient === 'unlisted')
  @Name(200)
  name?: string;

  /** Where it is. */
  @Optional()
  @Line(200)
  place?: string;

  /** What help is needed for. */
  @Themes(10)
  needs!: string[];

  /** What the sheet says besides. */
  @Optional()
  @Text(longText)
  message?: string;

  /** How the sheet reaches them: printed (the resident takes it along), emailed or told. */
  @IsIn(outsideMeansValues)
  means!: OutsideMeans;

  /** When and how the resident was informed of it. */
  @IsObject()
  @ValidateNested()
  @Type(() => InformedBody)
  informed!: InformedBody;
}

export class ReportOutsideBody {
  @IsIn(outsideOutcomeValues)
  outcome!: OutsideOutcome;

  /** The day, `YYYY-MM-DD`; today when it is left out. */
  @Optional()
  @Day()
  on?: string;

  /** For everybody who works on the case. */
  @Optional()
  @Text(500)
  comment?: string;
}

export class CancelOutsideBody {
  /** entered_in_error, wrong_person, duplicate or other. */
  @IsIn(noteErrorValues)
  reason!: NoteError;

  /** For everybody who reads it; needed for `other`. */
  @Comment('reason', 500)
  comment?: string;
}

export class OutsideOfCaseQuery extends PageQuery {}

export class OutsideQuery extends PageQuery {
  /** Several with a comma; without it all but what was entered in error. */
  @AnyOf(outsideStatusValues)
  status?: string[];

  /** Where they were sent, several with a comma. */
  @AnyOf(outsideRecipientValues)
  recipient?: string[];

  /** Sent on this day or later. */
  @Optional()
  @Day()
  from?: string;

  /** Sent on this day or earlier. */
  @Optional()
  @Day()
  to?: string;
}

export class OutsideEnd {
  at!: string;
  /** Absent where nobody said anything for so long. */
  actor?: NamedResponse;
  comment?: string;
}

export class AnswerLinkShown {
  until!: string;
  /** Absent while it opens. */
  @Code(answerLinkEndValues)
  ended?: string;
}

export class OutsideShown {
  id!: string;
  caseId!: string;
  /** Counts what was said of it; the ETag. */
  version!: number;
  @Code(outsideStatusValues)
  status!: string;
  @Code(outsideRecipientValues)
  recipient!: string;
  name?: string;
  place?: string;
  @Codes(themeValues)
  needs!: string[];
  message?: string;
  @Code(outsideMeansValues)
  means!: string;
  informed?: OutsideInformed;
  sentAt!: string;
  structure!: NamedResponse | null;
  actor!: NamedResponse | null;
  /** What came of it. */
  @Code(outsideOutcomeValues)
  outcome?: string;
  /** The day on which that was. */
  outcomeOn?: string;
  /** Who said so. */
  @Code(outsideReporterValues)
  reportedBy?: string;
  /** What the organisation itself answered last, with a link. */
  @Code(outsideAnswerValues)
  answer?: string;
  answeredAt?: string;
  @Code(declineReasonValues)
  declineReason?: string;
  /** The newest link for answering; for the structure that sent alone. */
  answerLink?: AnswerLinkShown;
  /** Who said last what came of it, or took it back. */
  ended?: OutsideEnd;
  /** It does not open: the record is damaged. */
  unreadable?: boolean;
}

export class OutsideInformed {
  on!: string;
  @Code(informedHowValues)
  how!: string;
}

export class OutsidePage {
  items!: OutsideShown[];
  nextCursor!: string | null;
}

/** Across cases. */
export class OutsideLine extends OutsideShown {
  /** Absent where your structure takes part in the case no more. */
  resident?: ResidentNamed;
}

export class OutsideLines {
  items!: OutsideLine[];
  nextCursor!: string | null;
}

export class SheetResident {
  firstName?: string;
  /** INSEE code. */
  commune?: string;
  communeName?: string;
  @Code(ageBracketValues)
  ageBracket?: string;
}

/** What is handed to an organisation outside the network: of the resident no more than a structure of the network reads before it has answered. */
export class OutsideSheet {
  id!: string;
  sentAt!: string;
  @Code(outsideRecipientValues)
  recipient!: string;
  name?: string;
  place?: string;
  resident!: SheetResident;
  @Codes(themeValues)
  needs!: string[];
  message?: string;
  /** Who sends, and may be asked. */
  structure!: NamedResponse | null;
  person!: NamedResponse | null;
  /** Where that structure receives. */
  reception!: ReceptionPlace[];
}
