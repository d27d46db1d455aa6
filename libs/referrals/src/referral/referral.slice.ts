import type { Slice } from '@fil-rouge/kernel';
import { evolveReferrals, referralWrites } from './referral.fold';
import { initialReferrals, type ReferralRecord, type ReferralsState } from './referral';
import { fallDue, opposes, react, relies } from './referral.consequences.decider';
import { agendaOf, defaultDelays, type ReferralDelays } from './referral.delays';
import { evolveMerge, referralsMerging } from './referral.merge';
import { projectReferrals } from './referral.projection';
import { evolveSessions } from './referral.start';

/** The referrals' share of a resident's record. One timer per referral: the next thing that falls due. */
export const referralsSlice = (delays: ReferralDelays = defaultDelays): Slice<ReferralsState, ReferralRecord> => ({
  kind: 'case',
  name: 'referrals',
  version: 2,
  initial: initialReferrals,
  writes: referralWrites,
  evolve: (state, event) => evolveMerge(evolveReferrals(evolveSessions(state, event), event), event),
  relies: (record, now) => relies(record, now, delays),
  due: (record, context) => fallDue(record, context, delays),
  timers: ({ referrals }) =>
    Object.fromEntries(
      referrals.open.flatMap((referral) =>
        agendaOf(referral, delays)
          .slice(0, 1)
          .map(({ at }) => [`referral ${referral.id}`, at]),
      ),
    ),
  opposes,
  merging: referralsMerging,
  react: (record, event) => react(record, event),
  project: (before, after, event) => projectReferrals(before, after, event, delays),
});
