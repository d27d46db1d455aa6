import type { ReactNode } from 'preact/compat';
import type { Shape } from '../api/client';
import { useWords } from '../api/words';

type State = Shape<'ReferralResponse'>['status'];

const away = (d: string) => <path d={d} strokeDasharray="1.5 3.2" />;
const solid = (d: string) => <path d={d} />;
const knot = (cx: number, cy = 14) => <circle cx={cx} cy={cy} r="3" fill="currentColor" stroke="none" />;
const awaited = (cx: number, cy = 14) => <circle cx={cx} cy={cy} r="2.6" />;
const there = 'M4 4C8 4 7 14 11 14H17C21 14 20 4 24 4';

/** The loop of each state as it stands on the thread: dotted while it is awaited, solid once it is taken up. */
const glyphs: Record<State, ReactNode> = {
  draft: away('M6 4C8 4 8 8 11 9'),
  held: (
    <>
      {away('M6 4C9 4 8 9 12 9')}
      {solid('M16 5v9')}
    </>
  ),
  sent: (
    <>
      {away('M5 4C9 4 8 14 13 14')}
      {awaited(16.5)}
    </>
  ),
  under_review: (
    <>
      {away('M5 4C9 4 8 14 12 14')}
      {awaited(14.5)}
      {away('M18.5 14H26')}
    </>
  ),
  accepted: solid('M5 4C9 4 8 14 12 14H24'),
  in_progress: (
    <>
      {solid('M5 4C9 4 8 14 12 14H26')}
      {knot(17.5)}
    </>
  ),
  on_hold: (
    <>
      {solid('M5 4C9 4 8 14 12 14H15')}
      {solid('M19 11v6M23 11v6')}
    </>
  ),
  completed: (
    <>
      {solid(there)}
      {knot(14)}
    </>
  ),
  declined: (
    <>
      {away(there)}
      {awaited(14)}
    </>
  ),
  withdrawn: away('M6 4C11 4 9 10 13.5 10S17 4 22 4'),
  expired: (
    <>
      {away('M5 4C9 4 8 14 13 14H18')}
      {solid('M21.5 10.5v7')}
    </>
  ),
  returned: solid(there),
  cancelled: (
    <>
      {away('M5 4C9 4 8 14 13 14H20')}
      {solid('M8 17L20 7')}
    </>
  ),
  entered_in_error: solid('M9 10l8 7M17 10l-8 7'),
};

/** The state of a referral: its sign on the thread and its word. */
export function StateBadge({ state }: { state: State }) {
  const words = useWords();
  return (
    <span className="badge">
      <svg
        viewBox="0 0 28 18"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        aria-hidden="true"
      >
        <path d="M1 4H27" />
        {glyphs[state]}
      </svg>
      {words.say('referralStatuses', state)}
    </span>
  );
}
