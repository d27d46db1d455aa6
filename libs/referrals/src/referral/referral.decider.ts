/**
 * The rules of a referral, in the order of the table in docs/domain.md; each function quotes its row: from | action | to | who.
 * From and who are checked by `decideOn`, against the one list in referral.policy.ts. What is said before it is sent: referral.drafting.decider.ts.
 * What happens to a referral without its own people: referral.consequences.decider.ts.
 */
import {
  checkDay,
  invalid,
  wrongState,
  type Context,
  type Decided,
  type LocalDate,
  type Uuid,
} from '@fil-rouge/kernel';
import { checkThemes } from '@fil-rouge/cases';
import { onDuty, structureOf } from '@fil-rouge/users';
import type { Informed, ReferralRecord } from './referral';
import { remaining } from './referral.drafting.decider';
import { cancelled, ends, event } from './referral.events';
import { checkBetter, dispatch } from './referral.sending.decider';
import { checkContact, decideOn, standingFor, type OnReferral } from './referral.standing.decider';

export {
  broadcast,
  create,
  edit,
  type DraftChanges,
  type NewBroadcast,
  type NewReferral,
} from './referral.drafting.decider';

type Commented = OnReferral & { reason: string; comment?: string };

// draft | send | sent | same        and        draft | send, one of the two structures not yet validated | held | same
export function send(record: ReferralRecord, input: OnReferral & { informed?: Informed }, context: Context): Decided[] {
  const referral = decideOn(record, input, 'send', context);
  if (record.case.status !== 'open') throw wrongState(record.case.status);
  return [
    dispatch({ ...referral, informedOn: input.informed?.on ?? referral.informedOn }, record, context, input.informed),
  ];
}

// sent | acknowledge | under_review | recipient
export function acknowledge(record: ReferralRecord, input: OnReferral, context: Context): Decided[] {
  return [event('ReferralAcknowledged', decideOn(record, input, 'acknowledge', context), {})];
}

// sent, under_review | accept | accepted | recipient
export function accept(
  record: ReferralRecord,
  input: OnReferral & { contactUserId?: Uuid },
  context: Context,
): Decided[] {
  const referral = decideOn(record, input, 'accept', context);
  if (input.contactUserId) checkContact(referral, input.contactUserId, context);
  const recipient = structureOf(context.fact(referral.to));
  const contactUserId = input.contactUserId ?? (recipient && onDuty(recipient, context.today)) ?? undefined;
  const opened = [
    { id: context.newId(), structureId: referral.to!, kind: 'contributor' as const, source: referral.id },
  ];
  return [event('ReferralAccepted', referral, { contactUserId, opened, ...ends(record, referral) })];
}

// accepted, in_progress, on_hold | name-contact | (same) | recipient. Also when nobody was named on acceptance, or that one has left.
export function nameContact(
  record: ReferralRecord,
  input: OnReferral & { contactUserId: Uuid },
  context: Context,
): Decided[] {
  const referral = decideOn(record, input, 'name-contact', context);
  checkContact(referral, input.contactUserId, context);
  return referral.contactUserId === input.contactUserId
    ? []
    : [
        event('ReferralContactNamed', referral, {
          contactUserId: input.contactUserId,
          previousContactUserId: referral.contactUserId,
        }),
      ];
}

// sent, under_review | decline(reason code, comment, better structure?) | declined | recipient
export function decline(
  record: ReferralRecord,
  input: Commented & { betterStructureId?: Uuid },
  context: Context,
): Decided[] {
  const referral = decideOn(record, input, 'decline', context);
  const { reason, comment, betterStructureId } = input;
  if (betterStructureId) checkBetter(record, referral, betterStructureId, context);
  return [event('ReferralDeclined', referral, { reason, betterStructureId, ...ends(record, referral) }, { comment })];
}

// draft, held, sent, under_review | withdraw(reason) | withdrawn | sender, lead; from sent on also coordinator
export function withdraw(record: ReferralRecord, input: Commented, context: Context): Decided[] {
  const referral = decideOn(record, input, 'withdraw', context);
  return [
    event(
      'ReferralWithdrawn',
      referral,
      { reason: input.reason, ...ends(record, referral) },
      { comment: input.comment },
    ),
  ];
}

// accepted, in_progress | hold(reason, until) | on_hold | recipient
export function hold(record: ReferralRecord, input: Commented & { until: LocalDate }, context: Context): Decided[] {
  const referral = decideOn(record, input, 'hold', context);
  checkDay('paused', input.until, context.today, '/until');
  return [
    event('ReferralPutOnHold', referral, { reason: input.reason, until: input.until }, { comment: input.comment }),
  ];
}

// on_hold | resume | back | recipient
export function resume(record: ReferralRecord, input: OnReferral, context: Context): Decided[] {
  return [event('ReferralResumed', decideOn(record, input, 'resume', context), {})];
}

// accepted, in_progress, on_hold | complete(outcome), helped_partially with remaining needs → a new draft | completed | recipient
export function complete(
  record: ReferralRecord,
  input: OnReferral & { outcome: string; remainingNeeds?: string[]; comment?: string },
  context: Context,
): Decided[] {
  const referral = decideOn(record, input, 'complete', context);
  const { outcome, remainingNeeds = [], comment } = input;
  if (remainingNeeds.length > 0 && outcome !== 'helped_partially')
    throw invalid(
      '/remainingNeeds',
      'helped-partially-only',
      'Needs remain only where the outcome is `helped_partially`.',
    );
  checkThemes(remainingNeeds, '/remainingNeeds');
  const completed = event(
    'ReferralCompleted',
    referral,
    { outcome, finished: true, ...ends(record, referral) },
    { comment },
  );
  return remainingNeeds.length > 0 ? [completed, ...remaining(referral, remainingNeeds, record, context)] : [completed];
}

// accepted, in_progress, on_hold | return(reason) | returned | recipient
export function giveBack(record: ReferralRecord, input: Commented, context: Context): Decided[] {
  const referral = decideOn(record, input, 'return', context);
  return [
    event(
      'ReferralReturned',
      referral,
      { reason: input.reason, finished: true, ...ends(record, referral) },
      { comment: input.comment },
    ),
  ];
}

// accepted, in_progress, on_hold | request-cancellation(reason) | (same, with cancellationRequestedAt) | lead, sender
export function requestCancellation(record: ReferralRecord, input: Commented, context: Context): Decided[] {
  return [
    event(
      'ReferralCancellationRequested',
      decideOn(record, input, 'request-cancellation', context),
      {},
      { comment: input.reason },
    ),
  ];
}

// same, requested | agree-cancellation | cancelled(agreed) | recipient
export function agreeCancellation(record: ReferralRecord, input: OnReferral, context: Context): Decided[] {
  return [cancelled(record, decideOn(record, input, 'agree-cancellation', context), 'agreed')];
}

// accepted, in_progress, on_hold | cancel(reason) | cancelled(forced) | coordinator
export function cancel(record: ReferralRecord, input: Commented, context: Context): Decided[] {
  return [cancelled(record, decideOn(record, input, 'cancel', context), 'forced', input.reason)];
}

// any | void(reason) | entered_in_error | coordinator
export function voidReferral(record: ReferralRecord, input: Commented, context: Context): Decided[] {
  const referral = standingFor(record, input, 'void', context);
  return [event('ReferralVoided', referral, ends(record, referral), { comment: input.reason })];
}
