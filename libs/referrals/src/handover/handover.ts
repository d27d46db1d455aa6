/**
 * READ FIRST: the handover of a case's lead: its events, its state and how the state follows from the events. Pure.
 *
 *   push            the lead proposes, the recipient answers        pull      a structure asks, the lead answers
 *   internal        a manager names another counsellor              administrative  a coordinator or administrator decides
 *   beside          a structure asks to contribute, the lead answers: the lead does not move
 *
 * `from` is always the structure that leads when the handover begins, `to` the one that shall lead, or contribute. An event that opens or ends
 * access says so in `data.opened` / `data.ended`, and the one that moves the lead in `data.lead`: the case folds them.
 */
import {
  addBusinessDays,
  atParis,
  endOfDay,
  eventsOf,
  localDateOf,
  type EventOf,
  type HandoverKind,
  type HandoverStatus,
  type Instant,
  type RecordEvent,
  type Uuid,
} from '@fil-rouge/kernel';
import type { AccessChange, CaseRecord } from '@fil-rouge/cases';

/** In business days after the day of the proposal, except `notice` (calendar days) and `skew` (milliseconds a client's clock may be late). */
export const delays = { reminders: [3, 7], expiry: 10, notice: 90, skew: 5 * 60_000 } as const;

export type Handover = {
  id: Uuid;
  kind: HandoverKind;
  status: HandoverStatus;
  /** Counts the handover's own events: its ETag. */
  version: number;
  from: Uuid;
  to: Uuid;
  fromCounsellor: Uuid | null;
  toCounsellor: Uuid | null;
  /** The person who proposed, asked or decided. */
  by: Uuid | null;
  /** Asked by a structure that may not know whose case it is (a join request), until the lead has accepted. */
  blind: boolean;
  /** The proposer's suggestion; once accepted, what was agreed; once effective, when it was. */
  effectiveAt: Instant | null;
  createdAt: Instant;
  createdSeq: number;
  endedAt: Instant | null;
  /** Business day of the last reminder; 0 before the first. */
  reminded: number;
  /** The event whose pieces hold the note and, for a push, the minimal sheet. */
  note: Uuid;
};

/** `last`: the one that ended last, so that a late answer is told the truth about what it missed. Older ones are read rows. */
export type HandoverState = { open: Handover | null; last: Handover | null };

/** The part of a record this module may see. */
export type HandoverRecord = CaseRecord & { handover: HandoverState };

export type CancelCause =
  'asked' | 'case_closed' | 'objection' | 'erased' | 'administrative' | 'structure_closed' | 'merged';

/** What a push shows its recipient before the answer, beside the first name; every text of a handover stands in a `shared_text` piece. */
export type HandoverSheet = { note: string; commune?: string; ageBracket?: string; themes?: string[] };

/**
 * In the data of every event, so that who is told can be found without a look-up. `fromStructureId` is absent while a blind asker may
 * read the event; the handover's row has it.
 */
export type OfHandover = {
  handoverId: Uuid;
  toStructureId: Uuid;
  fromStructureId?: Uuid;
  /** In every event of a `beside`: nothing that is told of it may sound as if the lead moved. */
  kind?: HandoverKind;
};

/** What each event carries beside `OfHandover`; the comment says what its pieces hold (all shared by the handover). */
export type HandoverEventData = {
  /** first_name; shared_text HandoverSheet. The proposer leads. */
  HandoverProposed: { kind: 'push'; toCounsellorId: Uuid | null; effectiveAt: Instant | null } & AccessChange;
  /** shared_text `{note?}` */
  HandoverRequested: {
    kind: 'pull' | 'beside';
    toCounsellorId: Uuid | null;
    effectiveAt: Instant | null;
    blind: boolean;
  };
  HandoverReminded: { day: number };
  /** Of a `beside` it opens the contribution, and nothing follows. */
  HandoverAccepted: { effectiveAt: Instant; toCounsellorId: Uuid | null } & AccessChange;
  /** shared_text `{reason}` */
  HandoverDeclined: AccessChange;
  HandoverWithdrawn: AccessChange;
  /** `escalate`: a lead has not answered who asked for its case; the coordinator is told. */
  HandoverExpired: { escalate: boolean } & AccessChange;
  /** shared_text `{reason}` when a side asked for it */
  HandoverCancelled: { because: CancelCause } & AccessChange;
  /** shared_text `{note?, reason?}` when it was decided at once (internal, administrative). */
  HandoverTookEffect: {
    kind: HandoverKind;
    fromStructureId: Uuid;
    fromCounsellorId: Uuid | null;
    toCounsellorId: Uuid | null;
    decidedBy?: 'coordinator' | 'administrator';
  } & AccessChange;
};
export type HandoverEventType = keyof HandoverEventData;

export const handoverWrites: Readonly<Record<HandoverEventType, number>> = {
  HandoverProposed: 1,
  HandoverRequested: 1,
  HandoverReminded: 1,
  HandoverAccepted: 1,
  HandoverDeclined: 1,
  HandoverWithdrawn: 1,
  HandoverExpired: 1,
  HandoverCancelled: 1,
  HandoverTookEffect: 1,
};

export const initialHandover: HandoverState = { open: null, last: null };

type HandoverEvents = { [T in HandoverEventType]: OfHandover & HandoverEventData[T] };
export const isHandoverEvent = eventsOf<HandoverEvents>(handoverWrites);

/** @param whole the record before the event: while a handover is open nothing else moves the lead away from `from` */
export function evolveHandover(state: HandoverState, event: RecordEvent, whole: HandoverRecord): HandoverState {
  if (!isHandoverEvent(event)) return state;
  if (event.type === 'HandoverProposed' || event.type === 'HandoverRequested')
    return { ...state, open: begin(event, whole) };
  const open = state.open?.id === event.about ? { ...state.open, version: state.open.version + 1 } : null;
  if (!open) return event.type === 'HandoverTookEffect' ? { ...state, last: decidedAtOnce(event) } : state;
  const end = (status: HandoverStatus): HandoverState => ({ open: null, last: { ...open, status, endedAt: event.at } });
  switch (event.type) {
    case 'HandoverReminded':
      return { ...state, open: { ...open, reminded: event.data.day } };
    case 'HandoverAccepted': {
      const { effectiveAt, toCounsellorId } = event.data;
      const agreed = { ...open, blind: false, effectiveAt, toCounsellor: toCounsellorId };
      return open.kind === 'beside'
        ? { open: null, last: { ...agreed, status: 'effective', endedAt: event.at } }
        : { ...state, open: { ...agreed, status: 'accepted' } };
    }
    case 'HandoverDeclined':
      return end('declined');
    case 'HandoverWithdrawn':
      return end('withdrawn');
    case 'HandoverExpired':
      return end('expired');
    case 'HandoverCancelled':
      return end('cancelled');
    case 'HandoverTookEffect':
      return { open: null, last: { ...open, status: 'effective', effectiveAt: event.at, endedAt: event.at } };
  }
}

function begin(
  event: EventOf<Pick<HandoverEvents, 'HandoverProposed' | 'HandoverRequested'>>,
  whole: HandoverRecord,
): Handover {
  const { data } = event;
  return {
    ...began(event),
    kind: data.kind,
    status: data.kind === 'push' ? 'proposed' : 'requested',
    from: whole.case.lead?.structureId ?? '',
    fromCounsellor: whole.case.lead?.counsellorId ?? null,
    blind: 'blind' in data && data.blind,
    effectiveAt: data.effectiveAt,
    endedAt: null,
  };
}

function decidedAtOnce(event: EventOf<Pick<HandoverEvents, 'HandoverTookEffect'>>): Handover {
  const { kind, fromStructureId, fromCounsellorId } = event.data;
  return {
    ...began(event),
    kind,
    status: 'effective',
    from: fromStructureId,
    fromCounsellor: fromCounsellorId,
    blind: false,
    effectiveAt: event.at,
    endedAt: event.at,
  };
}

function began(event: EventOf<Pick<HandoverEvents, 'HandoverProposed' | 'HandoverRequested' | 'HandoverTookEffect'>>) {
  const { handoverId, toStructureId, toCounsellorId } = event.data;
  return {
    id: handoverId,
    version: 1,
    to: toStructureId,
    toCounsellor: toCounsellorId,
    by: event.actor,
    createdAt: event.at,
    createdSeq: event.seq,
    reminded: 0,
    note: event.id,
  };
}

export const isAnswered = ({ status }: Handover): boolean => status !== 'proposed' && status !== 'requested';

/** When an unanswered handover expires: the end of its tenth business day. */
export const expiresAt = ({ createdAt }: Handover): Instant =>
  endOfDay(addBusinessDays(localDateOf(createdAt), delays.expiry));

/** 09:00 in Paris on that business day. */
export const remindsAt = ({ createdAt }: Handover, day: number): Instant =>
  atParis(addBusinessDays(localDateOf(createdAt), day), '09:00');

/** When something will next happen by itself, by the name of the timer. */
export function handoverTimers({ open }: HandoverState): Record<string, Instant> {
  if (!open) return {};
  if (isAnswered(open)) return open.effectiveAt === null ? {} : { 'handover-effect': open.effectiveAt };
  const next = delays.reminders.find((day) => day > open.reminded);
  return {
    'handover-expiry': expiresAt(open),
    ...(next === undefined ? {} : { 'handover-reminder': remindsAt(open, next) }),
  };
}
