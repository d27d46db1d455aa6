/**
 * READ FIRST: how a structure receives, as its managers say it: a leaflet that is given to residents, and who answers there. It stands on the structure's own record.
 * Where and when it receives are its places, of the library above. Nothing here is about a resident. Pure.
 */
import { weekdayOf, type Change, type EventOf, type LocalDate, type Uuid, type Weekday } from '@fil-rouge/kernel';
import { deputyOf, isAway, worksOn, type Absence } from '../absence/absence';
import type { Employed } from '../structure/staff';

/** Public: what the structure is for, what to bring, how to come. */
export type Leaflet = { purpose?: string; bring?: string; coming?: string };

/** Who answers where nobody was chosen: whoever has that day of the week, else the one who always has. */
export type Contacts = { defaultId?: Uuid; rota: { weekday: Weekday; userId: Uuid }[] };

export type ReceptionEventData = { LeafletChanged: { leaflet: Leaflet }; ContactsNamed: Contacts };

export const receptionWrites = { LeafletChanged: 1, ContactsNamed: 1 } as const;

type Staffed = {
  readonly staff?: readonly Employed[];
  readonly contacts?: Contacts;
  readonly absences?: readonly Absence[];
};

/** Whoever is named and still works there, on that day, or takes over from who is away; null: nobody does. `on_duty` says it in SQL. */
export function onDuty(structure: Staffed, day: LocalDate): Uuid | null {
  const { defaultId, rota } = structure.contacts ?? { rota: [] };
  const ofTheDay = rota.find(({ weekday }) => weekday === weekdayOf(day))?.userId;
  const answering = (id: Uuid): Uuid | null =>
    !worksOn(structure, id, day) ? null : isAway(structure, id, day) ? deputyOf(structure, id, day) : id;
  return (
    [ofTheDay, defaultId].flatMap((id) => (id === undefined ? [] : [answering(id)])).find((id) => id !== null) ?? null
  );
}

/** Does this person work there that day, or is to? */
export const comesOrWorksThere = ({ staff = [] }: Staffed, id: Uuid, day: LocalDate): boolean =>
  staff.some(({ userId, until }) => userId === id && (until === null || day <= until));

export interface LeafletRow {
  id: Uuid;
  case_id: Uuid;
  purpose: string | null;
  bring: string | null;
  coming: string | null;
}

export interface ContactsRow {
  id: Uuid;
  case_id: Uuid;
  default_id: Uuid | null;
  /** By day of the week. */
  rota: Partial<Record<Weekday, Uuid>>;
}

export function receptionChange(event: EventOf<ReceptionEventData>): Change {
  const of = { id: event.stream, case_id: event.stream };
  if (event.type === 'LeafletChanged') {
    const { purpose = null, bring = null, coming = null } = event.data.leaflet;
    const row: LeafletRow = { ...of, purpose, bring, coming };
    return { call: 'put_structure_leaflet', rows: [row] };
  }
  const { defaultId = null, rota } = event.data;
  const row: ContactsRow = {
    ...of,
    default_id: defaultId,
    rota: Object.fromEntries(rota.map(({ weekday, userId }) => [weekday, userId])),
  };
  return { call: 'put_structure_contacts', rows: [row] };
}
