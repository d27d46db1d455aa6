/**
 * How long the network waits before it reminds, alerts or gives up. In business days after the day it all began, unless the name says
 * otherwise. What holds for a referral or a case is copied into the event that starts its clock: a later change promises nothing anew.
 */

/** How long an answer to a referral is waited for. */
export type AnswerDelays = {
  /** Days on which a recipient is reminded of a referral that it has not answered. */
  readonly reminders: number[];
  /** The day on which the coordinator is alerted too. */
  readonly coordinator: number;
  /** An unanswered referral expires at the end of that day, the second when the recipient has acknowledged it. */
  readonly answer: number;
  readonly answerUnderReview: number;
  /** Unanswered after that day: shown as late. */
  readonly late: number;
};

export type Delays = AnswerDelays & {
  /** The same for what was sent as urgent. */
  readonly urgent: AnswerDelays;
  /** From the acceptance to the alert that no session was recorded. */
  readonly firstSession: number;
  readonly heldCalendarDays: number;
  /** Without an entry on an open case, until its lead is told. */
  readonly silenceCalendarDays: number;
};

/** What somebody has set; the rest is as the level above says: the structure, then the network, then the defaults. */
export type OwnDelays = Partial<Omit<Delays, 'urgent'>> & { readonly urgent?: Partial<AnswerDelays> };

export const defaultDelays: Delays = {
  reminders: [3, 7, 12],
  coordinator: 12,
  answer: 20,
  answerUnderReview: 30,
  late: 7,
  urgent: { reminders: [1, 3], coordinator: 3, answer: 5, answerUnderReview: 10, late: 2 },
  firstSession: 15,
  heldCalendarDays: 60,
  silenceCalendarDays: 60,
};

/** What both levels have set together; nothing of the defaults. */
export const setTogether = (network: OwnDelays, structure: OwnDelays): OwnDelays => ({
  ...network,
  ...structure,
  urgent: { ...network.urgent, ...structure.urgent },
});

/**
 * Delays nobody has set give way to those that somebody has. No reminder comes after the alert. No alert comes after the last day; it moves there,
 * with the last reminder before it. Under review there is more time, never less. What is urgent gets no more time than what is not. Whoever is
 * complained of is reminded on that day, if not before. What somebody has set need not give way: `contradictionIn` refuses it. Should two levels be
 * set at the same moment and contradict each other all the same, the shorter answer wins.
 */
export function delaysInForce(network: OwnDelays = {}, structure: OwnDelays = {}): Delays {
  const { urgent: urgentSet, ...set } = setTogether(network, structure);
  const normal = { ...defaultDelays, ...set, ...answerInForce({ ...defaultDelays, ...set }) };
  const urgent = answerInForce({
    ...defaultDelays.urgent,
    ...urgentSet,
    answer: Math.min(urgentSet?.answer ?? defaultDelays.urgent.answer, normal.answer),
  });
  return { ...normal, urgent };
}

function answerInForce({ reminders: asked, coordinator, answer, answerUnderReview, late }: AnswerDelays): AnswerDelays {
  const alert = coordinator <= answer ? coordinator : (asked.findLast((day) => day <= answer) ?? answer);
  return {
    reminders: [...asked.filter((day) => day < alert), alert],
    coordinator: alert,
    answer,
    answerUnderReview: Math.max(answer, answerUnderReview),
    late: Math.min(late, answer),
  };
}

/** A pair of delays of which the first must not be longer than the second; `path` in the settings. */
export type Contradiction = { readonly shorter: string; readonly longer: string };

/**
 * The first pair that cannot both hold: reminders, then the alert, then the end. What is set must fit before the defaults too, which a shorter end
 * takes with it. Null when all can hold.
 */
export function contradictionIn({ urgent = {}, ...normal }: OwnDelays): Contradiction | null {
  return (
    contradictionOfAnswer(normal, defaultDelays, '') ??
    contradictionOfAnswer(urgent, defaultDelays.urgent, 'urgent/') ??
    inOrder('urgent/answer', urgent.answer, 'answer', normal.answer ?? defaultDelays.answer)
  );
}

function contradictionOfAnswer(set: Partial<AnswerDelays>, otherwise: AnswerDelays, at: string): Contradiction | null {
  const { reminders, coordinator, answer, answerUnderReview, late } = set;
  const [alert, end] = [coordinator ?? otherwise.coordinator, answer ?? otherwise.answer];
  if (reminders?.some((day, index) => index > 0 && day <= reminders[index - 1]!))
    return { shorter: `${at}reminders`, longer: `${at}reminders` };
  const lastReminder = reminders?.at(-1);
  return (
    inOrder(`${at}reminders`, lastReminder, `${at}coordinator`, alert) ??
    inOrder(`${at}reminders`, lastReminder, `${at}answer`, end) ??
    inOrder(`${at}coordinator`, coordinator, `${at}answer`, end) ??
    inOrder(`${at}answer`, end, `${at}answerUnderReview`, answerUnderReview) ??
    inOrder(`${at}late`, late, `${at}answer`, end)
  );
}

const inOrder = (
  shorter: string,
  days: number | undefined,
  longer: string,
  most: number | undefined,
): Contradiction | null => (days !== undefined && most !== undefined && days > most ? { shorter, longer } : null);
