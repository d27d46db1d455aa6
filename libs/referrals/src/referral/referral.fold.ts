/** What happens to referrals, and how their state follows from it. Pure. What a merge changes is in referral.merge.ts, what sessions change in referral.start.ts. */
import {
  businessDaysBetween,
  eventsOf,
  localDateOf,
  pieceOf,
  type EventOf,
  type Instant,
  type LocalDate,
  type RecordEvent,
  type ReferralStatus,
  type Uuid,
} from '@fil-rouge/kernel';
import type { AccessChange } from '@fil-rouge/cases';
import {
  isOpen,
  openReferral,
  type DraftText,
  type Informed,
  type Referral,
  type ReferralDelays,
  type ReferralsState,
} from './referral';

/** In the data of every event below, so that who is told can be found without a look-up. */
export type OfReferral = { referralId: Uuid; fromStructureId: Uuid; toStructureId?: Uuid };

/** What each event carries beside `OfReferral`; the comment says what its pieces hold. */
export type ReferralEventData = {
  /** shared_text DraftText */
  ReferralDrafted: {
    urgency: string;
    onwardAllowed: boolean;
    chain: Uuid[];
    parentReferralId?: Uuid;
    parentFromId?: Uuid;
    previousReferralId?: Uuid;
    broadcastId?: Uuid;
  };
  /** The draft as it stands from here on, whole; shared_text DraftText. What it said before is for its sender and the lead alone. */
  ReferralDraftEdited: Omit<ReferralEventData['ReferralDrafted'], 'broadcastId'>;
  ReferralHeld: { delays: ReferralDelays };
  /** first_name `{firstName}`; shared_text Sheet */
  ReferralSent: AccessChange & { delays: ReferralDelays };
  ReferralAcknowledged: object;
  /** `awaiting` an answer on day n after the sending, or the first session on day n after the acceptance. */
  ReferralReminded: { day: number; awaiting: 'answer' | 'first_session'; coordinator?: true };
  ReferralAccepted: AccessChange & { contactUserId?: Uuid };
  ReferralContactNamed: { contactUserId: Uuid; previousContactUserId?: Uuid };
  /** shared_text `{comment?}`, as for the next ones */
  ReferralDeclined: AccessChange & { reason: string; betterStructureId?: Uuid };
  ReferralWithdrawn: AccessChange & { reason: string };
  ReferralExpired: AccessChange;
  ReferralStarted: { sessionId?: Uuid };
  /** What it began with was entered in error: it waits for a first session again. */
  ReferralStartCancelled: { sessionId: Uuid };
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
  ReferralDrafted: 1,
  ReferralDraftEdited: 1,
  ReferralHeld: 1,
  ReferralSent: 1,
  ReferralAcknowledged: 1,
  ReferralReminded: 1,
  ReferralAccepted: 1,
  ReferralContactNamed: 1,
  ReferralDeclined: 1,
  ReferralWithdrawn: 1,
  ReferralExpired: 1,
  ReferralStarted: 1,
  ReferralStartCancelled: 1,
  ReferralPutOnHold: 1,
  ReferralResumed: 1,
  ReferralCompleted: 1,
  ReferralReturned: 1,
  ReferralCancellationRequested: 1,
  ReferralCancelled: 1,
  ReferralVoided: 1,
};

export type ReferralEvents = { [T in ReferralEventType]: OfReferral & ReferralEventData[T] };
export type ReferralEvent = EventOf<ReferralEvents>;
export const isReferralEvent = eventsOf<ReferralEvents>(referralWrites);

/** Ended referrals leave the state: only void still concerns them, on the addressed row. */
export function evolveReferrals(state: ReferralsState, event: RecordEvent): ReferralsState {
  const justEnded = state.justEnded.filter(({ at }) => at === event.at);
  if (!isReferralEvent(event)) return { ...state, justEnded };
  if (event.type === 'ReferralVoided' && justEnded.some(({ id }) => id === event.about)) {
    // The referral ended and was voided in one commit. Left as it ended, it could be voided a second time.
    return {
      ...state,
      justEnded: justEnded.map((one) =>
        one.id === event.about ? { ...one, status: 'entered_in_error', version: one.version + 1 } : one,
      ),
    };
  }
  const others = state.open.filter(({ id }) => id !== event.about);
  const next = evolveReferral(openReferral(state, event.about), event);
  if (!next || isOpen(next)) return { open: next ? [...others, next] : others, justEnded };
  const { id, status, version, seq, from, to, parentFrom, sentAt, cancellationRequestedAt } = next;
  return {
    open: others,
    justEnded: [
      ...justEnded,
      { id, status, version, seq, from, to, parentFrom, sentAt, cancellationRequestedAt, at: event.at },
    ],
  };
}

/** One referral after one of its events, ended ones included; undefined for an event on a referral that is not open. */
export function evolveReferral(referral: Referral | undefined, event: ReferralEvent): Referral | undefined {
  if (event.type === 'ReferralDrafted') return drafted(event);
  if (!referral) return undefined;
  const next = { ...referral, version: referral.version + 1, lastActivityAt: event.at };
  const ended = (
    status: ReferralStatus,
    more: Partial<Pick<Referral, 'outcome' | 'reason' | 'endedBy' | 'betterStructureId'>> = {},
  ): Referral => ({ ...next, status, endedAt: event.at, ...more });
  switch (event.type) {
    case 'ReferralDraftEdited':
      return { ...drafted(event), version: next.version, seq: referral.seq, broadcastId: referral.broadcastId };
    case 'ReferralHeld':
      return {
        ...next,
        status: 'held',
        heldAt: event.at,
        delays: event.data.delays,
        informedOn: informedOf(event)?.on ?? referral.informedOn,
      };
    case 'ReferralSent':
      return {
        ...next,
        status: 'sent',
        sentAt: event.at,
        sheetEvent: event.id,
        delays: event.data.delays,
        informedOn: informedOf(event)?.on ?? referral.informedOn,
      };
    case 'ReferralAcknowledged':
      return { ...next, status: 'under_review' };
    case 'ReferralReminded': {
      const { day, awaiting } = event.data;
      return awaiting === 'answer' ? { ...next, reminded: day } : { ...next, startClock: undefined };
    }
    case 'ReferralAccepted':
      return {
        ...next,
        status: 'accepted',
        contactUserId: event.data.contactUserId,
        startClock: { from: localDateOf(event.at), used: 0 },
      };
    case 'ReferralContactNamed':
      return { ...next, contactUserId: event.data.contactUserId };
    case 'ReferralDeclined':
      return ended('declined', { reason: event.data.reason, betterStructureId: event.data.betterStructureId });
    case 'ReferralWithdrawn':
      return ended('withdrawn', {
        reason: event.data.reason,
        endedBy: event.structure === null ? 'coordinator' : event.structure === referral.from ? 'sender' : 'lead',
      });
    case 'ReferralExpired':
      return ended('expired');
    case 'ReferralStarted':
      return {
        ...next,
        ...(referral.status === 'on_hold' ? { resumesTo: 'in_progress' } : { status: 'in_progress' }),
        startClock: undefined,
      };
    case 'ReferralStartCancelled':
      // The days begin anew; on hold they wait for the resumption.
      return referral.status === 'on_hold'
        ? { ...next, resumesTo: 'accepted', startClock: { used: 0 } }
        : { ...next, status: 'accepted', startClock: { from: localDateOf(event.at), used: 0 } };
    case 'ReferralPutOnHold':
      return {
        ...next,
        status: 'on_hold',
        resumesTo: referral.status === 'in_progress' ? 'in_progress' : 'accepted',
        holdUntil: event.data.until,
        startClock: paused(referral.startClock, event.at),
      };
    case 'ReferralResumed':
      return {
        ...next,
        status: referral.resumesTo ?? 'accepted',
        resumesTo: undefined,
        holdUntil: undefined,
        startClock: referral.startClock && { ...referral.startClock, from: localDateOf(event.at) },
      };
    case 'ReferralCompleted':
      return ended('completed', { outcome: event.data.outcome });
    case 'ReferralReturned':
      return ended('returned', { reason: event.data.reason });
    case 'ReferralCancellationRequested':
      return { ...next, cancellationRequestedAt: event.at };
    case 'ReferralCancelled':
      return ended('cancelled', { reason: event.data.reason });
    case 'ReferralVoided':
      return ended('entered_in_error');
  }
}

function drafted(event: EventOf<Pick<ReferralEvents, 'ReferralDrafted' | 'ReferralDraftEdited'>>): Referral {
  const { data } = event;
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
    broadcastId: 'broadcastId' in data ? data.broadcastId : undefined,
    draftEvent: event.id,
    lastActivityAt: event.at,
  };
}

const informedOf = (event: ReferralEvent): Informed | undefined =>
  pieceOf(event, 'shared_text')?.['informed'] as Informed | undefined;

/** On hold freezes the days left. */
const paused = (clock: Referral['startClock'], at: Instant): Referral['startClock'] =>
  clock?.from === undefined ? clock : { used: clock.used + businessDaysBetween(clock.from, localDateOf(at)) };
