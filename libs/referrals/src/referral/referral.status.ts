/**
 * One word for all referrals of a case: is anything asked, is anybody at it, has it helped? Computed from the referrals its reader may see. Pure.
 */
import type { CaseReferralStatus, ReferralStatus, Uuid } from '@fil-rouge/kernel';

/** What one referral says of the whole; `none`: nothing. */
const meaning: Readonly<Record<Exclude<ReferralStatus, 'completed'>, CaseReferralStatus>> = {
  draft: 'none', // nobody has been asked yet
  held: 'waiting',
  sent: 'waiting',
  under_review: 'waiting',
  accepted: 'in_progress',
  in_progress: 'in_progress',
  on_hold: 'in_progress',
  declined: 'not_helped',
  expired: 'not_helped',
  returned: 'not_helped',
  withdrawn: 'none', // taken back by whoever asked
  cancelled: 'none',
  entered_in_error: 'none',
};

const meaningOfOutcome: Readonly<Record<string, CaseReferralStatus>> = {
  helped: 'helped',
  helped_partially: 'partly_helped',
  could_not_help: 'not_helped',
  not_reachable: 'not_helped',
  no_show: 'not_helped',
  no_longer_needed: 'none', // the need is gone, nobody met it
  referred_onward: 'none', // the next referral of the chain says what came of it
};

export interface Told {
  readonly id: Uuid;
  readonly status: ReferralStatus;
  readonly outcome?: string;
  readonly previousId?: Uuid;
  readonly broadcastId?: Uuid;
}

/**
 * Work under way says more than a question that waits, and both more than what is over. Of what is over, all helped or none did, else
 * partly. What was tried again with another referral does not count: that one does. Of a broadcast, the best answer counts: one was wanted.
 */
export function referralStatusOf(referrals: readonly Told[]): CaseReferralStatus {
  const again = new Set(
    referrals.filter((referral) => saysMore(referral, referrals)).map(({ previousId }) => previousId),
  );
  const needs = new Map<Uuid, CaseReferralStatus[]>();
  for (const referral of referrals.filter(({ id }) => !again.has(id))) {
    const need = referral.broadcastId ?? referral.id;
    needs.set(need, [...(needs.get(need) ?? []), meaningOf(referral)]);
  }
  const said = [...needs.values()].map(bestOf).filter((one) => one !== 'none');
  for (const open of ['in_progress', 'waiting'] as const) if (said.includes(open)) return open;
  const [first] = said;
  return first === undefined ? 'none' : said.every((one) => one === first) ? first : 'partly_helped';
}

const meaningOf = ({ status, outcome }: Told): CaseReferralStatus =>
  status === 'completed' ? (meaningOfOutcome[outcome ?? ''] ?? 'none') : meaning[status];

/**
 * Whether a referral counts for more than the one it tries again. It does, with one exception: where the earlier one has helped in part, a rest
 * with which nobody helped undoes nothing.
 */
function saysMore(referral: Told, referrals: readonly Told[]): boolean {
  const said = meaningOf(referral);
  if (said !== 'not_helped') return said !== 'none';
  return !referrals.some(({ id, outcome }) => id === referral.previousId && outcome === 'helped_partially');
}

const fromBest = ['in_progress', 'waiting', 'helped', 'partly_helped', 'not_helped'] as const;
const bestOf = (said: readonly CaseReferralStatus[]): CaseReferralStatus =>
  fromBest.find((one) => said.includes(one)) ?? 'none';
