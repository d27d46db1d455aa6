import { referralOutcomeValues, referralStatusValues } from '@fil-rouge/kernel';
import { caseReferralStatuses } from '@fil-rouge/kernel';
import { referralStatusOf, type Told } from './referral.status';

/** `declined`, `completed:helped`, `expired #1` (its number), `completed:helped <1` (tries 1 again), `sent @b` (of broadcast b). */
const told = (text: string, at: number): Told => {
  const [state, ...marks] = text.split(' ');
  const [status, outcome] = state!.split(':');
  const mark = (sign: string) => marks.find((one) => one.startsWith(sign))?.slice(1);
  return {
    id: mark('#') ?? `r${at}`,
    status: status as Told['status'],
    outcome,
    previousId: mark('<'),
    broadcastId: mark('@'),
  };
};
const statusOf = (...referrals: string[]) => referralStatusOf(referrals.map(told));

describe('the status of all referrals of a case', () => {
  it.each([
    [[], 'none'],
    [['draft'], 'none'],
    [['withdrawn', 'cancelled', 'entered_in_error'], 'none'],
    [['held'], 'waiting'],
    [['sent'], 'waiting'],
    [['under_review', 'declined'], 'waiting'],
    [['accepted', 'sent'], 'in_progress'],
    [['in_progress', 'completed:helped'], 'in_progress'],
    [['on_hold'], 'in_progress'],
    [['completed:helped'], 'helped'],
    [['completed:helped', 'withdrawn', 'completed:no_longer_needed'], 'helped'],
    [['completed:helped_partially'], 'partly_helped'],
    [['completed:helped', 'declined'], 'partly_helped'],
    [['completed:helped', 'completed:helped_partially'], 'partly_helped'],
    [['declined', 'expired', 'returned'], 'not_helped'],
    [['completed:could_not_help', 'completed:not_reachable', 'completed:no_show'], 'not_helped'],
    [['completed:no_longer_needed'], 'none'],
    // A→B→C: what came of C is what came of it
    [['completed:referred_onward', 'completed:helped'], 'helped'],
    // again
    [['expired #1', 'completed:helped <1'], 'helped'],
    [['declined #1', 'sent <1'], 'waiting'],
    [['declined #1', 'draft <1'], 'not_helped'],
    [['declined #1', 'withdrawn <1'], 'not_helped'],
    [['declined #1', 'expired #2 <1', 'declined <2'], 'not_helped'],
    // what remained
    [['completed:helped_partially #1', 'completed:helped <1'], 'helped'],
    [['completed:helped_partially #1', 'sent <1'], 'waiting'],
    [['completed:helped_partially #1', 'expired <1'], 'partly_helped'],
    [['completed:helped_partially #1', 'draft <1'], 'partly_helped'],
    // a broadcast wants one
    [['completed:helped @b', 'cancelled @b', 'declined @b'], 'helped'],
    [['declined @b', 'sent @b'], 'waiting'],
    [['declined @b', 'expired @b'], 'not_helped'],
    [['completed:helped @b', 'declined @c'], 'partly_helped'],
  ])('%j → %s', (referrals, expected) => expect(statusOf(...referrals)).toBe(expected));

  it('is one of the known words for every state and outcome', () => {
    const all = [
      ...referralStatusValues.filter((status) => status !== 'completed'),
      ...referralOutcomeValues.map((outcome) => `completed:${outcome}`),
    ];
    expect(all.map((one) => statusOf(one)).filter((status) => !Object.hasOwn(caseReferralStatuses, status))).toEqual(
      [],
    );
  });

  it('does not depend on the order', () => {
    const story = ['expired #1', 'completed:helped <1', 'declined @b', 'completed:helped_partially @b', 'returned'];
    expect(statusOf(...story.toReversed())).toBe(statusOf(...story));
  });
});
