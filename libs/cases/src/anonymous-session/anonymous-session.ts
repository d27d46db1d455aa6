/**
 * READ FIRST: what was done with somebody who does not want to give a name. A record of its own, of its structure alone, in codes: there is no text in it, and so nothing that
 * could tell who it was, nothing to be sealed and nothing to be erased. Pure.
 */
import { eventsOf, type Change, type LocalDate, type RecordEvent, type Slice, type Uuid } from '@fil-rouge/kernel';
import type { SessionFields } from '../case/case';

export type AnonymousFields = Omit<SessionFields, 'procedure' | 'summary'> & {
  /** Of the person, as far as it is known. */
  ageBracket?: string;
  gender?: string;
  residentStatus?: string;
};

export type AnonymousSessionState = {
  status: 'none' | 'recorded' | 'entered_in_error';
  /** Counts the record's events: the ETag. */
  version: number;
  structureId: Uuid | null;
  authorId: Uuid | null;
  fields: AnonymousFields;
};
export type AnonymousSessionRecord = { anonymousSession: AnonymousSessionState };

export type AnonymousSessionEventData = {
  AnonymousSessionRecorded: { fields: AnonymousFields };
  /** The whole image; `changed` names what is different. */
  AnonymousSessionCorrected: { fields: AnonymousFields; changed: string[] };
  AnonymousSessionCancelled: { reason: string };
};

const writes = { AnonymousSessionRecorded: 1, AnonymousSessionCorrected: 1, AnonymousSessionCancelled: 1 };
const isAnonymousSessionEvent = eventsOf<AnonymousSessionEventData>(writes);

const initial: AnonymousSessionState = {
  status: 'none',
  version: 0,
  structureId: null,
  authorId: null,
  fields: { date: '', minutes: 0, place: '', themes: [], equipment: [] },
};

export const anonymousSessionSlice: Slice<AnonymousSessionState, AnonymousSessionRecord> = {
  kind: 'anonymous_session',
  name: 'anonymousSession',
  version: 1,
  initial,
  writes,
  evolve: evolveAnonymousSession,
  project: (_before, { anonymousSession }, event) => projectAnonymousSession(anonymousSession, event),
};

function evolveAnonymousSession(state: AnonymousSessionState, event: RecordEvent): AnonymousSessionState {
  if (!isAnonymousSessionEvent(event)) return state;
  const next = { ...state, version: state.version + 1 };
  switch (event.type) {
    case 'AnonymousSessionRecorded':
      return {
        ...next,
        status: 'recorded',
        structureId: event.structure,
        authorId: event.actor,
        fields: event.data.fields,
      };
    case 'AnonymousSessionCorrected':
      return { ...next, fields: event.data.fields };
    case 'AnonymousSessionCancelled':
      return { ...next, status: 'entered_in_error' };
  }
}

export interface AnonymousSessionRow {
  id: Uuid;
  structure_id: Uuid | null;
  author_id: Uuid | null;
  status: AnonymousSessionState['status'];
  version: number;
  date: LocalDate;
  minutes: number;
  place: string;
  commune: string | null;
  place_id: Uuid | null;
  place_name: string | null;
  themes: string[];
  equipment: string[];
  autonomy: string | null;
  age_bracket: string | null;
  gender: string | null;
  resident_status: string | null;
}

function projectAnonymousSession(state: AnonymousSessionState, event: RecordEvent): Change[] {
  if (!isAnonymousSessionEvent(event)) return [];
  const { structureId, authorId, status, version, fields } = state;
  const row: AnonymousSessionRow = {
    id: event.stream,
    structure_id: structureId,
    author_id: authorId,
    status,
    version,
    date: fields.date,
    minutes: fields.minutes,
    place: fields.place,
    commune: fields.commune ?? null,
    place_id: fields.placeId ?? null,
    place_name: fields.placeName ?? null,
    themes: fields.themes,
    equipment: fields.equipment,
    autonomy: fields.autonomy ?? null,
    age_bracket: fields.ageBracket ?? null,
    gender: fields.gender ?? null,
    resident_status: fields.residentStatus ?? null,
  };
  return [{ call: 'put_anonymous_session', rows: [row] }];
}
