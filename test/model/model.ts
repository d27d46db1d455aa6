/**
 * The model: domain.md's tables, transcribed by hand into data and a few sentences; nothing is imported from the product. It knows no
 * events sourcing, grants or read rows: access follows from the state of the referrals and handovers themselves. Where domain.md leaves
 * open which of several reasons is told first, a refusal lists them all.
 */
import { businessDay, businessDays, dayOf, endOf, nineOClock, plusDays } from './days';

export type Role = 'counsellor' | 'manager' | 'coordinator' | 'administrator' | 'auditor';
export interface Person { structure: string; role: Role; territory: string[] | null }
export interface Structure { status: string; communes: string[]; takes: boolean }

export type ReferralStatus =
  | 'draft' | 'held' | 'sent' | 'under_review' | 'accepted' | 'in_progress' | 'on_hold'
  | 'completed' | 'declined' | 'withdrawn' | 'expired' | 'returned' | 'cancelled' | 'entered_in_error';

export interface Referral {
  n: number;
  status: ReferralStatus;
  version: number;
  from: string;
  to: string;
  needs: string;
  /** The day on which the resident was informed. */
  informed: string | null;
  onward: boolean;
  parent: number | null;
  /** Structures the resident came through, the sender last. */
  chain: string[];
  disclosed: boolean;
  heldOn: string | null;
  sentOn: string | null;
  reminded: number;
  /** Business days of the 15 that are left without a first session, counted from that day; null from: on hold. Absent: nobody waits. */
  start: { from: string | null; left: number } | null;
  back: 'accepted' | 'in_progress';
  requested: boolean;
  reason: string | null;
  outcome: string | null;
  /** Position in the log at which it was made. */
  made: number;
}

export interface Handover {
  n: number;
  kind: 'push' | 'pull' | 'internal' | 'administrative';
  status: 'proposed' | 'requested' | 'accepted' | 'effective' | 'declined' | 'withdrawn' | 'expired' | 'cancelled';
  version: number;
  from: string;
  to: string;
  counsellor: string | null;
  effectiveAt: string | null;
  openedOn: string;
  reminded: number;
  made: number;
}

export interface Entry { type: string; about: string | null; at: string }

export interface Model {
  now: string;
  people: Record<string, Person>;
  structures: Record<string, Structure>;
  status: 'open' | 'closed';
  version: number;
  commune: string;
  /** Who leads; nobody leads a closed case, but its last lead keeps the access. */
  lead: string;
  counsellor: string | null;
  formers: Record<string, { kind: 'former_lead' | 'former_contributor'; position: number; day: string }>;
  /** The day of the last entry, while its lead waits for the next one. */
  lastEntry: string | null;
  objections: string[];
  referrals: Referral[];
  handovers: Handover[];
  log: Entry[];
}

export type Participation = 'lead' | 'contributor' | 'former_lead' | 'former_contributor' | 'candidate' | null;

export const unanswered: readonly string[] = ['sent', 'under_review'];
export const underWay: readonly string[] = ['accepted', 'in_progress', 'on_hold'];
export const openReferral = ({ status }: Referral): boolean => ['draft', 'held', ...unanswered, ...underWay].includes(status);
export const openHandover = (model: Model): Handover | undefined => model.handovers.find(({ status }) => ['proposed', 'requested', 'accepted'].includes(status));

/** The strongest right a structure has on the case. */
export function participation(model: Model, structure: string): Participation {
  const received = model.referrals.filter(({ to }) => to === structure);
  const handover = openHandover(model);
  if (model.lead === structure) return 'lead';
  if (received.some(({ status }) => underWay.includes(status))) return 'contributor';
  if (model.formers[structure]) return model.formers[structure].kind;
  if (received.some(({ status }) => unanswered.includes(status)) || (handover?.kind === 'push' && handover.to === structure)) return 'candidate';
  return null;
}

/** Lead or contributor. */
export const takesPart = (model: Model, structure: string): boolean => ['lead', 'contributor'].includes(participation(model, structure) ?? '');
export const isStaff = ({ role }: Person): boolean => role === 'counsellor' || role === 'manager';
export const watches = (model: Model, { territory }: Person): boolean => territory === null || territory.includes(model.commune);
export const isWaiting = (structure: Structure | undefined): boolean => structure?.status === 'declared' || structure?.status === 'awaiting_state_validation';
export const objected = (model: Model, structure: string): boolean => model.objections.includes('all') || model.objections.includes(structure);
export const employs = (model: Model, structure: string, person: string): boolean => {
  const one = model.people[person];
  return one !== undefined && isStaff(one) && one.structure === structure;
};

export const note = (model: Model, type: string, about: string | null): number => model.log.push({ type, about, at: model.now });

/** One step of a referral: counted, and told. */
export function step(model: Model, referral: Referral, type: string, change: Partial<Referral>): void {
  const contributed = underWay.includes(referral.status);
  Object.assign(referral, { version: referral.version + 1, ...change });
  const position = note(model, type, `referral ${referral.n}`);
  // Its recipient has read the shared thread and does so no more, unless something else gives it the right.
  if (contributed && !openReferral(referral) && model.formers[referral.to]?.kind !== 'former_lead') {
    model.formers[referral.to] = { kind: 'former_contributor', position, day: dayOf(model.now) };
  }
}

export function stepHandover(model: Model, handover: Handover, type: string, change: Partial<Handover>): void {
  Object.assign(handover, { version: handover.version + 1, ...change });
  note(model, type, `handover ${handover.n}`);
}

/** The old lead period ends and the new one begins, at once. */
export function moveLead(model: Model, { to, counsellor }: Handover): void {
  const position = model.log.length;
  if (to !== model.lead) model.formers[model.lead] = { kind: 'former_lead', position, day: dayOf(model.now) };
  Object.assign(model, { lead: to, counsellor, version: model.version + 1 });
}

export const cancelReferral = (model: Model, referral: Referral, reason: string): void => step(model, referral, 'ReferralCancelled', { status: 'cancelled', reason });

/** What happens by itself, and when; the earliest first. */
type Appointment = { at: string; what: 'remind' | 'expire' | 'give up' | 'alert'; day?: number };

export function agendaOf({ status, sentOn, heldOn, reminded, start }: Referral): Appointment[] {
  if (status === 'held') return [{ at: endOf(plusDays(heldOn!, 60)), what: 'give up' }];
  if (unanswered.includes(status)) {
    const reminders = [3, 7, 12].filter((day) => day > reminded).map((day): Appointment => ({ at: nineOClock(businessDay(sentOn!, day)), what: 'remind', day }));
    return [...reminders, { at: endOf(businessDay(sentOn!, status === 'under_review' ? 30 : 20)), what: 'expire' }];
  }
  if (status === 'accepted' && start?.from) return [{ at: nineOClock(businessDay(start.from, start.left)), what: 'alert' }];
  return [];
}

export const handoverExpiry = ({ openedOn }: Handover): string => endOf(businessDay(openedOn, 10));
export const handoverReminder = ({ openedOn }: Handover, day: number): string => nineOClock(businessDay(openedOn, day));

/** 60 calendar days without an entry: the lead is told, once per silence. */
const silence = ({ status, lastEntry }: Model): string | null => (status === 'open' && lastEntry !== null ? nineOClock(plusDays(lastEntry, 60)) : null);

/** Everything that has fallen due by now, told as of now. Who comes after the last day does not remind of what is over. */
export function fallDue(model: Model): void {
  const { now } = model;
  if (silence(model) !== null && silence(model)! <= now) {
    model.lastEntry = null;
    note(model, 'CaseFellSilent', null);
  }
  for (const referral of model.referrals.filter(openReferral)) {
    const due = agendaOf(referral).filter(({ at }) => at <= now);
    if (due.at(-1)?.what === 'expire') step(model, referral, 'ReferralExpired', { status: 'expired' });
    else for (const { what, day } of due) {
      if (what === 'give up') cancelReferral(model, referral, 'structure_not_validated');
      else if (what === 'alert') step(model, referral, 'ReferralReminded', { start: null });
      else step(model, referral, 'ReferralReminded', { reminded: day });
    }
  }
  const handover = openHandover(model);
  if (!handover) return;
  if (handover.status === 'accepted') {
    if (handover.effectiveAt! <= now) takeEffect(model, handover);
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

export const sortedByName = (timers: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(timers).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What a look from outside must find. */
export function observed(model: Model) {
  return {
    case: { status: model.status, version: model.version, lead: model.status === 'open' ? model.lead : null, counsellor: model.status === 'open' ? model.counsellor : null },
    participations: Object.fromEntries(Object.keys(model.structures).map((structure) => [structure, participation(model, structure)])),
    referrals: model.referrals.map(({ status, version, from, to, reason, outcome }) => ({ status, version, from, to, reason, outcome })),
    handovers: model.handovers.map(({ kind, status, version, from, to, counsellor }) => ({ kind, status, version, from, to, counsellor })),
    timers: sortedByName(timersOf(model)),
  };
}
export type Observed = ReturnType<typeof observed>;
