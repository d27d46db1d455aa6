/**
 * What begins a referral: the first thing that its recipient has done for it with the resident. Pure. A session from before the sending was not
 * held for this referral, whenever it is written down. A session entered in error was not held at all. Whoever waits for a beginning must not be
 * told of one that there was not.
 */
import { localDateOf, pieceOf, type Decided, type LocalDate, type RecordEvent } from '@fil-rouge/kernel';
import { isCaseEvent } from '@fil-rouge/cases';
import type { Referral, ReferralRecord, ReferralsState } from './referral';
import { event } from './referral.events';

/** The state is bounded. That all of so many were entered in error and another one was not, will not happen. */
const mostSessions = 10;

const concerned = new Set(['SessionRecorded', 'SessionCorrected', 'SessionCancelled']);

/** Each open referral with the sessions that count for it, after something has happened to one. */
export const evolveSessions = (state: ReferralsState, happened: RecordEvent): ReferralsState =>
  concerned.has(happened.type)
    ? { ...state, open: state.open.map((referral) => withSession(referral, happened)) }
    : state;

function withSession(referral: Referral, happened: RecordEvent): Referral {
  const id = happened.about!;
  const { sessions = [], ...rest } = referral;
  if (counts(referral, happened))
    return sessions.includes(id) || sessions.length === mostSessions
      ? referral
      : { ...rest, sessions: [...sessions, id] };
  if (!sessions.includes(id)) return referral;
  const left = sessions.filter((one) => one !== id);
  return left.length > 0 ? { ...rest, sessions: left } : rest;
}

function counts({ id, to, status, sentAt }: Referral, happened: RecordEvent): boolean {
  if (!isCaseEvent(happened) || (happened.type !== 'SessionRecorded' && happened.type !== 'SessionCorrected'))
    return false;
  const { referralId } = happened.data;
  const on = pieceOf(happened, 'shared_text')?.['date'] as LocalDate | undefined;
  return (
    happened.structure === to &&
    ['accepted', 'in_progress', 'on_hold'].includes(status) &&
    (referralId === undefined || referralId === id) &&
    sentAt !== undefined &&
    on !== undefined &&
    on >= localDateOf(sentAt)
  );
}

/**
 * accepted | first session by the recipient | in_progress | the event
 * in_progress | all of its sessions were entered in error | accepted | the event
 *
 * A referral on hold stays on hold. Either event changes the state in which it is resumed.
 */
export function startOrNot({ referrals: { open } }: ReferralRecord, happened: RecordEvent): Decided[] {
  const sessionId = happened.about!;
  return open.flatMap((referral) => {
    const { status, resumesTo = status, sessions = [] } = referral;
    if (resumesTo === 'accepted' && sessions.includes(sessionId))
      return [event('ReferralStarted', referral, { sessionId })];
    if (resumesTo === 'in_progress' && sessions.length === 0 && referral.to === happened.structure)
      return [event('ReferralStartCancelled', referral, { sessionId })];
    return [];
  });
}
