import {
  capacityValues,
  nearnessValues,
  serviceValues,
  structureStatusValues,
  typologyValues,
  type Capacity,
  type StructureStatus,
} from '@fil-rouge/kernel';
import {
  AnyOf,
  AtMost,
  Code,
  Codes,
  Day,
  Flag,
  instantOf,
  Line,
  Name,
  Optional,
  OptionalLine,
  PageQuery,
  Text,
} from '@fil-rouge/platform';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, Matches, ValidateIf } from 'class-validator';
import { IsCommune } from '../network/commune.validator';
import { communesOf } from '../network/communes.service';
import { LeafletResponse, ReceptionPlace } from '../reception/reception.dto';
import { FormerNameResponse, StructureWarning } from './structure-names.dto';
import type { DecisionHistoryRow, StructureDetailRow, StructureListRow } from './structures.queries';

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

export class StructureResponse {
  id!: string;
  version!: number;
  name!: string;
  @Code(typologyValues)
  typology!: string;
  siret?: string;
  @Code(structureStatusValues)
  status!: string;
  @Codes(serviceValues)
  services!: string[];

  /** INSEE codes of every commune it covers. */
  communes!: string[];
  /** Their names, in the same order. */
  communeNames?: string[];

  acceptsReferrals!: boolean;
  @Code(capacityValues)
  capacity!: string;

  /** How near it is to the commune that was asked about; absent where none was. */
  @Code(nearnessValues)
  nearness?: string;

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
      ...(row.nearness === undefined ? {} : { nearness: nearnessValues[row.nearness] }),
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
  @Code(structureStatusValues)
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
      ...(row.decided_by !== null && row.decided_by_name !== null
        ? { author: { id: row.decided_by, name: row.decided_by_name } }
        : {}),
      ...(row.reference === null ? {} : { reference: row.reference }),
      ...(row.reason === null ? {} : { reason: row.reason }),
    };
  }
}

export class StructureDetailResponse extends StructureResponse {
  /** Oldest first; nothing is ever taken away. */
  decisions!: StructureDecisionResponse[];

  /** For residents: what it is for, what to bring, how to come. Absent while its managers have said nothing. */
  leaflet?: LeafletResponse;

  /** Where it receives, by name: the first fifty; all of them by `GET /v1/places`. */
  reception!: ReceptionPlace[];

  /** What it was called before, oldest first; absent when it was never renamed. */
  formerNames?: FormerNameResponse[];

  /** Only in the answer to a declaration, a correction or a new name, and only when there is something to check. */
  warnings?: StructureWarning[];

  static override from(row: StructureDetailRow): StructureDetailResponse {
    return {
      ...StructureResponse.from(row),
      ...leafletOf(row.leaflet),
      reception: row.reception,
      decisions: row.decisions.map((decision) => StructureDecisionResponse.from(decision)),
      ...(row.former_names && {
        formerNames: row.former_names.map(({ name, until_at }) => ({ name, until: instantOf(until_at) })),
      }),
    };
  }
}

function leafletOf(row: StructureDetailRow['leaflet']): { leaflet?: LeafletResponse } {
  const leaflet = Object.fromEntries(Object.entries(row ?? {}).filter(([, text]) => text !== null));
  return Object.keys(leaflet).length === 0 ? {} : { leaflet };
}
