/**
 * How long the network waits before it reminds, alerts or gives up. In business days after the day it all began, unless the name says
 * otherwise. What holds for a referral or a case is copied into the event that starts its clock: a later change promises nothing anew.
 */
export type Delays = {
  /** Days on which a recipient is reminded of a referral that it has not answered. */
  readonly reminders: number[];
  /** The day on which the coordinator is alerted too. */
  readonly coordinator: number;
  /** An unanswered referral expires at the end of that day, the second when the recipient has acknowledged it. */
  readonly answer: number;
  readonly answerUnderReview: number;
  /** Unanswered after that day: shown as late. */
  readonly late: number;
  /** From the acceptance to the alert that no session was recorded. */
  readonly firstSession: number;
  readonly heldCalendarDays: number;
  /** Without an entry on an open case, until its lead is told. */
  readonly silenceCalendarDays: number;
};

/** What somebody has set; the rest is as the level above says: the structure, then the network, then the defaults. */
export type OwnDelays = Partial<Delays>;

export const defaultDelays: Delays = {
  reminders: [3, 7, 12], coordinator: 12, answer: 20, answerUnderReview: 30, late: 7, firstSession: 15, heldCalendarDays: 60, silenceCalendarDays: 60,
};

/**
 * Each level is set on its own and at its own time, so together they may contradict each other; the shorter answer wins: no reminder on or
 * after the last day, more time under review and never less. The coordinator is alerted on the day set, or with the last reminder when that day
 * is too late; and whoever is complained of is reminded then, if not before.
 */
export function delaysInForce(network: OwnDelays = {}, structure: OwnDelays = {}): Delays {
  const set = { ...defaultDelays, ...network, ...structure };
  const reminders = [...new Set([...set.reminders, set.coordinator])].filter((day) => day < set.answer).sort((a, b) => a - b);
  return {
    ...set,
    reminders,
    coordinator: set.coordinator < set.answer ? set.coordinator : (reminders.at(-1) ?? set.coordinator),
    answerUnderReview: Math.max(set.answer, set.answerUnderReview),
    late: Math.min(set.late, set.answer),
  };
}
