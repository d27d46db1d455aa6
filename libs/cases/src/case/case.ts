/**
 * READ FIRST: the case of one resident: its events and its state. How the state follows from the events is in case.fold.ts. Pure.
 *
 * Other modules write on the same record. An event of theirs that opens or ends a structure's access says so in
 * `data.opened` / `data.ended`, and one that moves the lead in `data.lead`; the fold reads those members whatever the type.
 */
import {
  defaultDelays,
  eventsOf,
  type Instant,
  type JsonObject,
  type LocalDate,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';
import type { Begun, Silence } from './case.silence';

/** A structure's open access. `source`: the opening (the case's id), referral or handover it comes from. */
export type Grant = {
  id: Uuid;
  structureId: Uuid;
  kind: 'lead' | 'contributor' | 'candidate';
  source: Uuid;
  fromSeq: number;
  /** No referral stands behind it: it ends with an objection, and with the follow-up. */
  alone?: true;
};

/** What an event says it opens: `fromSeq` is the event's own number. */
export type OpenedGrant = Omit<Grant, 'fromSeq'>;

/** Members any event on a case may carry. */
export type AccessChange = {
  opened?: OpenedGrant[];
  /** Ids of grants that end with this event. */
  ended?: Uuid[];
  /** Whose access ends has come to its end by itself: for a while it still adds what is its own. The end of a lead needs no such word. */
  finished?: true;
  /** The lead from this event on. */
  lead?: { structureId: Uuid; counsellorId: Uuid | null };
};

/** Any event of any library may open and end access. */
export const accessChangeOf = ({ data }: RecordEvent): AccessChange => data;

/**
 * What a structure keeps of a case it has left. `sheet`: what a former lead keeps of the resident, as of that end; contributing again
 * later does not change it. `finishedAt`: when a part of it last came to its end by itself. For a while it may still record what had happened by
 * then.
 */
export type Former = {
  kind: 'former_lead' | 'former_contributor';
  seq: number;
  at: Instant;
  finishedAt?: Instant;
  sheet?: Sheet;
};

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
  /** Who leads, or led until it was closed. */
  led: Led | null;
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

/** Who leads, as an event says it that ends the lead. */
export type Led = { structureId: Uuid; counsellorId: Uuid | null };

export const ledBy = ({ lead }: CaseState): { led?: Led } =>
  lead ? { led: { structureId: lead.structureId, counsellorId: lead.counsellorId } } : {};

/** Sealed values, by piece kind. Of somebody with a single name one of the two names is absent. */
export type FirstName = { firstName?: string };
export type Identity = {
  lastName?: string;
  birthName?: string;
  phone?: string;
  email?: string;
  representative?: Representative;
};
export type Profile = {
  birthYear?: number;
  commune: string;
  gender?: string;
  status?: string;
  /** ISO 639 code of the language the resident speaks, where it is another than French. */
  language?: string;
  /** Nothing is understood without an interpreter. */
  interpreter?: boolean;
};
/** Who acts for a minor or for somebody under protection, and by what right. */
export type Representative = { name: string; right: string; phone?: string; email?: string };
/** A session as it stands after recording or correction: always the whole image. */
export type SessionFields = {
  date: LocalDate;
  minutes: number;
  place: string;
  commune?: string;
  /** A place of the structure's, and what it was called when it was named. */
  placeId?: Uuid;
  placeName?: string;
  themes: string[];
  equipment: string[];
  autonomy?: string;
  /** What was being done online, in the words of who recorded it. */
  procedure?: string;
  summary?: string;
};

/** A note as it stands: always the whole image. */
export type NoteFields = { date: LocalDate; note: string };

/** What each event carries in clear; the comment says what its pieces hold. */
export type CaseEventData = {
  /** first_name, identity, profile; shared_text `{themes, informed, summary?}` */
  CaseOpened: AccessChange & Begun;
  /** `led`: by whom until then, who is told */
  CaseClosed: { reason: string; led?: Led; cancelReferrals?: boolean; cancelHandover?: boolean } & AccessChange;
  /** shared_text `{reason}` */
  CaseReopened: AccessChange & Begun;
  /** Nothing has been done with the resident since then. */
  CaseFellSilent: { days: number; since: Instant };
  /** first_name, identity, profile: all three, whole, so that the search words follow from this event alone; `changed` names the fields */
  ResidentCorrected: { changed: string[] };
  /** shared_text `{themes?, summary?}`: what is different now, and nothing else; the rest would first have to be opened. A summary that was taken back is null. */
  CaseDescribed: { changed: string[] };
  LeadAssigned: { counsellorId: Uuid; previousCounsellorId?: Uuid };
  /** Ends the access of whoever it is against and contributes only because it led a record that was merged into this one. */
  ObjectionRecorded: { objectionId: Uuid; against: Uuid; on: LocalDate; how: string } & AccessChange;
  ObjectionEnded: { objectionId: Uuid };
  /** Who contributes without a referral goes. shared_text `{reason?}` */
  ContributorLeft: AccessChange;
  /** shared_text SessionFields; private_note `{note?, movedFrom?}` */
  SessionRecorded: { sessionId: Uuid; referralId?: Uuid; /** That it was planned as. */ appointmentId?: Uuid };
  /** shared_text SessionFields & `{reason?}` (whole image); private_note `{note}` when it changed */
  SessionCorrected: {
    sessionId: Uuid;
    referralId?: Uuid;
    changed: string[];
    /** 1 for the first correction */ nth: number;
  };
  /** shared_text `{comment?}`; private_note `{note, movedTo}` when it went to another record */
  SessionCancelled: { sessionId: Uuid; referralId?: Uuid; reason: string };
  /** All the labels of its structure that it has. */
  SessionTagged: { sessionId: Uuid; tags: Uuid[] };
  /** shared_text NoteFields; private_note `{note}` */
  NoteWritten: { noteId: Uuid };
  /** shared_text NoteFields & `{reason?}` (whole image); private_note `{note}` when it changed */
  NoteCorrected: { noteId: Uuid; changed: string[]; /** 1 for the first correction */ nth: number };
  /** shared_text `{comment?}` */
  NoteCancelled: { noteId: Uuid; reason: string };
  /** shared_text WorkshopFields (workshop.ts) */
  WorkshopAttended: { workshopId: Uuid };
  /** shared_text WorkshopFields (whole image) */
  AttendanceCorrected: { workshopId: Uuid };
  /** The workshop was entered in error, or this resident was not there (`not_attended`). */
  AttendanceCancelled: { workshopId: Uuid; reason: string };
  /** Every piece of the record goes with it. */
  CaseErased: { reason: string; led?: Led; /** The slip that was signed for it. */ slip?: number } & AccessChange;
  /** The last event of a record. shared_text `{reason}` */
  MergedInto: { survivorId: Uuid } & AccessChange;
  /**
   * Written on the record that goes on, with the head of the other as the decision found it. Its pieces are for leads only. first_name, identity,
   * profile are the other resident's, and the search words follow from them. shared_text holds what modules above take over of theirs.
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
  CaseOpened: 1,
  CaseClosed: 1,
  CaseReopened: 1,
  CaseFellSilent: 1,
  ResidentCorrected: 1,
  CaseDescribed: 1,
  LeadAssigned: 1,
  ObjectionRecorded: 1,
  ObjectionEnded: 1,
  ContributorLeft: 1,
  SessionRecorded: 1,
  SessionCorrected: 1,
  SessionCancelled: 1,
  SessionTagged: 1,
  NoteWritten: 1,
  NoteCorrected: 1,
  NoteCancelled: 1,
  WorkshopAttended: 1,
  AttendanceCorrected: 1,
  AttendanceCancelled: 1,
  MergedInto: 1,
  RecordsMerged: 1,
  CaseErased: 1,
};

export const isCaseEvent = eventsOf<CaseEventData>(caseWrites);

export const initialCase: CaseState = {
  status: 'none',
  version: 0,
  openedAt: '',
  closedAt: null,
  closedFor: null,
  lead: null,
  led: null,
  grants: [],
  formers: {},
  objections: [],
  commune: '',
  themes: [],
  pieces: { firstName: '', identity: '', profile: '' },
  silence: { days: defaultDelays.silenceCalendarDays, entries: [] },
  sharedActivityAt: '',
  lastActivityAt: '',
  mergedFrom: [],
  mergedInto: null,
};

export type Participation = 'lead' | 'contributor' | 'former_lead' | 'former_contributor' | 'candidate';

/** A structure's strongest right on the case now; null: none, the case does not exist for it. */
export function participationOf(state: CaseState, structureId: Uuid | null): Participation | null {
  if (structureId === null) return null;
  const kinds = state.grants.filter((grant) => grant.structureId === structureId).map(({ kind }) => kind);
  if (kinds.includes('lead')) return 'lead';
  if (kinds.includes('contributor')) return 'contributor';
  return state.formers[structureId]?.kind ?? (kinds.includes('candidate') ? 'candidate' : null);
}

/** Lead or contributor: reads the shared thread, adds to it. */
export const takesPart = (state: CaseState, structureId: Uuid | null): boolean =>
  ['lead', 'contributor'].includes(participationOf(state, structureId) ?? '');

/** Grants of a structure that came from one source: the ids to end when it is over. */
export const grantsOf = (state: CaseState, structureId: Uuid, source: Uuid): Grant[] =>
  state.grants.filter((grant) => grant.structureId === structureId && grant.source === source);

/** What the resident objects to; `all` covers everybody. */
export const objectsTo = (state: CaseState, structureId: Uuid | undefined): boolean =>
  state.objections.some(({ against }) => against === 'all' || against === structureId);
