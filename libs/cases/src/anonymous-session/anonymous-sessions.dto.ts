import {
  ageBracketValues,
  anonymousSessionErrorValues,
  genderValues,
  residentStatusValues,
  sessionStatusValues,
  type AnonymousSessionError,
} from '@fil-rouge/kernel';
import { Code } from '@fil-rouge/platform';
import { IsIn } from 'class-validator';
import { NamedResponse } from '../case/cases.responses.dto';
import { Optional, Removable } from '../fields.dto';
import { OneToOneBody, OneToOneChanges, SessionCodes } from '../session/sessions.dto';

/** No text: nothing in it can tell who it was. */
export class RecordAnonymousSessionBody extends OneToOneBody {
  /** The person's age bracket, where known. */
  @Optional()
  @IsIn(ageBracketValues)
  ageBracket?: string;

  /** The person's gender, where known. */
  @Optional()
  @IsIn(genderValues)
  gender?: string;

  /** The person's status, where known. */
  @Optional()
  @IsIn(residentStatusValues)
  residentStatus?: string;
}

/** Only what changes; null takes an optional value away. */
export class CorrectAnonymousSessionBody extends OneToOneChanges {
  /** The person's age bracket. */
  @Removable()
  @IsIn(ageBracketValues)
  ageBracket?: string | null;

  /** The person's gender. */
  @Removable()
  @IsIn(genderValues)
  gender?: string | null;

  /** The person's status. */
  @Removable()
  @IsIn(residentStatusValues)
  residentStatus?: string | null;
}

export class CancelAnonymousSessionBody {
  /** entered_in_error, duplicate or did_not_take_place. */
  @IsIn(anonymousSessionErrorValues)
  reason!: AnonymousSessionError;
}

export class AnonymousSessionShown extends SessionCodes {
  id!: string;
  /** Also the ETag. */
  version!: number;
  /** recorded, or entered_in_error: it counts nowhere. */
  @Code(sessionStatusValues)
  status!: string;
  @Code(ageBracketValues)
  ageBracket?: string;
  @Code(genderValues)
  gender?: string;
  @Code(residentStatusValues)
  residentStatus?: string;
  /** Who recorded it. */
  actor!: NamedResponse | null;
}

export class AnonymousSessionsPage {
  items!: AnonymousSessionShown[];
  nextCursor!: string | null;
}
