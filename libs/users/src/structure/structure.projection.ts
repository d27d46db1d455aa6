/** A structure's read rows as data: its line in the directory, and one line per decision. Pure. */
import { foldName, type Change, type EventOf, type RecordEvent } from '@fil-rouge/kernel';
import { delaySettingChanges, nothingSet } from '../delays/delay-settings';
import { absenceChanges } from '../absence/absence';
import { receptionChange } from '../reception/reception';
import type { TagsRow } from '../tags/tags';
import { staffedDays } from './staff';
import { isStructureEvent, type StructureEventData, type StructureRecord } from './structure';

export interface StructureRow {
  id: string;
  /** Equal to `id`: rows that commands address name their record this way. */
  case_id: string;
  name: string;
  /** Without accents and capitals, for the directory's search and order. */
  search_name: string;
  typology: string;
  siret: string | null;
  status: string;
  services: string[];
  communes: string[] | null;
  departement: string | null;
  accepts_referrals: boolean;
  capacity: string;
  version: number;
  decided_on: string | null;
  /** The days on which somebody works there; null: not known. */
  staffed: string | null;
}

export interface StructureDecisionRow {
  /** The event's id. */
  id: string;
  /** The structure. */
  case_id: string;
  status: string;
  decided_on: string;
  reference: string | null;
  reason: string | null;
  decided_by: string | null;
  recorded_at: string;
  successor_id: string | null;
}

export interface StructureFormerNameRow {
  /** The event's id. */
  id: string;
  /** The structure. */
  case_id: string;
  name: string;
  until_at: string;
}

export function projectStructure(
  before: StructureRecord,
  { structure }: StructureRecord,
  event: RecordEvent,
): Change[] {
  const row: StructureRow = {
    id: event.stream,
    case_id: event.stream,
    name: structure.name,
    search_name: foldName(structure.name),
    typology: structure.typology,
    siret: structure.siret,
    status: structure.status,
    services: structure.services,
    communes: structure.communes,
    departement: structure.departement,
    accepts_referrals: structure.acceptsReferrals,
    capacity: structure.capacity,
    version: structure.version,
    decided_on: structure.decidedOn,
    staffed: staffedDays(structure),
  };
  const changes: Change[] = [
    { call: 'put_structure', rows: [row] },
    ...absenceChanges(before.structure, structure, event),
  ];
  if (event.type === 'DelaysChanged' && structure.delays)
    return [...changes, ...delaySettingChanges(event, before.structure.delays ?? nothingSet, structure.delays)];
  if (isStructureEvent(event) && event.type === 'StructureRenamed') {
    const former = { id: event.id, case_id: event.stream, name: event.data.before, until_at: event.at };
    return [...changes, { call: 'put_structure_former_name', rows: [former satisfies StructureFormerNameRow] }];
  }
  if (isStructureEvent(event) && (event.type === 'LeafletChanged' || event.type === 'ContactsNamed'))
    return [...changes, receptionChange(event)];
  if (isStructureEvent(event) && event.type === 'TagsChanged') {
    const row: TagsRow = { id: event.stream, case_id: event.stream, tags: event.data.tags };
    return [...changes, { call: 'put_structure_tags', rows: [row] }];
  }
  return isStructureEvent(event) && event.type === 'StructureDecided'
    ? [...changes, { call: 'put_structure_decision', rows: [decisionRow(event)] }]
    : changes;
}

function decisionRow(event: EventOf<Pick<StructureEventData, 'StructureDecided'>>): StructureDecisionRow {
  const { status, decidedOn, reference = null, reason = null, successorId = null } = event.data;
  return {
    id: event.id,
    case_id: event.stream,
    status,
    decided_on: decidedOn,
    reference,
    reason,
    decided_by: event.actor,
    recorded_at: event.recordedAt,
    successor_id: successorId,
  };
}
