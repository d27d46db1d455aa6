import {
  ageBracketValues,
  genderValues,
  placeValues,
  residentStatusValues,
  themeValues,
  workshopErrorValues,
  workshopLevelValues,
  workshopStatusValues,
  type WorkshopError,
} from '@fil-rouge/kernel';
import { AnyOf, Code, Codes, PageQuery } from '@fil-rouge/platform';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { NamedResponse, ResidentNamed } from '../case/cases.responses.dto';
import { Comment, Counts, Id, Line, Optional, Removable, Text } from '../fields.dto';
import { TookPlaceBody, TookPlaceChanges } from '../took-place.dto';

export class ParticipantBody {
  /** The participant's case. */
  @Id()
  caseId!: string;
}

export class AnonymousBody {
  /** How many came without a case. */
  @IsInt()
  @Min(0)
  @Max(10_000)
  total!: number;

  /** Of them by age bracket, where known. */
  @Optional()
  @Counts(ageBracketValues)
  byAge?: Record<string, number>;

  /** Of them by gender, where known. */
  @Optional()
  @Counts(genderValues)
  byGender?: Record<string, number>;

  /** Of them by status, where known. */
  @Optional()
  @Counts(residentStatusValues)
  byStatus?: Record<string, number>;
}

export class HoldWorkshopBody extends TookPlaceBody {
  /** What it was called. */
  @Line(200)
  title!: string;

  /** debutant, intermediaire or avance. */
  @Optional()
  @IsIn(workshopLevelValues)
  level?: string;

  /** Residents with a case, at most 30; each gets an entry in the record. */
  @IsArray()
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => ParticipantBody)
  participants!: ParticipantBody[];

  /** The others, as counts. */
  @IsObject()
  @ValidateNested()
  @Type(() => AnonymousBody)
  anonymous!: AnonymousBody;
}

/** Only what changes; null takes an optional value away. What stands of it on the participants' records follows. */
export class CorrectWorkshopBody extends TookPlaceChanges {
  /** What it was called. */
  @Optional()
  @Line(200)
  title?: string;

  /** debutant, intermediaire or avance. */
  @Removable()
  @IsIn(workshopLevelValues)
  level?: string | null;

  /** All residents with a case who came, at most 30: whoever is left out was not there, whoever is new was. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(30)
  @ValidateNested({ each: true })
  @Type(() => ParticipantBody)
  participants?: ParticipantBody[];

  /** The others, as counts, all of them. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => AnonymousBody)
  anonymous?: AnonymousBody;

  /** Why it is corrected. */
  @Optional()
  @Text(500)
  reason?: string;
}

export class CancelWorkshopBody {
  /** entered_in_error, duplicate, did_not_take_place or other. */
  @IsIn(workshopErrorValues)
  reason!: WorkshopError;

  /** For the own structure; needed for `other`. */
  @Comment('reason', 500)
  comment?: string;
}

export class WorkshopsQuery extends PageQuery {
  /** held (the default), entered_in_error; several with a comma. */
  @AnyOf(workshopStatusValues)
  status?: string[];
}

export class ParticipantShown {
  caseId!: string;
  /** Absent where your structure takes part in the case no more. */
  resident?: ResidentNamed;
  /** The name does not open: the record is damaged. */
  unreadable?: boolean;
}

/** As it stood before a correction. */
export class WorkshopVersion {
  title!: string;
  date!: string;
  minutes!: number;
  @Code(placeValues)
  place!: string;
  commune?: string;
  communeName?: string;
  placeId?: string;
  placeName?: string;
  @Codes(themeValues)
  themes!: string[];
  @Code(workshopLevelValues)
  level?: string;
  participants!: ParticipantShown[];
  anonymous!: AnonymousBody;
  at!: string;
  actor!: NamedResponse | null;
  /** Why it was corrected. */
  reason?: string;
}

export class WorkshopCancellation {
  at!: string;
  actor!: NamedResponse | null;
  @Code(workshopErrorValues)
  reason!: string;
  comment?: string;
}

export const workshopActions = ['corrections', 'cancel'] as const;

export class WorkshopShown {
  id!: string;
  /** held, or entered_in_error: it counts nowhere. */
  @Code(workshopStatusValues)
  status!: string;
  title!: string;
  date!: string;
  minutes!: number;
  @Code(placeValues)
  place!: string;
  commune?: string;
  communeName?: string;
  placeId?: string;
  /** What the place was called when the workshop named it. */
  placeName?: string;
  @Codes(themeValues)
  themes!: string[];
  @Code(workshopLevelValues)
  level?: string;
  structure!: NamedResponse;
  /** Who recorded it. */
  actor!: NamedResponse | null;
  participants!: ParticipantShown[];
  anonymous!: AnonymousBody;
  recordedAt!: string;
  /** Of one workshop, not in lists: when it was corrected last. */
  correctedAt?: string;
  /** Of one workshop: what stood before, oldest first. */
  versions?: WorkshopVersion[];
  /** When it was entered in error. */
  cancelled?: WorkshopCancellation;
  /** Of one workshop: what you may do with it now, by the words of the routes: corrections, cancel. */
  @Codes(workshopActions)
  actions?: string[];
  /** Its sealed part does not open: only what stands in clear is shown. */
  unreadable?: boolean;
}

export class WorkshopPage {
  items!: WorkshopShown[];
  nextCursor!: string | null;
}
