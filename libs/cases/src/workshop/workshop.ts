/**
 * READ FIRST: a workshop: one record of its own, whose event is read by the structure that held it. Each named participant's
 * case gets an entry `WorkshopAttended` in the same commit; anonymous participants are counts, never invented people. Pure.
 */
import {
  eventsOf,
  pieceOf,
  type Change,
  type Instant,
  type JsonObject,
  type LocalDate,
  type RecordEvent,
  type Slice,
  type Uuid,
} from '@fil-rouge/kernel';

export type WorkshopState = {
  status: 'none' | 'held' | 'entered_in_error';
  structureId: Uuid | null;
  authorId: Uuid | null;
  recordedAt: Instant;
  /** Cases, as they were named: at most 30. */
  participants: Uuid[];
  /** The event that says it as it is now. */
  textEvent: Uuid;
  corrections: number;
};
export type WorkshopRecord = { workshop: WorkshopState };

/** Sealed as shared_text, in the workshop's record and in each participant's. */
export type WorkshopFields = {
  title: string;
  date: LocalDate;
  minutes: number;
  place: string;
  commune?: string;
  /** A place of the structure's, and what it was called when it was named. */
  placeId?: Uuid;
  placeName?: string;
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
  /** shared_text WorkshopFields & `{anonymous, reason?}` (whole image) */
  WorkshopCorrected: { participants: Uuid[]; changed: string[]; /** 1 for the first correction */ nth: number };
  /** shared_text `{comment?}` */
  WorkshopCancelled: { reason: string };
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
  status: WorkshopState['status'];
  text_event: Uuid;
  corrections: number;
}

const writes = { WorkshopHeld: 1, WorkshopCorrected: 1, WorkshopCancelled: 1 };
export const isWorkshopEvent = eventsOf<WorkshopEventData>(writes);

const initial: WorkshopState = {
  status: 'none',
  structureId: null,
  authorId: null,
  recordedAt: '',
  participants: [],
  textEvent: '',
  corrections: 0,
};

export const workshopSlice: Slice<WorkshopState, WorkshopRecord> = {
  kind: 'workshop',
  name: 'workshop',
  version: 2,
  initial,
  writes,
  evolve: evolveWorkshop,
  project: (_before, { workshop }, event) => projectWorkshop(workshop, event),
};

function evolveWorkshop(state: WorkshopState, event: RecordEvent): WorkshopState {
  if (!isWorkshopEvent(event)) return state;
  switch (event.type) {
    case 'WorkshopHeld': {
      const { id, structure, actor, recordedAt, data } = event;
      return {
        status: 'held',
        structureId: structure,
        authorId: actor,
        recordedAt,
        participants: data.participants,
        textEvent: id,
        corrections: 0,
      };
    }
    case 'WorkshopCorrected':
      return {
        ...state,
        participants: event.data.participants,
        textEvent: event.id,
        corrections: state.corrections + 1,
      };
    case 'WorkshopCancelled':
      return { ...state, status: 'entered_in_error' };
  }
}

/** The title is a text: it stays in the sealed piece of the event. */
function projectWorkshop(state: WorkshopState, event: RecordEvent): Change[] {
  if (event.type === 'WorkshopCancelled') return [{ call: 'put_workshop_error', rows: [{ id: event.stream }] }];
  const text = pieceOf(event, 'shared_text') as (WorkshopFields & { anonymous: Anonymous }) | undefined;
  if (!text) return [];
  const row: WorkshopRow = {
    id: event.stream,
    structure_id: state.structureId,
    author_id: state.authorId,
    date: text.date,
    minutes: text.minutes,
    place: text.place,
    commune: text.commune ?? null,
    themes: text.themes,
    level: text.level ?? null,
    participants: state.participants,
    anonymous: text.anonymous,
    recorded_at: state.recordedAt,
    status: state.status,
    text_event: state.textEvent,
    corrections: state.corrections,
  };
  return [{ call: 'put_workshop', rows: [row] }];
}
