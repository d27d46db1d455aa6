import {
  caseSortValues,
  caseStatusValues,
  closingReasonValues,
  erasureReasonValues,
  informedHowValues,
  themeValues,
  type CaseSort,
  type ErasureReason,
} from '@fil-rouge/kernel';
import { AnyOf, PageQuery, Several } from '@fil-rouge/platform';
import { IsCommune } from '@fil-rouge/users';
import { PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Day, Id, IdOrAll, Line, longText, Optional, Removable, Text, Themes } from '../fields.dto';
import { InformedBody, ResidentBody, ResidentChangesBody } from './resident.dto';

export class OpenCaseBody {
  /** Who is followed. */
  @IsObject()
  @ValidateNested()
  @Type(() => ResidentBody)
  resident!: ResidentBody;

  /** What the resident needs help with; administrative themes come with `aide_aux_demarches_administratives`. */
  @ArrayNotEmpty()
  @Themes()
  themes!: string[];

  /** How and when the resident was told that this record is kept. */
  @IsObject()
  @ValidateNested()
  @Type(() => InformedBody)
  informed!: InformedBody;

  /** First words for everybody who will work on the case. */
  @Optional()
  @Text(longText)
  summary?: string;

  /** Open it although the resident resembles somebody already followed. */
  @Optional()
  @IsBoolean()
  confirmNotDuplicate?: boolean;
}

/** At least one of resident, themes, summary. */
export class CorrectCaseBody {
  /** The details that change. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => ResidentChangesBody)
  resident?: ResidentChangesBody;

  /** What the resident needs help with, all of it. */
  @Optional()
  @ArrayNotEmpty()
  @Themes()
  themes?: string[];

  /** The first words again, as they should be read from now on; null takes them back. What they were stays readable in the record. */
  @Removable()
  @Text(longText)
  summary?: string | null;

  /** Correct it although the resident then resembles somebody already followed. */
  @Optional()
  @IsBoolean()
  confirmNotDuplicate?: boolean;
}

export class ObjectBody {
  /** The structure the resident does not want, or `all`. */
  @IdOrAll()
  against!: string;

  /** The day on which the resident said so; not in the future. */
  @Day()
  on!: string;

  /** How: oral, written or phone. */
  @IsIn(informedHowValues)
  how!: string;
}

export class AssignBody {
  /** Somebody the leading structure employs. */
  @Id()
  counsellorId!: string;
}

export class CloseBody {
  /** Why the follow-up ends. */
  @IsIn(closingReasonValues)
  reason!: string;

  /** Cancel the referrals that are still open, and an open handover with them unless `cancelHandover` is false. */
  @Optional()
  @IsBoolean()
  cancelReferrals?: boolean;

  /** Cancel an open handover, also one that was accepted for a later day. */
  @Optional()
  @IsBoolean()
  cancelHandover?: boolean;
}

export class EraseBody {
  /** Why everything about the resident is erased. It cannot be taken back. */
  @IsIn(erasureReasonValues)
  reason!: ErasureReason;
}

export class LeaveBody {
  /** Why, for whoever goes on following the resident. */
  @Optional()
  @Text(longText)
  reason?: string;
}

export class KeepBody {
  /** Why the record is still needed. */
  @Text(longText)
  reason!: string;
}

export class ReopenBody {
  /** Why the follow-up goes on. */
  @Text(longText)
  reason!: string;
}

export class CasesQuery extends PageQuery {
  /** open, closed; several with a comma. */
  @AnyOf(caseStatusValues)
  status?: string[];

  /** mine: I am the named counsellor, or was when it was closed. structure: mine leads, or did then. */
  @Optional()
  @IsIn(['mine', 'structure'])
  lead?: 'mine' | 'structure';

  /** Cases that this colleague of yours leads, or led when they were closed. */
  @Optional()
  @Id()
  counsellor?: string;

  /** Themes, several with a comma: cases with one of them. */
  @AnyOf(themeValues)
  theme?: string[];

  /** Communes of residence (INSEE), several with a comma. */
  @Several(100)
  @IsCommune({ each: true })
  commune?: string[];

  /** The newest activity first, unless another order is asked for. By name only where no more than 500 are listed, and not for who watches. */
  @Optional()
  @IsIn(caseSortValues)
  sort?: CaseSort;
}

/** By whom a case is led: asked of the list, its counts and the search. */
export class LedBy extends PickType(CasesQuery, ['lead', 'counsellor']) {}

/** At least one of name, birthYear, phone, email. */
export class SearchBody extends LedBy {
  /**
   * Words of the name in any order, or their first three letters; spelled as it sounds is enough. Initials of a given name (`J-F`) do, `Mme` and the like are passed over.
   * @example Mme Besn
   */
  @Optional()
  @Line(200)
  name?: string;

  /** Year of birth. */
  @Optional()
  @IsInt()
  @Min(1900)
  @Max(2200)
  birthYear?: number;

  /** Telephone. */
  @Optional()
  @Line(30)
  phone?: string;

  /** E-mail address. */
  @Optional()
  @Line(200)
  email?: string;

  /** open, closed. */
  @Optional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(2)
  @IsIn(caseStatusValues, { each: true })
  status?: string[];

  /** Cases with one of these themes. */
  @Optional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(30)
  @IsIn(themeValues, { each: true })
  theme?: string[];

  /** Communes of residence (INSEE). */
  @Optional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @IsCommune({ each: true })
  commune?: string[];

  /** How many items at most, 1 to 100; 20 by default. */
  @Optional()
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;

  /** `nextCursor` of the page before. */
  @Optional()
  @Line(500)
  cursor?: string;
}
