/** What becomes of referrals by a session and by what the State decides, for the model. */
import { dayOf } from './days';
import { cancelReferral, openReferral, step, underWay, type Model, type ReferralStatus } from './model';
import { disclose, isHeld, sendingProblems } from './referral.sending.rules';

/** accepted | first session by the recipient, not of before it was sent | in_progress; on hold before it, it is in progress once it is resumed. */
export function startWith(model: Model, structure: string, n: number | null, on: string, session: string): void {
  for (const referral of model.referrals) {
    if (
      referral.to !== structure ||
      (n !== null && n !== referral.n) ||
      referral.sentOn === null ||
      on < referral.sentOn
    )
      continue;
    if (underWay.includes(referral.status)) referral.begun.push(session);
    if (referral.status === 'accepted')
      step(model, referral, 'ReferralStarted', { status: 'in_progress', start: null });
    if (referral.status === 'on_hold' && referral.back === 'accepted')
      step(model, referral, 'ReferralStarted', { back: 'in_progress', start: null });
  }
}

/** in_progress | all that it began with was an error | accepted, and the days begin anew; on hold, once it is resumed. */
export function notBegun(model: Model, structure: string, session: string): void {
  for (const referral of model.referrals) {
    if (referral.to !== structure || !underWay.includes(referral.status)) continue;
    referral.begun = referral.begun.filter((one) => one !== session);
    if (referral.begun.length > 0) continue;
    if (referral.status === 'in_progress')
      step(model, referral, 'ReferralStartCancelled', {
        status: 'accepted',
        start: { from: dayOf(model.now), left: 15 },
      });
    if (referral.status === 'on_hold' && referral.back === 'in_progress')
      step(model, referral, 'ReferralStartCancelled', { back: 'accepted', start: { from: null, left: 15 } });
  }
}

/** held | the State decides; any open | recipient structure closed */
export function structureDecided(model: Model, structure: string): void {
  const { status } = model.structures[structure]!;
  for (const referral of model.referrals.filter(openReferral)) {
    if (referral.from !== structure && referral.to !== structure) continue;
    if (status === 'closed' && referral.to === structure) {
      if (underWay.includes(referral.status))
        step(model, referral, 'ReferralReturned', {
          status: 'returned' satisfies ReferralStatus,
          reason: 'structure_closed',
        });
      else cancelReferral(model, referral, 'structure_closed');
    } else if (referral.status === 'held' && (status === 'refused' || status === 'closed')) {
      cancelReferral(model, referral, referral.from === structure ? 'sender_not_validated' : 'structure_not_validated');
    } else if (referral.status === 'held' && !isHeld(model, referral)) {
      const problems = sendingProblems(model, referral);
      if (problems.length === 0) disclose(model, referral);
      // A suspended sender may be reinstated; anything else stands against it for good, the first reason being told.
      else if (!problems.includes('forbidden'))
        cancelReferral(model, referral, problems[0] === 'invalid' ? 'parent_ended' : problems[0]!.replaceAll('-', '_'));
    }
  }
}
