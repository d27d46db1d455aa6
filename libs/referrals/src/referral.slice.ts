import type { Slice } from '@fil-rouge/kernel';
import { evolveReferrals, initialReferrals, referralWrites, type ReferralRecord, type ReferralsState } from './referral';
import { fallDue, react } from './referral.decider';
import { agendaOf, defaultDelays, type ReferralDelays } from './referral.delays';
import { evolveMerge } from './referral.merge';
import { projectReferrals } from './referral.projection';

/** The referrals' share of a resident's record. One timer per referral: the next thing that falls due. */
export const referralsSlice = (delays: ReferralDelays = defaultDelays): Slice<ReferralsState, ReferralRecord> => ({
  kind: 'case',
  name: 'referrals',
  version: 1,
  initial: initialReferrals,
  writes: referralWrites,
  evolve: (state, event) => evolveMerge(evolveReferrals(state, event), event),
  due: (record, context) => fallDue(record, context, delays),
  timers: ({ referrals }) =>
    Object.fromEntries(referrals.open.flatMap((referral) => agendaOf(referral, delays).slice(0, 1).map(({ at }) => [`referral ${referral.id}`, at]))),
  react: (record, event) => react(record, event),
  project: (before, after, event) => projectReferrals(before, after, event, delays),
});
