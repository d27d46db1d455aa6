import { genderValues, informedHowValues, residentStatusValues } from '@fil-rouge/kernel';
import { IsEmail, IsIn, IsInt, Max, MaxLength, Min } from 'class-validator';
import { Commune, Day, Optional, Removable, Text } from './fields';

export class InformedBody {
  /** The day on which the resident was told, `YYYY-MM-DD`; not in the future. */
  @Day()
  on!: string;

  /** How: oral, written or phone. */
  @IsIn(informedHowValues)
  how!: string;
}

export class ResidentBody {
  /** First name. */
  @Text(100)
  firstName!: string;

  /** Surname. */
  @Text(100)
  lastName!: string;

  /** Year of birth, from 1900. */
  @Optional() @IsInt() @Min(1900) @Max(2200)
  birthYear?: number;

  /** Telephone, French or international. */
  @Optional() @Text(30)
  phone?: string;

  /** E-mail address. */
  @Optional() @IsEmail() @MaxLength(200)
  email?: string;

  /** Commune of residence, INSEE code. */
  @Commune()
  commune!: string;

  /** masculin, feminin or non_communique. */
  @Optional() @IsIn(genderValues)
  gender?: string;

  /** scolarise, sans_emploi, en_emploi, retraite or non_communique. */
  @Optional() @IsIn(residentStatusValues)
  status?: string;
}

/** Only what changes; null takes an optional detail away. */
export class ResidentChangesBody {
  /** First name. */
  @Optional() @Text(100)
  firstName?: string;

  /** Surname. */
  @Optional() @Text(100)
  lastName?: string;

  /** Year of birth, from 1900. */
  @Removable() @IsInt() @Min(1900) @Max(2200)
  birthYear?: number | null;

  /** Telephone, French or international. */
  @Removable() @Text(30)
  phone?: string | null;

  /** E-mail address. */
  @Removable() @IsEmail() @MaxLength(200)
  email?: string | null;

  /** Commune of residence, INSEE code. */
  @Optional() @Commune()
  commune?: string;

  /** masculin, feminin or non_communique. */
  @Removable() @IsIn(genderValues)
  gender?: string | null;

  /** scolarise, sans_emploi, en_emploi, retraite or non_communique. */
  @Removable() @IsIn(residentStatusValues)
  status?: string | null;
}
