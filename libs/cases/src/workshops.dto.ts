import { ageBracketValues, genderValues, placeValues, residentStatusValues, workshopLevelValues } from '@fil-rouge/kernel';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsIn, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { NamedResponse } from './cases.responses.dto';
import { Commune, Counts, Day, Id, Minutes, Optional, Text, Themes } from './fields';

export class ParticipantBody {
  /** The participant's case. */
  @Id()
  caseId!: string;
}

export class AnonymousBody {
  /** How many came without a case. */
  @IsInt() @Min(0) @Max(10_000)
  total!: number;

  /** Of them by age bracket, where known. */
  @Optional() @Counts(ageBracketValues)
  byAge?: Record<string, number>;

  /** Of them by gender, where known. */
  @Optional() @Counts(genderValues)
  byGender?: Record<string, number>;

  /** Of them by status, where known. */
  @Optional() @Counts(residentStatusValues)
  byStatus?: Record<string, number>;
}

export class HoldWorkshopBody {
  /** What it was called. */
  @Text(200)
  title!: string;

  /** The day, `YYYY-MM-DD`; not in the future, at most two years back. */
  @Day()
  date!: string;

  /** How long, up to 1439. */
  @Minutes()
  minutes!: number;

  /** lieu_activite, domicile, a_distance or autre. */
  @IsIn(placeValues)
  place!: string;

  /** Where, INSEE code. */
  @Optional() @Commune()
  commune?: string;

  /** What it was about. */
  @ArrayNotEmpty() @Themes()
  themes!: string[];

  /** debutant, intermediaire or avance. */
  @Optional() @IsIn(workshopLevelValues)
  level?: string;

  /** Residents with a case, at most 30; each gets an entry in the record. */
  @IsArray() @ArrayMaxSize(30) @ValidateNested({ each: true }) @Type(() => ParticipantBody)
  participants!: ParticipantBody[];

  /** The others, as counts. */
  @IsObject() @ValidateNested() @Type(() => AnonymousBody)
  anonymous!: AnonymousBody;
}

export class WorkshopShown {
  id!: string;
  title!: string;
  date!: string;
  minutes!: number;
  place!: string;
  commune?: string;
  themes!: string[];
  level?: string;
  structure!: NamedResponse;
  /** Who recorded it. */
  actor!: NamedResponse | null;
  participants!: ParticipantBody[];
  anonymous!: AnonymousBody;
  recordedAt!: string;
}

export class WorkshopPage {
  items!: WorkshopShown[];
  nextCursor!: string | null;
}
