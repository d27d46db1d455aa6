import { genderValues, informedHowValues, representationValues, residentStatusValues } from '@fil-rouge/kernel';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import {
  ChangedName,
  Commune,
  CommuneName,
  Day,
  Email,
  Line,
  Name,
  NameUnless,
  Optional,
  Removable,
} from '../fields.dto';

export class InformedBody {
  /** The day on which the resident was told, `YYYY-MM-DD`; not in the future. */
  @Day()
  on!: string;

  /** How: oral, written or phone. */
  @IsIn(informedHowValues)
  how!: string;
}

export class RepresentativeBody {
  /** Who acts for the resident: a person or an association. */
  @Name(200)
  name!: string;

  /** By what right: tutelle, curatelle, sauvegarde_de_justice, habilitation_familiale, mandat_de_protection, autorite_parentale or autre. */
  @IsIn(representationValues)
  right!: string;

  /** Telephone, French or international. */
  @Optional()
  @Line(30)
  phone?: string;

  /** E-mail address. */
  @Optional()
  @Email(200)
  email?: string;
}

export class ResidentBody {
  /** First name; of somebody with a single name this or the surname is left out. */
  @NameUnless('lastName')
  firstName?: string;

  /** Surname. */
  @NameUnless('firstName')
  lastName?: string;

  /** Surname at birth, where another one is in use. */
  @Optional()
  @Line(100)
  birthName?: string;

  /** Year of birth, from 1900. */
  @Optional()
  @IsInt()
  @Min(1900)
  @Max(2200)
  birthYear?: number;

  /** Telephone, French or international. */
  @Optional()
  @Line(30)
  phone?: string;

  /** E-mail address. */
  @Optional()
  @Email(200)
  email?: string;

  /** Commune of residence, INSEE code. */
  @Commune()
  commune!: string;

  /** Its name, to say that this code is meant: needed where the code is also the postal code of another commune, or far away. */
  @Optional()
  @CommuneName()
  communeName?: string;

  /** masculin, feminin or non_communique. */
  @Optional()
  @IsIn(genderValues)
  gender?: string;

  /** scolarise, sans_emploi, en_emploi, retraite or non_communique. */
  @Optional()
  @IsIn(residentStatusValues)
  status?: string;

  /** The language the resident speaks, where it is another than French: an ISO 639 code such as `ar`. */
  @Optional()
  @Line(3)
  language?: string;

  /** Nothing is understood without an interpreter. */
  @Optional()
  @IsBoolean()
  interpreter?: boolean;

  /** Who acts for a minor or for somebody under protection. */
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => RepresentativeBody)
  representative?: RepresentativeBody;
}

/** Only what changes; null takes an optional detail away. */
export class ResidentChangesBody {
  /** First name; null for somebody with a surname only. */
  @ChangedName()
  firstName?: string | null;

  /** Surname; null for somebody with a first name only. */
  @ChangedName()
  lastName?: string | null;

  /** Surname at birth, where another one is in use. */
  @ChangedName()
  birthName?: string | null;

  /** Year of birth, from 1900. */
  @Removable()
  @IsInt()
  @Min(1900)
  @Max(2200)
  birthYear?: number | null;

  /** Telephone, French or international. */
  @Removable()
  @Line(30)
  phone?: string | null;

  /** E-mail address. */
  @Removable()
  @Email(200)
  email?: string | null;

  /** Commune of residence, INSEE code. */
  @Optional()
  @Commune()
  commune?: string;

  /** Its name, to say that this code is meant: needed where the code is also the postal code of another commune, or far away. */
  @Optional()
  @CommuneName()
  communeName?: string;

  /** masculin, feminin or non_communique. */
  @Removable()
  @IsIn(genderValues)
  gender?: string | null;

  /** scolarise, sans_emploi, en_emploi, retraite or non_communique. */
  @Removable()
  @IsIn(residentStatusValues)
  status?: string | null;

  /** The language the resident speaks, where it is another than French: an ISO 639 code such as `ar`. */
  @Removable()
  @Line(3)
  language?: string | null;

  /** Nothing is understood without an interpreter. */
  @Removable()
  @IsBoolean()
  interpreter?: boolean | null;

  /** Who acts for a minor or for somebody under protection: all of it. */
  @Removable()
  @IsObject()
  @ValidateNested()
  @Type(() => RepresentativeBody)
  representative?: RepresentativeBody | null;
}
