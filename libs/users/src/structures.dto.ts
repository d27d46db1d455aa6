import { capacityValues, services, structureStatusValues, typologies, type Capacity, type StructureStatus } from '@fil-rouge/kernel';
import { csv, instantOf, Optional, PageQuery } from '@fil-rouge/platform';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsNotEmpty, IsString, Matches, MaxLength,
} from 'class-validator';
import { IsCommune } from './network/commune.validator';
import { communesOf } from './network/communes';
import { IsDay } from './days.validator';
import type { DecisionHistoryRow, StructureDetailRow, StructureListRow } from './structures.queries';

/** The largest département has fewer than 900 communes. */
const mostCommunes = 1500;

const trim = () => Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

export class DirectoryQuery extends PageQuery {
  /** Words of the name, in any order, with or without accents; the beginning of a word is enough. */
  @Optional() @IsString() @MaxLength(200)
  q?: string;

  /** Codes of the national standard, separated by commas: `CC,EPCI`. */
  @Optional() @csv() @ArrayMaxSize(20) @IsIn(typologies, { each: true })
  typology?: string[];

  /** Structures that offer at least one of these services; separated by commas. */
  @Optional() @csv() @ArrayMaxSize(20) @IsIn(services, { each: true })
  service?: string[];

  /** INSEE code of a commune that the structure covers. */
  @Optional() @IsCommune()
  commune?: string;

  /** `true`: only structures whose offer takes referrals. */
  @Optional() @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)) @IsBoolean()
  acceptsReferrals?: boolean;

  /** Statuses, separated by commas. */
  @Optional() @csv() @ArrayMaxSize(6) @IsIn(structureStatusValues, { each: true })
  status?: StructureStatus[];
}

export class DeclareStructureRequest {
  @trim() @IsString() @IsNotEmpty() @MaxLength(200) @Matches(/^\P{Cc}+$/u)
  name!: string;

  /** Code of the national standard: `CC`, `LA_POSTE`, `ASSO`, … */
  @IsIn(typologies)
  typology!: string;

  /** 14 digits; several branches may share one. */
  @Optional() @Matches(/^\d{14}$/)
  siret?: string;

  /** INSEE codes of the communes it covers. */
  @IsArray() @ArrayMaxSize(mostCommunes) @IsCommune({ each: true })
  communes!: string[];

  /** Services of the national standard. */
  @IsArray() @ArrayMaxSize(20) @ArrayUnique() @IsIn(services, { each: true })
  services!: string[];
}

export class StructureDecisionRequest {
  /** The status the decision leads to. */
  @IsIn(structureStatusValues)
  status!: StructureStatus;

  /** The day it was taken, today at the latest. */
  @IsDay()
  decidedOn!: string;

  /** Number of the letter, order or convention. */
  @Optional() @trim() @IsString() @MaxLength(200)
  reference?: string;

  @Optional() @trim() @IsString() @MaxLength(2000)
  reason?: string;
}

export class OfferRequest {
  /** Services of the national standard. */
  @IsArray() @ArrayMaxSize(20) @ArrayUnique() @IsIn(services, { each: true })
  services!: string[];

  /** INSEE codes of the communes it covers. */
  @IsArray() @ArrayMaxSize(mostCommunes) @IsCommune({ each: true })
  communes!: string[];

  /** Whether other structures may send residents here. */
  @IsBoolean()
  acceptsReferrals!: boolean;

  /** `open`, `waiting_list` or `full`. */
  @IsIn(capacityValues)
  capacity!: Capacity;
}

export class StructureResponse {
  id!: string;
  version!: number;
  name!: string;
  typology!: string;
  siret?: string;
  status!: string;
  services!: string[];

  /** INSEE codes of every commune it covers. */
  communes!: string[];

  acceptsReferrals!: boolean;
  capacity!: string;

  /** Day of the last decision; absent while only declared. */
  decidedOn?: string;

  static from(row: StructureListRow): StructureResponse {
    return {
      id: row.id,
      version: row.version,
      name: row.name,
      typology: row.typology,
      ...(row.siret === null ? {} : { siret: row.siret }),
      status: row.status,
      services: row.services,
      communes: communesOf(row),
      acceptsReferrals: row.accepts_referrals,
      capacity: row.capacity,
      ...(row.decided_on === null ? {} : { decidedOn: row.decided_on }),
    };
  }
}

export class DirectoryPage {
  items!: StructureResponse[];
  nextCursor!: string | null;
}

export class DecisionAuthor {
  id!: string;
  name!: string;
}

export class StructureDecisionResponse {
  id!: string;
  status!: string;
  decidedOn!: string;
  recordedAt!: string;

  /** Absent when the system recorded it. */
  author?: DecisionAuthor;

  reference?: string;
  reason?: string;

  static from(row: DecisionHistoryRow): StructureDecisionResponse {
    return {
      id: row.id,
      status: row.status,
      decidedOn: row.decided_on,
      recordedAt: instantOf(row.recorded_at),
      ...(row.decided_by !== null && row.decided_by_name !== null ? { author: { id: row.decided_by, name: row.decided_by_name } } : {}),
      ...(row.reference === null ? {} : { reference: row.reference }),
      ...(row.reason === null ? {} : { reason: row.reason }),
    };
  }
}

export class StructureDetailResponse extends StructureResponse {
  /** Oldest first; nothing is ever taken away. */
  decisions!: StructureDecisionResponse[];

  static override from(row: StructureDetailRow): StructureDetailResponse {
    return { ...StructureResponse.from(row), decisions: row.decisions.map((decision) => StructureDecisionResponse.from(decision)) };
  }
}
