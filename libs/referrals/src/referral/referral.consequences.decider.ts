/**
 * What becomes of open referrals when nobody decides on them: the clock, the case or the State does. Pure.
 * As in referral.decider.ts, each function quotes its row of the table in docs/domain.md.
 */
import { Problem, type Context, type Decided, type Instant, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { isCaseEvent } from '@fil-rouge/cases';
import { isNotYetValidated, structureOf } from '@fil-rouge/users';
import type { Referral, ReferralRecord } from './referral';
import { agendaOf, type ReferralDelays } from './referral.delays';
import { cancelled, disclosed, ends, event, filledElsewhere } from './referral.events';
import { mayCloseWith } from './referral.policy';
import { startOrNot } from './referral.start';
import { isHeldBack, sendingProblem } from './referral.sending.decider';

// held | the State decides on one of the two: all guards again | sent, or cancelled(structure_not_validated) | the event
function release(held: Referral, record: ReferralRecord, context: Context): Decided[] {
  const referral = { ...held, to: held.to! };
  if (isHeldBack(referral, context)) return [];
  const problem = sendingProblem(referral, record, context);
  if (!problem) return [disclosed(referral, context)];
  // A suspended sender may be reinstated: its referral waits on, 60 days at most.
  if (problem.code === 'forbidden') return [];
  return [cancelled(record, referral, problem.code === 'invalid' ? 'parent_ended' : problem.code.replaceAll('-', '_'))];
}

/** Whether who held it back is the sender itself is looked at when waiting ends. */
export const relies = ({ referrals }: ReferralRecord, now: Instant, delays: ReferralDelays): Uuid[] =>
  referrals.open
    .filter((referral) => agendaOf(referral, delays).some(({ what, at }) => what === 'give_up_waiting' && at <= now))
    .map(({ from }) => from);

/** Which of the two the State has not said yes to: no other recipient would help who may not send. Needs the sender as a fact. */
function notValidated({ from }: Referral, context: Context): string {
  const sender = structureOf(context.fact(from));
  return sender && isNotYetValidated(sender) ? 'sender_not_validated' : 'structure_not_validated';
}

// sent, under_review | no answer: reminders, coordinator alerted, last day | expired | the clock
// held | 60 calendar days | cancelled(sender_not_validated, else structure_not_validated) | the clock
// accepted | no first session in 15 days | (alert) | the clock
export function fallDue(record: ReferralRecord, context: Context, delays: ReferralDelays): Decided[] {
  return record.referrals.open.flatMap((referral) => {
    const due = agendaOf(referral, delays).filter(({ at }) => at <= context.now);
    // A worker that comes after the last day does not remind of what is over.
    if (due.at(-1)?.what === 'expire') return [event('ReferralExpired', referral, ends(record, referral))];
    return due.map((one) => {
      if (!('day' in one)) return cancelled(record, referral, notValidated(referral, context));
      const { day } = one;
      if (one.what === 'remind_of_first_session')
        return event('ReferralReminded', referral, { day, awaiting: 'first_session' });
      return event('ReferralReminded', referral, {
        day,
        awaiting: 'answer',
        ...(one.coordinator ? { coordinator: true } : {}),
      });
    });
  });
}

// What others have been asked is not undone without a word: whoever closes the case says so.
export function opposes({ referrals: { open } }: ReferralRecord, decided: Decided): Problem | null {
  if (
    !isCaseEvent(decided) ||
    decided.type !== 'CaseClosed' ||
    mayCloseWith(open.length, decided.data.reason, decided.data.cancelReferrals)
  )
    return null;
  return new Problem(
    'open-referrals',
    'This case has open referrals. Wait until they have ended, or close it with `cancelReferrals`.',
    { openReferrals: open.length },
  );
}

// any open | objection, erasure, death, case closed with cancelReferrals | cancelled(reason) | the event
// any open of a broadcast | the first acceptance | cancelled(filled_elsewhere) | the event
export function react(record: ReferralRecord, happened: RecordEvent): Decided[] {
  const { open } = record.referrals;
  if (happened.type === 'ReferralAccepted')
    return siblingsOf(record, happened.about).map((referral) => filledElsewhere(record, referral));
  if (!isCaseEvent(happened)) return [];
  switch (happened.type) {
    case 'SessionRecorded':
    case 'SessionCorrected':
    case 'SessionCancelled':
      return startOrNot(record, happened);
    case 'ObjectionRecorded': {
      const { against } = happened.data;
      return open
        .filter(({ to }) => against === 'all' || against === to)
        .map((referral) => cancelled(record, referral, 'objection'));
    }
    case 'CaseErased':
      return open.map((referral) => cancelled(record, referral, 'erased'));
    case 'CaseClosed': {
      const { reason, cancelReferrals } = happened.data;
      // A log may have been written before that was asked (`opposes`).
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
  return broadcastId === undefined
    ? []
    : open.filter((referral) => referral.broadcastId === broadcastId && referral.id !== id);
}

// draft, held, sent, under_review / accepted and later | recipient structure closed | cancelled / returned(structure_closed) | the event
function structureClosed(record: ReferralRecord, referral: Referral): Decided {
  if (!['accepted', 'in_progress', 'on_hold'].includes(referral.status))
    return cancelled(record, referral, 'structure_closed');
  return event('ReferralReturned', referral, { reason: 'structure_closed', ...ends(record, referral) });
}

/** What a decision of the State on a structure means for this record's open referrals; a suspension changes nothing that is open. */
export function structureDecided(
  record: ReferralRecord,
  { structureId }: { structureId: Uuid },
  context: Context,
): Decided[] {
  const status = structureOf(context.fact(structureId))?.status;
  return record.referrals.open
    .filter(({ from, to }) => from === structureId || to === structureId)
    .flatMap((referral) => {
      if (status === 'closed' && referral.to === structureId) return [structureClosed(record, referral)];
      if (referral.status !== 'held') return [];
      return status === 'refused' || status === 'closed'
        ? [
            cancelled(
              record,
              referral,
              referral.from === structureId ? 'sender_not_validated' : 'structure_not_validated',
            ),
          ]
        : release(referral, record, context);
    });
}
