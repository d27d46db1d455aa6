import {
  ageBracketValues,
  anonymousSessionErrorValues,
  autonomyValues,
  genderValues,
  residentStatusValues,
  sessionStatusValues,
  type AnonymousSessionError,
} from '@fil-rouge/kernel';
import { Code } from '@fil-rouge/platform';
import { IsIn } from 'class-validator';
import { NamedResponse } from '../case/cases.responses.dto';
import { Equipment, Id, Optional, Removable } from '../fields.dto';
import { SessionCodes } from '../session/sessions.dto';
import { TookPlaceBody, TookPlaceChanges } from '../took-place.dto';

/** No text: nothing in it can tell who it was. */
export class RecordAnonymousSessionBody extends TookPlaceBody {
  /** What was used. */
  @Equipment()
  equipment!: string[];

  /** How far the person managed alone. */
  @Optional()
  @IsIn(autonomyValues)
  autonomy?: string;

  /** At which of your structure's places, where `place` is lieu_activite; the commune is the place's. */
  @Optional()
  @Id()
  placeId?: string;

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
export class CorrectAnonymousSessionBody extends TookPlaceChanges {
  /** What was used. */
  @Optional()
  @Equipment()
  equipment?: string[];

  /** How far the person managed alone. */
  @Removable()
  @IsIn(autonomyValues)
  autonomy?: string | null;

  /** At which of your structure's places; the commune follows. */
  @Removable()
  @Id()
  placeId?: string | null;

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
