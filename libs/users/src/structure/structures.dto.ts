import {
  capacityValues,
  serviceValues,
  structureStatusValues,
  typologyValues,
  type Capacity,
  type StructureStatus,
} from '@fil-rouge/kernel';
import { AnyOf, AtMost, Day, Flag, Id, Line, Name, Optional, OptionalLine, PageQuery, Text } from '@fil-rouge/platform';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, Matches, ValidateIf } from 'class-validator';
import { IsCommune } from '../network/commune.validator';

/** The largest département has fewer than 900 communes. */
const mostCommunes = 1500;

/** Letterheads write it in groups. */
const Siret = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.replace(/\s/g, '') : value)),
    Matches(/^\d{14}$/, { message: 'must be the 14 digits of a SIRET' }),
    ApiProperty({ pattern: String.raw`^(\s*\d){14}\s*$` }),
  );

export class DirectoryQuery extends PageQuery {
  /** Words of the name, in any order, with or without accents; the beginning of a word is enough. */
  @Optional()
  @OptionalLine(200)
  q?: string;

  /** Codes of the national standard, separated by commas: `CC,EPCI`. */
  @AnyOf(typologyValues)
  typology?: string[];

  /** Structures that offer at least one of these services; separated by commas. */
  @AnyOf(serviceValues)
  service?: string[];

  /** INSEE code of a commune that the structure covers. */
  @Optional()
  @IsCommune()
  commune?: string;

  /** INSEE code of the commune where somebody lives: the nearest come first, at the same nearness those with room, then by name. Nothing is left out for it. */
  @Optional()
  @IsCommune()
  near?: string;

  /** `true`: only structures that can be asked: active, taking referrals, with somebody there today to answer; `false`: the others. */
  @Flag()
  acceptsReferrals?: boolean;

  /** Statuses, separated by commas. */
  @AnyOf(structureStatusValues)
  status?: StructureStatus[];
}

export class DeclareStructureRequest {
  @Name(200)
  name!: string;

  /** Code of the national standard: `CC`, `LA_POSTE`, `ASSO`, … */
  @IsIn(typologyValues)
  typology!: string;

  /** 14 digits; several branches may share one. */
  @Optional()
  @Siret()
  siret?: string;

  /** INSEE codes of the communes it covers. */
  @IsArray()
  @AtMost(mostCommunes)
  @IsCommune({ each: true })
  communes!: string[];

  /** Services of the national standard. */
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(serviceValues, { each: true })
  services!: string[];
}

export class StructureDecisionRequest {
  /** The status the decision leads to. */
  @IsIn(structureStatusValues)
  status!: StructureStatus;

  /** The day it was taken, today at the latest. */
  @Day()
  decidedOn!: string;

  /** Number of the letter, order or convention. */
  @Optional()
  @Line(200)
  reference?: string;

  @Optional()
  @Text(2000)
  reason?: string;

  /** Of one that closes: the structure that takes it over. Its people work there from then on, and what it leads is proposed to it. */
  @Optional()
  @Id()
  successorId?: string;
}

/** A part alone may be changed: what is left out stays as it is. */
export class OfferRequest {
  /** Services of the national standard. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(serviceValues, { each: true })
  services?: string[];

  /** INSEE codes of the communes it covers. */
  @Optional()
  @IsArray()
  @AtMost(mostCommunes)
  @IsCommune({ each: true })
  communes?: string[];

  /** Whether other structures may send residents here. */
  @Optional()
  @IsBoolean()
  acceptsReferrals?: boolean;

  /** `open`, `waiting_list` or `full`. The only part that a counsellor of the structure changes. */
  @Optional()
  @IsIn(capacityValues)
  capacity?: Capacity;
}

export class CapacityRequest {
  /** `open`, `waiting_list` or `full`. */
  @IsIn(capacityValues)
  capacity!: Capacity;
}

/** What was declared by mistake; what is left out stays as it is. */
export class CorrectStructureRequest {
  @Optional()
  @Name(200)
  name?: string;

  /** Code of the national standard: `CC`, `LA_POSTE`, `ASSO`, … */
  @Optional()
  @IsIn(typologyValues)
  typology?: string;

  /** 14 digits; null: it has none. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @Siret()
  siret?: string | null;

  /** INSEE codes of the communes it covers. */
  @Optional()
  @IsArray()
  @AtMost(mostCommunes)
  @IsCommune({ each: true })
  communes?: string[];

  /** Services of the national standard. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(serviceValues, { each: true })
  services?: string[];
}
