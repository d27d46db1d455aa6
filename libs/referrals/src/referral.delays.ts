import { addBusinessDays, addCalendarDays, atParis, endOfDay, localDateOf, type Instant } from '@fil-rouge/kernel';
import type { Referral } from './referral';

/** The clock of a referral, in business days after the day of sending unless the name says otherwise. */
export type ReferralDelays = {
  readonly reminders: readonly number[];
  /** The reminder that also alerts the coordinator. */
  readonly coordinator: number;
  readonly answer: number;
  readonly answerUnderReview: number;
  /** Unanswered after that day: shown as late. */
  readonly late: number;
  /** From the acceptance to the alert that no session was recorded. */
  readonly firstSession: number;
  readonly heldCalendarDays: number;
};

export const defaultDelays: ReferralDelays = {
  reminders: [3, 7, 12], coordinator: 12, answer: 20, answerUnderReview: 30, late: 7, firstSession: 15, heldCalendarDays: 60,
};

/** What will fall due if nobody does anything, in order of time. */
export type Appointment = { at: Instant } & ({ what: 'remind' | 'remind_of_first_session'; day: number } | { what: 'expire' | 'give_up_waiting' });

export function agendaOf(referral: Referral, delays: ReferralDelays): Appointment[] {
  const { status, sentAt, heldAt, startClock, reminded = 0 } = referral;
  if (status === 'held' && heldAt) return [{ what: 'give_up_waiting', at: endOfDay(addCalendarDays(localDateOf(heldAt), delays.heldCalendarDays)) }];
  if (isUnanswered(referral) && sentAt) {
    const at = (day: number): Instant => atParis(addBusinessDays(localDateOf(sentAt), day), '09:00');
    const reminders = delays.reminders.filter((day) => day > reminded).map((day) => ({ what: 'remind' as const, day, at: at(day) }));
    return [...reminders, { what: 'expire', at: answerDueAt(referral, delays)! }];
  }
  if (status === 'accepted' && startClock?.from) {
    const left = Math.max(0, delays.firstSession - startClock.used);
    return [{ what: 'remind_of_first_session', day: delays.firstSession, at: atParis(addBusinessDays(startClock.from, left), '09:00') }];
  }
  return [];
}

/** When a referral that waits for an answer expires. */
export function answerDueAt(referral: Referral, { answer, answerUnderReview }: ReferralDelays): Instant | undefined {
  if (!isUnanswered(referral) || !referral.sentAt) return undefined;
  return endOfDay(addBusinessDays(localDateOf(referral.sentAt), referral.status === 'under_review' ? answerUnderReview : answer));
}

/** When the recipient must have answered or, once it has accepted, recorded a first session; that day stays due after the alert. */
export function nextDueAt(referral: Referral, delays: ReferralDelays): Instant | undefined {
  if (referral.status !== 'accepted') return answerDueAt(referral, delays);
  return agendaOf(referral, delays).find(({ what }) => what === 'remind_of_first_session')?.at ?? referral.lastActivityAt;
}

/** From when on an unanswered referral is shown as late. */
export const lateFrom = ({ sentAt }: Referral, { late }: ReferralDelays): Instant | undefined =>
  sentAt && endOfDay(addBusinessDays(localDateOf(sentAt), late));

const isUnanswered = ({ status }: Referral): boolean => status === 'sent' || status === 'under_review';
