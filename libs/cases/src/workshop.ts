/**
 * READ FIRST: a workshop: one record of its own, whose event is read by the structure that held it. Each named participant's
 * case gets an entry `WorkshopAttended` in the same commit; anonymous participants are counts, never invented people. Pure.
 */
import { pieceOf, type Change, type JsonObject, type LocalDate, type RecordEvent, type Slice, type Uuid } from '@fil-rouge/kernel';

export type WorkshopState = { structureId: Uuid | null };
export type WorkshopRecord = { workshop: WorkshopState };

/** Sealed as shared_text, in the workshop's record and in each participant's. */
export type WorkshopFields = {
  title: string;
  date: LocalDate;
  minutes: number;
  place: string;
  commune?: string;
  themes: string[];
  level?: string;
};

/** How many were there without a case; a margin counts those of whom it is known. */
export type Anonymous = {
  total: number;
  byAge?: Record<string, number>;
  byGender?: Record<string, number>;
  byStatus?: Record<string, number>;
};

export type WorkshopEventData = {
  /** shared_text WorkshopFields & `{anonymous}` */
  WorkshopHeld: { participants: Uuid[] };
};

export interface WorkshopRow {
  id: Uuid;
  structure_id: Uuid | null;
  author_id: Uuid | null;
  date: LocalDate;
  minutes: number;
  place: string;
  commune: string | null;
  themes: string[];
  level: string | null;
  participants: Uuid[];
  anonymous: JsonObject;
  recorded_at: string;
}

export const workshopSlice: Slice<WorkshopState, WorkshopRecord> = {
  kind: 'workshop',
  name: 'workshop',
  version: 1,
  initial: { structureId: null },
  writes: { WorkshopHeld: 1 } satisfies Record<keyof WorkshopEventData, number>,
  evolve: (state, event) => (event.type === 'WorkshopHeld' ? { structureId: event.structure } : state),
  project: (_before, _after, event) => projectWorkshop(event),
};

/** The title is a text: it stays in the sealed piece of the event, whose id is found by the record's first number. */
function projectWorkshop(event: RecordEvent): Change[] {
  const text = pieceOf(event, 'shared_text') as (WorkshopFields & { anonymous: Anonymous }) | undefined;
  if (event.type !== 'WorkshopHeld' || !text) return [];
  const row: WorkshopRow = {
    id: event.stream,
    structure_id: event.structure,
    author_id: event.actor,
    date: text.date,
    minutes: text.minutes,
    place: text.place,
    commune: text.commune ?? null,
    themes: text.themes,
    level: text.level ?? null,
    participants: (event.data as WorkshopEventData['WorkshopHeld']).participants,
    anonymous: text.anonymous,
    recorded_at: event.recordedAt,
  };
  return [{ call: 'put_workshop', rows: [row] }];
}
