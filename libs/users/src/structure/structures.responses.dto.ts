import {
  capacityValues,
  nearnessValues,
  serviceValues,
  structureStatusValues,
  typologyValues,
} from '@fil-rouge/kernel';
import { Code, Codes, instantOf } from '@fil-rouge/platform';
import { communesOf } from '../network/communes.service';
import { LeafletResponse, ReceptionPlace } from '../reception/reception.dto';
import { FormerNameResponse, StructureWarning } from './structure-names.dto';
import type { DecisionHistoryRow, StructureDetailRow, StructureListRow } from './structures.queries';

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

export class NamedStructure {
  id!: string;
  name!: string;
}

export class TakenOver extends NamedStructure {
  /** The day of the decision. */
  on!: string;
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

  /** Which structure took over the one that closed. */
  successor?: NamedStructure;

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
      ...(row.successor && { successor: row.successor }),
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

  /** Structures that closed and that it has taken over, oldest first; absent when there are none. */
  tookOver?: TakenOver[];

  /** Only in the answer to a declaration, a correction or a new name, and only when there is something to check. */
  warnings?: StructureWarning[];

  static override from(row: StructureDetailRow): StructureDetailResponse {
    return {
      ...StructureResponse.from(row),
      ...leafletOf(row.leaflet),
      reception: row.reception,
      decisions: row.decisions.map((decision) => StructureDecisionResponse.from(decision)),
      ...(row.took_over && { tookOver: row.took_over }),
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
