/**
 * READ FIRST: referrals (orientations): the lead, or a contributor who may refer on, asks another structure to help. The lead does
 * not change. Events, the state of what is open, and how it follows from the events. Pure.
 *
 *   draft → (held) → sent → (under review) → accepted → in progress ⇄ on hold → completed
 *
 * Everything about the resident is in sealed pieces shared by the referral's id: needs, message, contact preference and how the
 * resident was informed with the draft; first name, commune and age bracket with the sending. In clear: ids and workflow codes.
 */
import {
  businessDaysBetween, localDateOf, pieceOf, type Delays, type Instant, type LocalDate, type RecordEvent, type ReferralStatus, type Uuid,
} from '@fil-rouge/kernel';
import type { AccessChange, CaseRecord } from '@fil-rouge/cases';

export const openStatuses = ['draft', 'held', 'sent', 'under_review', 'accepted', 'in_progress', 'on_hold'] as const satisfies readonly ReferralStatus[];
export const mostOpenReferrals = 20;

/** The clock of a referral. */
export type ReferralDelays = Omit<Delays, 'silenceCalendarDays'>;

/** Of a referral, what its rules and its rows need. Members that say nothing are absent: the state of a record is bounded. */
export type Referral = {
  id: Uuid;
  status: ReferralStatus;
  /** Counts the referral's own events: its ETag. */
  version: number;
  /** Number of the event that drafted it. */
  seq: number;
  from: Uuid;
  to: Uuid;
  needs: string[];
  urgency: string;
  contact: string;
  informedOn?: LocalDate;
  onwardAllowed: boolean;
  /** The accepted referral it continues (A→B→C), and who had sent that one. */
  parentId?: Uuid;
  parentFrom?: Uuid;
  /** Structures the resident came through, the sender last. */
  chain: Uuid[];
  previousId?: Uuid;
  /** Shared by all that were sent to several structures for one need. */
  broadcastId?: Uuid;
  /** What holds for it, as it was promised when it was sent or held. */
  delays?: ReferralDelays;
  contactUserId?: Uuid;
  /** Events that hold needs and message; first name, commune and age bracket. */
  draftEvent: Uuid;
  sheetEvent?: Uuid;
  heldAt?: Instant;
  sentAt?: Instant;
  /** Day of the last reminder. */
  reminded?: number;
  /** Waiting for a first session: counted from that day, after the business days already used before a pause. Absent once alerted. */
  startClock?: { from?: LocalDate; used: number };
  /** Where `resume` leads back to. */
  resumesTo?: 'accepted' | 'in_progress';
  holdUntil?: LocalDate;
  cancellationRequestedAt?: Instant;
  lastActivityAt: Instant;
  endedAt?: Instant;
  outcome?: string;
  reason?: string;
};

/** What is known of any referral, ended ones included. */
export type Standing = Pick<Referral, 'id' | 'status' | 'version' | 'seq' | 'from' | 'to' | 'parentFrom' | 'sentAt' | 'cancellationRequestedAt'>;

/**
 * `justEnded`: those that the record's last instant ended. When one expires as the first thing a late answer finds, its read row is still
 * the one from before; older ones are read rows.
 */
export type ReferralsState = { open: Referral[]; justEnded: (Standing & { at: Instant })[] };
export type ReferralRecord = CaseRecord & { referrals: ReferralsState };
export const initialReferrals: ReferralsState = { open: [], justEnded: [] };

/** In the data of every event below, so that who is told can be found without a look-up. */
export type OfReferral = { referralId: Uuid; fromStructureId: Uuid; toStructureId: Uuid };

export type Informed = { on: LocalDate; how: string };
export type DraftText = { needs: string[]; contact: string; message?: string; informed?: Informed };
export type Sheet = { commune: string; ageBracket: string; informed?: Informed };

/** What each event carries beside `OfReferral`; the comment says what its pieces hold. */
export type ReferralEventData = {
  /** shared_text DraftText */
  ReferralDrafted: { urgency: string; onwardAllowed: boolean; chain: Uuid[]; parentReferralId?: Uuid; parentFromId?: Uuid; previousReferralId?: Uuid; broadcastId?: Uuid };
  ReferralHeld: { delays: ReferralDelays };
  /** first_name `{firstName}`; shared_text Sheet */
  ReferralSent: AccessChange & { delays: ReferralDelays };
  ReferralAcknowledged: object;
  /** `awaiting` an answer on day n after the sending, or the first session on day n after the acceptance. */
  ReferralReminded: { day: number; awaiting: 'answer' | 'first_session'; coordinator?: true };
  ReferralAccepted: AccessChange & { contactUserId?: Uuid };
  ReferralContactNamed: { contactUserId: Uuid };
  /** shared_text `{comment?}`, as for the next ones */
  ReferralDeclined: AccessChange & { reason: string; betterStructureId?: Uuid };
  ReferralWithdrawn: AccessChange & { reason: string };
  ReferralExpired: AccessChange;
  ReferralStarted: { sessionId?: Uuid };
  ReferralPutOnHold: { reason: string; until: LocalDate };
  ReferralResumed: object;
  /** shared_text `{comment?, remainingNeeds?}` */
  ReferralCompleted: AccessChange & { outcome: string };
  ReferralReturned: AccessChange & { reason: string };
  ReferralCancellationRequested: object;
  ReferralCancelled: AccessChange & { reason: string };
  ReferralVoided: AccessChange;
};
export type ReferralEventType = keyof ReferralEventData;

export const referralWrites: Readonly<Record<ReferralEventType, number>> = {
  ReferralDrafted: 1, ReferralHeld: 1, ReferralSent: 1, ReferralAcknowledged: 1, ReferralReminded: 1, ReferralAccepted: 1, ReferralContactNamed: 1, ReferralDeclined: 1,
  ReferralWithdrawn: 1, ReferralExpired: 1, ReferralStarted: 1, ReferralPutOnHold: 1, ReferralResumed: 1, ReferralCompleted: 1, ReferralReturned: 1,
  ReferralCancellationRequested: 1, ReferralCancelled: 1, ReferralVoided: 1,
};

/** By this module's own events; a merge is in referral.merge.ts. Ended referrals leave the state: only void still concerns them, on the addressed row. */
export function evolveReferrals(state: ReferralsState, event: RecordEvent): ReferralsState {
  const justEnded = state.justEnded.filter(({ at }) => at === event.at);
  if (!Object.hasOwn(referralWrites, event.type)) return { ...state, justEnded };
  if (event.type === 'ReferralVoided' && justEnded.some(({ id }) => id === event.about)) {
    // Ended and voided in one commit: what it is now must not be what it was in between, or it could be voided again.
    return { ...state, justEnded: justEnded.map((one) => (one.id === event.about ? { ...one, status: 'entered_in_error', version: one.version + 1 } : one)) };
  }
  const others = state.open.filter(({ id }) => id !== event.about);
  const next = evolveReferral(openReferral(state, event.about), event);
  if (!next || isOpen(next)) return { open: next ? [...others, next] : others, justEnded };
  const { id, status, version, seq, from, to, parentFrom, sentAt, cancellationRequestedAt } = next;
  return { open: others, justEnded: [...justEnded, { id, status, version, seq, from, to, parentFrom, sentAt, cancellationRequestedAt, at: event.at }] };
}

/** One referral after one of its events, ended ones included; undefined for an event on a referral that is not open. */
export function evolveReferral(referral: Referral | undefined, event: RecordEvent): Referral | undefined {
  if (event.type === 'ReferralDrafted') return drafted(event);
  if (!referral) return undefined;
  const next = { ...referral, version: referral.version + 1, lastActivityAt: event.at };
  const ended = (status: ReferralStatus, more: { outcome?: string; reason?: string } = {}): Referral => ({ ...next, status, endedAt: event.at, ...more });
  const data = event.data as Partial<Record<string, string>>;
  switch (event.type as Exclude<ReferralEventType, 'ReferralDrafted'>) {
    case 'ReferralHeld':
      return { ...next, status: 'held', heldAt: event.at, delays: delaysOf(event), informedOn: informedOf(event)?.on ?? referral.informedOn };
    case 'ReferralSent':
      return { ...next, status: 'sent', sentAt: event.at, sheetEvent: event.id, delays: delaysOf(event), informedOn: informedOf(event)?.on ?? referral.informedOn };
    case 'ReferralAcknowledged':
      return { ...next, status: 'under_review' };
    case 'ReferralReminded': {
      const { day, awaiting } = event.data as ReferralEventData['ReferralReminded'];
      return awaiting === 'answer' ? { ...next, reminded: day } : { ...next, startClock: undefined };
    }
    case 'ReferralAccepted':
      return { ...next, status: 'accepted', contactUserId: data['contactUserId'], startClock: { from: localDateOf(event.at), used: 0 } };
    case 'ReferralContactNamed':
      return { ...next, contactUserId: data['contactUserId'] };
    case 'ReferralDeclined':
      return ended('declined', { reason: data['reason'] });
    case 'ReferralWithdrawn':
      return ended('withdrawn', { reason: data['reason'] });
    case 'ReferralExpired':
      return ended('expired');
    case 'ReferralStarted':
      return { ...next, ...(referral.status === 'on_hold' ? { resumesTo: 'in_progress' } : { status: 'in_progress' }), startClock: undefined };
    case 'ReferralPutOnHold':
      return { ...next, status: 'on_hold', resumesTo: referral.status === 'in_progress' ? 'in_progress' : 'accepted', holdUntil: data['until'], startClock: paused(referral.startClock, event.at) };
    case 'ReferralResumed':
      return {
        ...next, status: referral.resumesTo ?? 'accepted', resumesTo: undefined, holdUntil: undefined,
        startClock: referral.startClock && { ...referral.startClock, from: localDateOf(event.at) },
      };
    case 'ReferralCompleted':
      return ended('completed', { outcome: data['outcome'] });
    case 'ReferralReturned':
      return ended('returned', { reason: data['reason'] });
    case 'ReferralCancellationRequested':
      return { ...next, cancellationRequestedAt: event.at };
    case 'ReferralCancelled':
      return ended('cancelled', { reason: data['reason'] });
    case 'ReferralVoided':
      return ended('entered_in_error');
    default:
      return referral;
  }
}

function drafted(event: RecordEvent): Referral {
  const data = event.data as OfReferral & ReferralEventData['ReferralDrafted'];
  // Once the pieces are erased the codes are gone too: the fold of an erased record is its tombstone.
  const text = pieceOf(event, 'shared_text') as DraftText | undefined;
  return {
    id: data.referralId,
    status: 'draft',
    version: 1,
    seq: event.seq,
    from: data.fromStructureId,
    to: data.toStructureId,
    needs: text?.needs ?? [],
    urgency: data.urgency,
    contact: text?.contact ?? '',
    informedOn: text?.informed?.on,
    onwardAllowed: data.onwardAllowed,
    parentId: data.parentReferralId,
    parentFrom: data.parentFromId,
    chain: data.chain,
    previousId: data.previousReferralId,
    broadcastId: data.broadcastId,
    draftEvent: event.id,
    lastActivityAt: event.at,
  };
}

const delaysOf = (event: RecordEvent): ReferralDelays | undefined => (event.data as { delays?: ReferralDelays }).delays;

const informedOf = (event: RecordEvent): Informed | undefined => pieceOf(event, 'shared_text')?.['informed'] as Informed | undefined;

/** On hold freezes the days left. */
const paused = (clock: Referral['startClock'], at: Instant): Referral['startClock'] =>
  clock?.from === undefined ? clock : { used: clock.used + businessDaysBetween(clock.from, localDateOf(at)) };

export const openReferral = (state: ReferralsState, id: Uuid | null): Referral | undefined => state.open.find((referral) => referral.id === id);

export const isOpen = ({ status }: Pick<Referral, 'status'>): boolean => (openStatuses as readonly ReferralStatus[]).includes(status);
