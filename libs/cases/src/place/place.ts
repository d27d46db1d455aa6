/**
 * READ FIRST: a place of activity of a structure, a library or a town hall where its counsellors receive: one record of its own, in the words of the national
 * standard of mediation places (nom, voie, complement_adresse, code_postal, code_insee, latitude, longitude, horaires). Nothing in it is about a resident. Pure.
 */
import {
  eventsOf,
  foldName,
  localDateOf,
  type Change,
  type Fact,
  type LocalDate,
  type RecordEvent,
  type Slice,
  type Uuid,
  type Weekday,
} from '@fil-rouge/kernel';

/** `HH:MM`, on the clocks of Paris. */
export type Opening = { weekday: Weekday; from: string; to: string };

export type PlaceFields = {
  name: string;
  street: string;
  complement?: string;
  postalCode: string;
  /** INSEE code. */
  commune: string;
  latitude?: number;
  longitude?: number;
  /** Public: how the desk is called. */
  phone?: string;
  /** From Monday on; those of a day follow on one another. */
  openings?: Opening[];
  /** What the hours do not say: closed in August. Public. */
  openingsNote?: string;
  /** As OpenStreetMap writes opening hours. */
  hours?: string;
  /** Its number in the national directory of places. */
  nationalId?: string;
};

export type PlaceState = {
  status: 'none' | 'open' | 'closed';
  /** Counts the record's events: the ETag. */
  version: number;
  structureId: Uuid | null;
  fields: PlaceFields;
  /** The last day on which something may have been done there. */
  closedOn: LocalDate | null;
};
export type PlaceRecord = { place: PlaceState };

export type PlaceEventData = {
  PlaceOpened: { fields: PlaceFields };
  /** The whole image; `changed` names what is different. */
  PlaceCorrected: { fields: PlaceFields; changed: string[] };
  PlaceClosed: Record<string, never>;
  PlaceReopened: Record<string, never>;
};

const writes = { PlaceOpened: 1, PlaceCorrected: 1, PlaceClosed: 1, PlaceReopened: 1 };
const isPlaceEvent = eventsOf<PlaceEventData>(writes);

const initial: PlaceState = {
  status: 'none',
  version: 0,
  structureId: null,
  fields: { name: '', street: '', postalCode: '', commune: '' },
  closedOn: null,
};

export const placeSlice: Slice<PlaceState, PlaceRecord> = {
  kind: 'place',
  name: 'place',
  version: 1,
  initial,
  writes,
  evolve: evolvePlace,
  project: (_before, { place }, event) => projectPlace(place, event),
};

function evolvePlace(state: PlaceState, event: RecordEvent): PlaceState {
  if (!isPlaceEvent(event)) return state;
  const next = { ...state, version: state.version + 1 };
  switch (event.type) {
    case 'PlaceOpened':
      return { ...next, status: 'open', structureId: event.structure, fields: event.data.fields };
    case 'PlaceCorrected':
      return { ...next, fields: event.data.fields };
    case 'PlaceClosed':
      return { ...next, status: 'closed', closedOn: localDateOf(event.at) };
    case 'PlaceReopened':
      return { ...next, status: 'open', closedOn: null };
  }
}

export interface PlaceRow {
  id: Uuid;
  structure_id: Uuid | null;
  status: PlaceState['status'];
  version: number;
  name: string;
  /** Without accents and capitals, for the order of the list. */
  search_name: string;
  street: string;
  complement: string | null;
  postal_code: string;
  commune: string;
  latitude: number | null;
  longitude: number | null;
  phone: string | null;
  openings: Opening[] | null;
  openings_note: string | null;
  hours: string | null;
  national_id: string | null;
  closed_on: LocalDate | null;
}

function projectPlace({ structureId, status, version, closedOn, fields }: PlaceState, event: RecordEvent): Change[] {
  if (!isPlaceEvent(event)) return [];
  const row: PlaceRow = {
    id: event.stream,
    structure_id: structureId,
    status,
    version,
    name: fields.name,
    search_name: foldName(fields.name),
    street: fields.street,
    complement: fields.complement ?? null,
    postal_code: fields.postalCode,
    commune: fields.commune,
    latitude: fields.latitude ?? null,
    longitude: fields.longitude ?? null,
    phone: fields.phone ?? null,
    openings: fields.openings ?? null,
    openings_note: fields.openingsNote ?? null,
    hours: fields.hours ?? null,
    national_id: fields.nationalId ?? null,
    closed_on: closedOn,
  };
  return [{ call: 'put_place', rows: [row] }];
}

/** The place that something is said to have been done at; undefined when there is none of that id. */
export const placeOf = (fact: Fact | undefined): PlaceState | undefined =>
  fact?.kind === 'place' ? (fact.state as PlaceRecord).place : undefined;
