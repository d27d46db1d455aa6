/** When something falls due on a referral, in business days after the day of sending unless the name says otherwise. Pure. */
import {
  addBusinessDays,
  addCalendarDays,
  atParis,
  defaultDelays,
  endOfDay,
  localDateOf,
  type Instant,
} from '@fil-rouge/kernel';
import type { Referral, ReferralDelays } from './referral';

export { defaultDelays, type ReferralDelays };

/** `otherwise` in all of these: for a referral that was not promised any when it was sent. */
const promised = ({ delays }: Referral, otherwise: ReferralDelays): ReferralDelays => delays ?? otherwise;

/** What will fall due if nobody does anything, in order of time. */
export type Appointment = { at: Instant } & (
  | { what: 'remind'; day: number; /** The coordinator is alerted as well. */ coordinator: boolean }
  | { what: 'remind_of_first_session'; day: number }
  | { what: 'expire' | 'give_up_waiting' }
);

export function agendaOf(referral: Referral, otherwise: ReferralDelays): Appointment[] {
  const delays = promised(referral, otherwise);
  const { status, sentAt, heldAt, startClock, reminded = 0 } = referral;
  if (status === 'held' && heldAt)
    return [{ what: 'give_up_waiting', at: endOfDay(addCalendarDays(localDateOf(heldAt), delays.heldCalendarDays)) }];
  if (isUnanswered(referral) && sentAt) {
    const at = (day: number): Instant => atParis(addBusinessDays(localDateOf(sentAt), day), '09:00');
    const reminders = delays.reminders
      .filter((day) => day > reminded)
      .map((day) => ({ what: 'remind' as const, day, coordinator: day === delays.coordinator, at: at(day) }));
    return [...reminders, { what: 'expire', at: answerDueAt(referral, otherwise)! }];
  }
  if (status === 'accepted' && startClock?.from) {
    const left = Math.max(0, delays.firstSession - startClock.used);
    return [
      {
        what: 'remind_of_first_session',
        day: delays.firstSession,
        at: atParis(addBusinessDays(startClock.from, left), '09:00'),
      },
    ];
  }
  return [];
}

/** When a referral that waits for an answer expires. */
export function answerDueAt(referral: Referral, otherwise: ReferralDelays): Instant | undefined {
  const { answer, answerUnderReview } = promised(referral, otherwise);
  if (!isUnanswered(referral) || !referral.sentAt) return undefined;
  return endOfDay(
    addBusinessDays(localDateOf(referral.sentAt), referral.status === 'under_review' ? answerUnderReview : answer),
  );
}

/** When the recipient must have answered or, once it has accepted, recorded a first session; that day stays due after the alert. */
export function nextDueAt(referral: Referral, delays: ReferralDelays): Instant | undefined {
  if (referral.status !== 'accepted') return answerDueAt(referral, delays);
  return (
    agendaOf(referral, delays).find(({ what }) => what === 'remind_of_first_session')?.at ?? referral.lastActivityAt
  );
}

/** From when on an unanswered referral is shown as late. */
export const lateFrom = (referral: Referral, otherwise: ReferralDelays): Instant | undefined =>
  referral.sentAt && endOfDay(addBusinessDays(localDateOf(referral.sentAt), promised(referral, otherwise).late));

const isUnanswered = ({ status }: Referral): boolean => status === 'sent' || status === 'under_review';
