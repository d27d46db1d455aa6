/** What happens by itself, in the words of docs/domain.md's tables: reminders, alerts, expiries, a handover's date. */
import { businessDay, businessDays, endOf, nineOClock, plusDays } from './days';
import {
  cancelReferral,
  isWaiting,
  moveLead,
  note,
  openHandover,
  openReferral,
  step,
  stepHandover,
  unanswered,
  type Handover,
  type Model,
  type Referral,
} from './model';

/** What happens by itself, and when; the earliest first. */
type Appointment = { at: string; what: 'remind' | 'expire' | 'give up' | 'alert'; day?: number };

export function agendaOf({ status, sentOn, heldOn, reminded, start }: Referral): Appointment[] {
  if (status === 'held') return [{ at: endOf(plusDays(heldOn!, 60)), what: 'give up' }];
  if (unanswered.includes(status)) {
    const reminders = [3, 7, 12]
      .filter((day) => day > reminded)
      .map((day): Appointment => ({ at: nineOClock(businessDay(sentOn!, day)), what: 'remind', day }));
    return [...reminders, { at: endOf(businessDay(sentOn!, status === 'under_review' ? 30 : 20)), what: 'expire' }];
  }
  if (status === 'accepted' && start?.from)
    return [{ at: nineOClock(businessDay(start.from, start.left)), what: 'alert' }];
  return [];
}

export const handoverExpiry = ({ openedOn }: Handover): string => endOf(businessDay(openedOn, 10));
export const handoverReminder = ({ openedOn }: Handover, day: number): string => nineOClock(businessDay(openedOn, day));

/** 60 calendar days in which nothing was done: the lead is told, once per silence. */
const silence = (model: Model): string | null =>
  model.status === 'open' && model.since !== null && !model.silenceTold ? silenceEnds(model) : null;

export const silenceEnds = ({ since, sessions }: Model): string =>
  nineOClock(
    plusDays([since!, ...sessions.filter(({ cancelled }) => !cancelled).map(({ on }) => on)].sort().at(-1)!, 60),
  );

/** Everything that has fallen due by now, told as of now. Who comes after the last day does not remind of what is over. */
export function fallDue(model: Model): void {
  const { now } = model;
  if (silence(model) !== null && silence(model)! <= now) {
    model.silenceTold = true;
    note(model, 'CaseFellSilent', null);
  }
  for (const referral of model.referrals.filter(openReferral)) {
    const due = agendaOf(referral).filter(({ at }) => at <= now);
    if (due.at(-1)?.what === 'expire') step(model, referral, 'ReferralExpired', { status: 'expired' });
    else
      for (const { what, day } of due) {
        if (what === 'give up')
          cancelReferral(
            model,
            referral,
            isWaiting(model.structures[referral.from]) ? 'sender_not_validated' : 'structure_not_validated',
          );
        else if (what === 'alert') step(model, referral, 'ReferralReminded', { start: null });
        else step(model, referral, 'ReferralReminded', { reminded: day });
      }
  }
  const handover = openHandover(model);
  if (!handover) return;
  if (handover.status === 'accepted') {
    if (handover.effectiveAt! > now) return;
    // A structure that has closed by then never leads.
    if (['closed', 'refused'].includes(model.structures[handover.to]!.status))
      stepHandover(model, handover, 'HandoverCancelled', { status: 'cancelled' });
    else takeEffect(model, handover);
  } else if (handoverExpiry(handover) <= now) {
    stepHandover(model, handover, 'HandoverExpired', { status: 'expired' });
  } else {
    const day = [7, 3].find((reminder) => reminder > handover.reminded && handoverReminder(handover, reminder) <= now);
    if (day !== undefined) stepHandover(model, handover, 'HandoverReminded', { reminded: day });
  }
}

export function takeEffect(model: Model, handover: Handover): void {
  stepHandover(model, handover, 'HandoverTookEffect', { status: 'effective', effectiveAt: model.now });
  moveLead(model, handover);
}

/** When the clock must ring next, by what for. */
export function timersOf(model: Model): Record<string, string> {
  const silent = silence(model);
  const timers: Record<string, string> = silent === null ? {} : { silence: silent };
  for (const referral of model.referrals) {
    const [next] = agendaOf(referral);
    if (next) timers[`referral ${referral.n}`] = next.at;
  }
  const handover = openHandover(model);
  if (handover?.status === 'accepted') timers['handover-effect'] = handover.effectiveAt!;
  else if (handover) {
    timers['handover-expiry'] = handoverExpiry(handover);
    const next = [3, 7].find((day) => day > handover.reminded);
    if (next !== undefined) timers['handover-reminder'] = handoverReminder(handover, next);
  }
  return timers;
}

/** On hold freezes the days left. */
export const frozen = ({ start }: Referral, today: string): Referral['start'] =>
  start?.from ? { from: null, left: Math.max(0, start.left - businessDays(start.from, today)) } : start;
