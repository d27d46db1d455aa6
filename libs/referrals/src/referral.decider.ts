/**
 * The rules of a referral, in the order of the table in docs/domain.md; each function quotes its row: from | action | to | who.
 * From and who are checked by `decideOn`, against the one list in referral.policy.ts.
 */
import {
  invalid, themesProblem, wrongState,
  type Context, type Decided, type LocalDate, type RecordEvent, type Uuid,
} from '@fil-rouge/kernel';
import type { CaseEventData } from '@fil-rouge/cases';
import { structureOf } from '@fil-rouge/users';
import { mostOpenReferrals, openReferral, type Informed, type Referral, type ReferralRecord } from './referral';
import { agendaOf, type ReferralDelays } from './referral.delays';
import { cancelled, disclosed, drafted, ends, event, filledElsewhere, heldBack } from './referral.events';
import { mayCloseWith, takesPart } from './referral.policy';
import { isHeldBack, noSuchRecipient, ofRecipient, sendingProblem, type Sendable } from './referral.sending.decider';
import { checkContact, checkPrevious, decideOn, senderOf, standingFor, type OnReferral } from './referral.standing.decider';

type Commented = OnReferral & { reason: string; comment?: string };

export type NewReferral = {
  caseId: Uuid;
  toStructureId: Uuid;
  needs: string[];
  urgency: string;
  contact: string;
  message?: string;
  informed?: Informed;
  onwardAllowed?: boolean;
  parentReferralId?: Uuid;
  previousReferralId?: Uuid;
  broadcastId?: Uuid;
  send: boolean;
  /** Version of the case the caller has read. */
  ifMatch?: number;
};

/** One need, several structures (2 to 10), the same words for each. */
export type NewBroadcast = Omit<NewReferral, 'toStructureId' | 'broadcastId'> & { toStructureIds: Uuid[] };

// – | create | draft | lead or contributor
export function create(record: ReferralRecord, input: NewReferral, context: Context): Decided[] {
  const from = senderOf(record, input, context);
  const { needs, message, contact, informed, parentReferralId } = input;
  const problem = themesProblem(needs);
  if (problem) throw invalid('/needs', problem);
  checkRoom(record, 1);
  if (input.previousReferralId) checkPrevious(record, input.caseId, from, context);
  if (!structureOf(context.fact(input.toStructureId))) throw noSuchRecipient();
  const parent = openReferral(record.referrals, parentReferralId ?? null);
  if (parentReferralId && parent?.to !== from) throw invalid('/parentReferralId', 'not-accepted');
  const referral = { id: context.newId(), from, to: input.toStructureId, needs, informedOn: informed?.on, parentId: parent?.id, chain: [...(parent?.chain ?? []), from] };
  const draft = drafted(referral, {
    urgency: input.urgency, onwardAllowed: input.onwardAllowed ?? false, chain: referral.chain,
    parentReferralId: parent?.id, parentFromId: parent?.from, previousReferralId: input.previousReferralId,
    broadcastId: input.broadcastId,
  }, { needs, contact, message, informed });
  return input.send ? [draft, dispatch(referral, record, context)] : [draft];
}

/** – | create, broadcast | one draft per recipient, all sent or none | lead or contributor */
export function broadcast(record: ReferralRecord, { toStructureIds, ...input }: NewBroadcast, context: Context): Decided[] {
  senderOf(record, input, context);
  checkRoom(record, toStructureIds.length);
  const broadcastId = context.newId();
  return toStructureIds.flatMap((toStructureId, at) => ofRecipient(at, () => create(record, { ...input, toStructureId, broadcastId }, context)));
}

function checkRoom({ referrals }: ReferralRecord, more: number): void {
  if (referrals.open.length + more <= mostOpenReferrals) return;
  throw invalid('', 'too-many-open', `A case has ${mostOpenReferrals} open referrals at most. Withdraw one first.`);
}

// draft | send | sent | same        and        draft | send, one of the two structures not yet validated | held | same
export function send(record: ReferralRecord, input: OnReferral & { informed?: Informed }, context: Context): Decided[] {
  const referral = decideOn(record, input, 'send', context);
  if (record.case.status !== 'open') throw wrongState(record.case.status);
  return [dispatch({ ...referral, informedOn: input.informed?.on ?? referral.informedOn }, record, context, input.informed)];
}

// held | the State decides on one of the two: all guards again | sent, or cancelled(structure_not_validated) | the event
function release(referral: Referral, record: ReferralRecord, context: Context): Decided[] {
  if (isHeldBack(referral, context)) return [];
  const problem = sendingProblem(referral, record, context);
  if (!problem) return [disclosed(referral, context)];
  // A suspended sender may be reinstated: its referral waits on, 60 days at most.
  if (problem.code === 'forbidden') return [];
  return [cancelled(record, referral, problem.code === 'invalid' ? 'parent_ended' : problem.code.replaceAll('-', '_'))];
}

// sent | acknowledge | under_review | recipient
export function acknowledge(record: ReferralRecord, input: OnReferral, context: Context): Decided[] {
  return [event('ReferralAcknowledged', decideOn(record, input, 'acknowledge', context), {})];
}

// sent, under_review | accept | accepted | recipient
export function accept(record: ReferralRecord, input: OnReferral & { contactUserId?: Uuid }, context: Context): Decided[] {
  const referral = decideOn(record, input, 'accept', context);
  if (input.contactUserId) checkContact(referral, input.contactUserId, context);
  const opened = [{ id: context.newId(), structureId: referral.to, kind: 'contributor' as const, source: referral.id }];
  return [event('ReferralAccepted', referral, { contactUserId: input.contactUserId, opened, ...ends(record, referral) })];
}

// accepted, in_progress, on_hold | name the contact | (same) | recipient, as it may return it then. The one who was to be assigned, or who has left.
export function nameContact(record: ReferralRecord, input: OnReferral & { contactUserId: Uuid }, context: Context): Decided[] {
  const referral = decideOn(record, input, 'return', context);
  checkContact(referral, input.contactUserId, context);
  return referral.contactUserId === input.contactUserId ? [] : [event('ReferralContactNamed', referral, { contactUserId: input.contactUserId })];
}

// sent, under_review | decline(reason code, comment, better structure?) | declined | recipient
export function decline(record: ReferralRecord, input: Commented & { betterStructureId?: Uuid }, context: Context): Decided[] {
  const referral = decideOn(record, input, 'decline', context);
  const { reason, comment, betterStructureId } = input;
  if (reason === 'other' && !comment) throw invalid('/comment', 'required', 'Say in a few words why (reason `other`).');
  if (betterStructureId && !structureOf(context.fact(betterStructureId))) throw invalid('/betterStructureId', 'unknown');
  if (betterStructureId === referral.to) throw invalid('/betterStructureId', 'own', 'Name another structure than your own.');
  return [event('ReferralDeclined', referral, { reason, betterStructureId, ...ends(record, referral) }, { comment })];
}

// draft, held, sent, under_review | withdraw(reason) | withdrawn | sender, lead; from sent on also coordinator
export function withdraw(record: ReferralRecord, input: Commented, context: Context): Decided[] {
  const referral = decideOn(record, input, 'withdraw', context);
  return [event('ReferralWithdrawn', referral, { reason: input.reason, ...ends(record, referral) }, { comment: input.comment })];
}

// sent, under_review | no answer: reminders, coordinator alerted, last day | expired | the clock
// held | 60 calendar days | cancelled(structure_not_validated) | the clock
// accepted | no first session in 15 days | (alert) | the clock
export function fallDue(record: ReferralRecord, context: Context, delays: ReferralDelays): Decided[] {
  return record.referrals.open.flatMap((referral) => {
    const due = agendaOf(referral, delays).filter(({ at }) => at <= context.now);
    // A worker that comes after the last day does not remind of what is over.
    if (due.at(-1)?.what === 'expire') return [event('ReferralExpired', referral, ends(record, referral))];
    return due.map((one) => {
      if (!('day' in one)) return cancelled(record, referral, 'structure_not_validated');
      const { day } = one;
      if (one.what === 'remind_of_first_session') return event('ReferralReminded', referral, { day, awaiting: 'first_session' });
      return event('ReferralReminded', referral, { day, awaiting: 'answer', ...(one.coordinator ? { coordinator: true } : {}) });
    });
  });
}

// accepted | first session by the recipient | in_progress | the event. On hold before it began: it began, and will be in progress when it is resumed.
function start(record: ReferralRecord, { structure, data }: RecordEvent): Decided[] {
  const { referralId, sessionId } = data as CaseEventData['SessionRecorded'];
  return record.referrals.open
    .filter(({ id, to, status, resumesTo }) => (status === 'accepted' || resumesTo === 'accepted') && to === structure && (referralId === undefined || referralId === id))
    .map((referral) => event('ReferralStarted', referral, { sessionId }));
}

// accepted, in_progress | hold(reason, until) | on_hold | recipient
export function hold(record: ReferralRecord, input: OnReferral & { reason: string; until: LocalDate }, context: Context): Decided[] {
  const referral = decideOn(record, input, 'hold', context);
  if (input.until < context.today) throw invalid('/until', 'past', 'The day until which it is on hold must not be past.');
  return [event('ReferralPutOnHold', referral, { reason: input.reason, until: input.until })];
}

// on_hold | resume | back | recipient
export function resume(record: ReferralRecord, input: OnReferral, context: Context): Decided[] {
  return [event('ReferralResumed', decideOn(record, input, 'resume', context), {})];
}

// accepted, in_progress, on_hold | complete(outcome), helped_partially with remaining needs → a new draft | completed | recipient
export function complete(record: ReferralRecord, input: OnReferral & { outcome: string; remainingNeeds?: string[]; comment?: string }, context: Context): Decided[] {
  const referral = decideOn(record, input, 'complete', context);
  const { outcome, remainingNeeds = [], comment } = input;
  if (remainingNeeds.length > 0 && outcome !== 'helped_partially') throw invalid('/remainingNeeds', 'helped-partially-only');
  const problem = themesProblem(remainingNeeds);
  if (problem) throw invalid('/remainingNeeds', problem);
  const completed = event('ReferralCompleted', referral, { outcome, ...ends(record, referral) }, { comment });
  return remainingNeeds.length > 0 ? [completed, ...remaining(referral, remainingNeeds, record, context)] : [completed];
}

/** Back on the desk of who sent it, or of the lead when that one takes part no more; the resident has yet to be informed. */
function remaining(done: Referral, needs: string[], { case: state }: ReferralRecord, context: Context): Decided[] {
  const from = takesPart(state, done.from) ? done.from : state.lead?.structureId;
  if (from === undefined || from === done.to) return [];
  const { parentId, parentFrom, chain } = from === done.from ? done : { parentId: undefined, parentFrom: undefined, chain: [from] };
  return [drafted({ id: context.newId(), from, to: done.to }, {
    urgency: 'normal', onwardAllowed: done.onwardAllowed, chain, parentReferralId: parentId, parentFromId: parentFrom, previousReferralId: done.id,
  }, { needs, contact: done.contact })];
}

// accepted, in_progress, on_hold | return(reason) | returned | recipient
export function giveBack(record: ReferralRecord, input: Commented, context: Context): Decided[] {
  const referral = decideOn(record, input, 'return', context);
  return [event('ReferralReturned', referral, { reason: input.reason, ...ends(record, referral) }, { comment: input.comment })];
}

// accepted, in_progress, on_hold | request-cancellation(reason) | (same, with cancellationRequestedAt) | lead, sender
export function requestCancellation(record: ReferralRecord, input: Commented, context: Context): Decided[] {
  return [event('ReferralCancellationRequested', decideOn(record, input, 'request-cancellation', context), {}, { comment: input.reason })];
}

// same, requested | agree-cancellation | cancelled(agreed) | recipient
export function agreeCancellation(record: ReferralRecord, input: OnReferral, context: Context): Decided[] {
  return [cancelled(record, decideOn(record, input, 'agree-cancellation', context), 'agreed')];
}

// accepted, in_progress, on_hold | cancel(reason) | cancelled(forced) | coordinator
export function cancel(record: ReferralRecord, input: Commented, context: Context): Decided[] {
  return [cancelled(record, decideOn(record, input, 'cancel', context), 'forced', input.reason)];
}

// any open | objection, erasure, death, case closed with cancelReferrals | cancelled(reason) | the event
// any open of a broadcast | the first acceptance | cancelled(filled_elsewhere) | the event
export function react(record: ReferralRecord, happened: RecordEvent): Decided[] {
  const { open } = record.referrals;
  switch (happened.type) {
    case 'SessionRecorded':
      return start(record, happened);
    case 'ReferralAccepted':
      return siblingsOf(record, happened.about).map((referral) => filledElsewhere(record, referral));
    case 'ObjectionRecorded': {
      const { against } = happened.data as object as CaseEventData['ObjectionRecorded'];
      return open.filter(({ to }) => against === 'all' || against === to).map((referral) => cancelled(record, referral, 'objection'));
    }
    case 'CaseErased':
      return open.map((referral) => cancelled(record, referral, 'erased'));
    case 'CaseClosed': {
      const { reason, cancelReferrals } = happened.data as { reason: string; cancelReferrals?: boolean };
      // Whether it may be closed with open referrals at all was decided before (`mayCloseWith`).
      if (!mayCloseWith(open.length, reason, cancelReferrals)) return [];
      return open.map((referral) => cancelled(record, referral, reason === 'deceased' ? 'deceased' : 'case_closed'));
    }
    default:
      return [];
  }
}

/** The other open ones of the same broadcast. */
function siblingsOf({ referrals: { open } }: ReferralRecord, id: Uuid | null): Referral[] {
  const broadcastId = open.find((referral) => referral.id === id)?.broadcastId;
  return broadcastId === undefined ? [] : open.filter((referral) => referral.broadcastId === broadcastId && referral.id !== id);
}

// draft, held, sent, under_review / accepted and later | recipient structure closed | cancelled / returned(structure_closed) | the event
function structureClosed(record: ReferralRecord, referral: Referral): Decided {
  if (!['accepted', 'in_progress', 'on_hold'].includes(referral.status)) return cancelled(record, referral, 'structure_closed');
  return event('ReferralReturned', referral, { reason: 'structure_closed', ...ends(record, referral) });
}

/** What a decision of the State on a structure means for this record's open referrals; a suspension changes nothing that is open. */
export function structureDecided(record: ReferralRecord, { structureId }: { structureId: Uuid }, context: Context): Decided[] {
  const status = structureOf(context.fact(structureId))?.status;
  return record.referrals.open.filter(({ from, to }) => from === structureId || to === structureId).flatMap((referral) => {
    if (status === 'closed' && referral.to === structureId) return [structureClosed(record, referral)];
    if (referral.status !== 'held') return [];
    return status === 'refused' || status === 'closed' ? [cancelled(record, referral, 'structure_not_validated')] : release(referral, record, context);
  });
}

// any | void(reason) | entered_in_error | coordinator
export function voidReferral(record: ReferralRecord, input: Commented, context: Context): Decided[] {
  const referral = standingFor(record, input, 'void', context);
  return [event('ReferralVoided', referral, ends(record, referral), { comment: input.reason })];
}

function dispatch(referral: Sendable, record: ReferralRecord, context: Context, informed?: Informed): Decided {
  const problem = sendingProblem(referral, record, context);
  if (problem) throw problem;
  // What was said about informing the resident is kept with whichever event follows.
  return isHeldBack(referral, context) ? heldBack(referral, context, informed) : disclosed(referral, context, informed);
}
