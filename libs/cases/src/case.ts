/**
 * READ FIRST: the case of one resident: its events, its state and how the state follows from the events. Pure.
 *
 * Other modules write on the same record. An event of theirs that opens or ends a structure's access says so in
 * `data.opened` / `data.ended`, and one that moves the lead in `data.lead`; this slice folds those members whatever the type.
 */
import {
  defaultDelays, pieceOf, type Instant, type JsonObject, type LocalDate, type RecordEvent, type Uuid,
} from '@fil-rouge/kernel';
import { evolveSilence, type Silence } from './case.silence';

/** A structure's open access. `source`: the opening (the case's id), referral or handover it comes from. */
export type Grant = {
  id: Uuid;
  structureId: Uuid;
  kind: 'lead' | 'contributor' | 'candidate';
  source: Uuid;
  fromSeq: number;
};

/** What an event says it opens: `fromSeq` is the event's own number. */
export type OpenedGrant = Omit<Grant, 'fromSeq'>;

/** Members any event on a case may carry. */
export interface AccessChange {
  opened?: OpenedGrant[];
  /** Ids of grants that end with this event. */
  ended?: Uuid[];
  /** The lead from this event on. */
  lead?: { structureId: Uuid; counsellorId: Uuid | null };
}

/** `sheet`: what a former lead keeps of the resident, as of the end, also when it contributes again in between. */
export type Former = { kind: 'former_lead' | 'former_contributor'; seq: number; at: Instant; sheet?: Sheet };

/** Which events hold the resident's details, and the commune they say. */
export type Sheet = { pieces: CaseState['pieces']; commune: string };

/** `against`: a structure, or `all`. */
export type Objection = { id: Uuid; against: Uuid; on: LocalDate; how: string };

export type CaseState = {
  /** `merged`: another record of the same resident goes on in its place. */
  status: 'none' | 'open' | 'closed' | 'merged' | 'erased';
  /** Counts the case's own events (details, lead, status): the ETag of the case. */
  version: number;
  openedAt: Instant;
  closedAt: Instant | null;
  closedFor: string | null;
  lead: { structureId: Uuid; counsellorId: Uuid | null; since: Instant; periodId: Uuid; fromSeq: number } | null;
  grants: Grant[];
  /** Structures whose last grant of that strength ended: what they may still read ends at `seq`. */
  formers: Record<Uuid, Former>;
  objections: Objection[];
  commune: string;
  themes: string[];
  /** Events that hold the latest pieces about the resident. */
  pieces: { firstName: Uuid; identity: Uuid; profile: Uuid };
  silence: Silence;
  /** Last event anybody on the record may read; last event at all. */
  sharedActivityAt: Instant;
  lastActivityAt: Instant;
  /** Records that ended in this one, directly or through another: whatever is done to the resident (an erasure) is done to all of them. */
  mergedFrom: Uuid[];
  mergedInto: Uuid | null;
};

/** The part of a record this module and the ones above may see. */
export type CaseRecord = { case: CaseState };

/** Sealed values, by piece kind. */
export type FirstName = { firstName: string };
export type Identity = { lastName: string; phone?: string; email?: string };
export type Profile = { birthYear?: number; commune: string; gender?: string; status?: string };
/** A session as it stands after recording or correction: always the whole image. */
export type SessionFields = {
  date: LocalDate;
  minutes: number;
  place: string;
  commune?: string;
  themes: string[];
  equipment: string[];
  autonomy?: string;
  summary?: string;
};

/** What each event carries in clear; the comment says what its pieces hold. */
export type CaseEventData = {
  /** first_name, identity, profile; shared_text `{themes, informed, summary?}` */
  CaseOpened: AccessChange & { silenceDays?: number } & JsonObject;
  CaseClosed: { reason: string; cancelReferrals?: boolean } & AccessChange;
  /** shared_text `{reason}` */
  CaseReopened: AccessChange & { silenceDays?: number } & JsonObject;
  /** Nobody has added an entry since then. */
  CaseFellSilent: { days: number; since: Instant };
  /** first_name, identity, profile: all three, whole, so that the search words follow from this event alone; `changed` names the fields */
  ResidentCorrected: { changed: string[] };
  LeadAssigned: { counsellorId: Uuid };
  /** Ends the access of whoever it is against and contributes only because it led a record that was merged into this one. */
  ObjectionRecorded: { objectionId: Uuid; against: Uuid; on: LocalDate; how: string } & AccessChange;
  ObjectionEnded: { objectionId: Uuid };
  /** shared_text SessionFields; private_note `{note}` */
  SessionRecorded: { sessionId: Uuid; referralId?: Uuid };
  /** shared_text SessionFields & `{reason?}` (whole image); private_note `{note}` when it changed */
  SessionCorrected: { sessionId: Uuid; changed: string[]; /** 1 for the first correction */ nth: number };
  /** shared_text WorkshopFields (workshop.ts) */
  WorkshopAttended: { workshopId: Uuid };
  /** Every piece of the record goes with it. */
  CaseErased: { reason: string } & AccessChange;
  /** The last event of a record. shared_text `{reason}` */
  MergedInto: { survivorId: Uuid } & AccessChange;
  /**
   * On the record that goes on; the other's head as the decision found it. For leads only: first_name, identity, profile of the other, whose
   * search words follow from them; shared_text: what modules above take over of theirs.
   */
  RecordsMerged: { loserId: Uuid; loserHash: string; loserVersion: number; takenOver: TakenOver } & AccessChange;
};

/** What goes on living on the survivor, beside the grants in `opened`; modules above add members of their own. */
export type TakenOver = {
  objections: Objection[];
  mergedFrom: Uuid[];
  /** Who led the other record until now; null when it was closed. */
  lead: { structureId: Uuid; counsellorId: Uuid | null } | null;
} & JsonObject;

export const caseWrites: Readonly<Record<keyof CaseEventData, number>> = {
  CaseOpened: 1, CaseClosed: 1, CaseReopened: 1, CaseFellSilent: 1, ResidentCorrected: 1, LeadAssigned: 1, ObjectionRecorded: 1, ObjectionEnded: 1,
  SessionRecorded: 1, SessionCorrected: 1, WorkshopAttended: 1, MergedInto: 1, RecordsMerged: 1, CaseErased: 1,
};

/** Event types that count for the case's version, beside every event that moves the lead. */
const ownEvents = new Set<string>(['CaseOpened', 'CaseClosed', 'CaseReopened', 'ResidentCorrected', 'LeadAssigned', 'ObjectionRecorded', 'ObjectionEnded', 'MergedInto', 'RecordsMerged', 'CaseErased']);

export const initialCase: CaseState = {
  status: 'none',
  version: 0,
  openedAt: '',
  closedAt: null,
  closedFor: null,
  lead: null,
  grants: [],
  formers: {},
  objections: [],
  commune: '',
  themes: [],
  pieces: { firstName: '', identity: '', profile: '' },
  silence: { days: defaultDelays.silenceCalendarDays },
  sharedActivityAt: '',
  lastActivityAt: '',
  mergedFrom: [],
  mergedInto: null,
};

export function evolveCase(state: CaseState, event: RecordEvent): CaseState {
  const change = event.data as AccessChange;
  const counts = ownEvents.has(event.type) || change.lead !== undefined;
  const next: CaseState = {
    ...state,
    ...evolveAccess(state, event, change),
    version: state.version + (counts ? 1 : 0),
    pieces: evolvePieces(state.pieces, event),
    silence: evolveSilence(state.silence, event),
    // That nothing happened is no activity.
    lastActivityAt: event.type === 'CaseFellSilent' ? state.lastActivityAt : event.at,
    sharedActivityAt: event.audience === 'record' ? event.at : state.sharedActivityAt,
    commune: (tellsOfResident(event) && (pieceOf(event, 'profile') as Profile | undefined)?.commune) || state.commune,
  };
  switch (event.type as keyof CaseEventData) {
    case 'CaseOpened':
      return { ...next, status: 'open', openedAt: event.at, themes: (pieceOf(event, 'shared_text')?.['themes'] as string[] | undefined) ?? [] };
    case 'CaseClosed':
      return { ...next, status: 'closed', closedAt: event.at, closedFor: (event.data as { reason: string }).reason, lead: null };
    case 'CaseReopened':
      return { ...next, status: 'open', closedAt: null, closedFor: null };
    case 'LeadAssigned':
      return { ...next, lead: next.lead && { ...next.lead, counsellorId: (event.data as { counsellorId: Uuid }).counsellorId, since: event.at, periodId: event.id, fromSeq: event.seq } };
    case 'CaseErased':
      // The tombstone: that there was a record, since which month, until when.
      return { ...initialCase, status: 'erased', mergedFrom: state.mergedFrom, mergedInto: state.mergedInto, version: next.version, openedAt: `${state.openedAt.slice(0, 7)}-01T00:00:00.000Z`, closedAt: event.at, lastActivityAt: event.at, sharedActivityAt: event.at };
    case 'ObjectionRecorded': {
      const { objectionId: id, against, on, how } = event.data as object as CaseEventData['ObjectionRecorded'];
      return { ...next, objections: [...state.objections, { id, against, on, how }] };
    }
    case 'ObjectionEnded':
      return { ...next, objections: state.objections.filter(({ id }) => id !== (event.data as CaseEventData['ObjectionEnded']).objectionId) };
    case 'MergedInto':
      return { ...next, status: 'merged', lead: null, mergedInto: (event.data as object as CaseEventData['MergedInto']).survivorId };
    case 'RecordsMerged': {
      const { loserId, takenOver } = event.data as object as CaseEventData['RecordsMerged'];
      return { ...next, objections: [...state.objections, ...takenOver.objections], mergedFrom: [...state.mergedFrom, loserId, ...takenOver.mergedFrom] };
    }
    default:
      return next;
  }
}

/** What the record itself says of its resident; a merge brings what another one said. */
const tellsOfResident = ({ type }: RecordEvent): boolean => type === 'CaseOpened' || type === 'ResidentCorrected';

function evolveAccess(state: CaseState, event: RecordEvent, { opened = [], ended = [], lead }: AccessChange): Pick<CaseState, 'grants' | 'formers' | 'lead'> {
  const grants = [...state.grants.filter(({ id }) => !ended.includes(id)), ...opened.map((grant) => ({ ...grant, fromSeq: event.seq }))];
  const formers = { ...state.formers };
  for (const { structureId, kind } of state.grants.filter(({ id }) => ended.includes(id))) {
    if (kind === 'lead') formers[structureId] = { kind: 'former_lead', seq: event.seq, at: event.at, sheet: { pieces: state.pieces, commune: state.commune } };
    else if (kind === 'contributor' && formers[structureId]?.kind !== 'former_lead') formers[structureId] = { kind: 'former_contributor', seq: event.seq, at: event.at };
  }
  return { grants, formers, lead: lead ? { ...lead, since: event.at, periodId: event.id, fromSeq: event.seq } : state.lead };
}

function evolvePieces(pieces: CaseState['pieces'], event: RecordEvent): CaseState['pieces'] {
  // A piece shared by a referral is a copy for its recipient, not news about the resident.
  const news = (kind: string): boolean => event.pieces.some((piece) => piece.kind === kind && piece.sharedBy === undefined);
  if (!tellsOfResident(event)) return pieces;
  return {
    firstName: news('first_name') ? event.id : pieces.firstName,
    identity: news('identity') ? event.id : pieces.identity,
    profile: news('profile') ? event.id : pieces.profile,
  };
}

export type Participation = 'lead' | 'contributor' | 'former_lead' | 'former_contributor' | 'candidate';

/** A structure's strongest right on the case now; null: none, the case does not exist for it. */
export function participationOf(state: CaseState, structureId: Uuid | null): Participation | null {
  if (structureId === null) return null;
  const kinds = state.grants.filter((grant) => grant.structureId === structureId).map(({ kind }) => kind);
  if (kinds.includes('lead')) return 'lead';
  if (kinds.includes('contributor')) return 'contributor';
  return state.formers[structureId]?.kind ?? (kinds.includes('candidate') ? 'candidate' : null);
}

/** Grants of a structure that came from one source: the ids to end when it is over. */
export const grantsOf = (state: CaseState, structureId: Uuid, source: Uuid): Grant[] =>
  state.grants.filter((grant) => grant.structureId === structureId && grant.source === source);

/** What the resident objects to; `all` covers everybody. */
export const objectsTo = (state: CaseState, structureId: Uuid): boolean =>
  state.objections.some(({ against }) => against === 'all' || against === structureId);
