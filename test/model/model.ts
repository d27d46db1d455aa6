/**
 * The model: docs/domain.md's tables, transcribed by hand into data and a few sentences; nothing is imported from the product. It knows no
 * events sourcing, grants or read rows: access follows from the state of the referrals and handovers themselves. Where docs/domain.md leaves
 * open which of several reasons is told first, a refusal lists them all.
 */
import { dayOf } from './days';

export type Role = 'counsellor' | 'manager' | 'coordinator' | 'administrator' | 'auditor';
export interface Person {
  structure: string;
  role: Role;
  territory: string[] | null;
}
export interface Structure {
  status: string;
  communes: string[];
  takes: boolean;
}

export type ReferralStatus =
  | 'draft'
  | 'held'
  | 'sent'
  | 'under_review'
  | 'accepted'
  | 'in_progress'
  | 'on_hold'
  | 'completed'
  | 'declined'
  | 'withdrawn'
  | 'expired'
  | 'returned'
  | 'cancelled'
  | 'entered_in_error';

export interface Referral {
  /** Its number in the story, whichever record it is on by now. */
  n: number;
  status: ReferralStatus;
  version: number;
  from: string;
  /** A draft may leave it open. */
  to: string | null;
  needs: string;
  /** The day on which the resident was informed. */
  informed: string | null;
  onward: boolean;
  parent: number | null;
  /** Who had sent that one: sees the state of this one, wherever the parent has stayed. */
  parentFrom: string | null;
  /** Shared by those that went to several structures for one need. */
  broadcast: number | null;
  /** It came with a record that was merged into this one. */
  takenOver: boolean;
  /** Structures the resident came through, the sender last. */
  chain: string[];
  disclosed: boolean;
  heldOn: string | null;
  sentOn: string | null;
  reminded: number;
  /** Business days of the 15 that are left without a first session, counted from that day; null from: on hold. Absent: nobody waits. */
  start: { from: string | null; left: number } | null;
  /** The sessions that count for it: of which record, and which of its. */
  begun: string[];
  back: 'accepted' | 'in_progress';
  /** Who helps. */
  contact: string | null;
  requested: boolean;
  reason: string | null;
  outcome: string | null;
  /** Position in the log at which it was made. */
  made: number;
  /** Where it says what it says now, or said when it was sent: what it said before is for who made it and who leads. */
  worded: { record: number; position: number };
  /** Whose referral it said to continue, until it was worded otherwise. */
  formerParents: { structure: string; record: number; position: number }[];
}

export interface Handover {
  n: number;
  kind: 'push' | 'pull' | 'beside' | 'internal' | 'administrative';
  status: 'proposed' | 'requested' | 'accepted' | 'effective' | 'declined' | 'withdrawn' | 'expired' | 'cancelled';
  version: number;
  from: string;
  to: string;
  counsellor: string | null;
  effectiveAt: string | null;
  openedOn: string;
  reminded: number;
  made: number;
  /** Asked for by a structure that may not know whose case it is, until it is accepted. */
  blind: boolean;
}

export interface Entry {
  type: string;
  about: string | null;
  at: string;
}

export interface Model {
  now: string;
  people: Record<string, Person>;
  structures: Record<string, Structure>;
  /** Which record of the story. */
  id: number;
  status: 'open' | 'closed' | 'merged' | 'erased';
  version: number;
  commune: string;
  /** Who leads; nobody leads a closed case, but its last lead keeps the access. */
  lead: string;
  counsellor: string | null;
  /** Contributes without a referral, since that position: led a record that was merged into this one, or has asked to. */
  joined: { structure: string; since: number; led: boolean }[];
  /** Records that ended in this one, and the one in which this one ended. */
  mergedFrom: number[];
  mergedInto: { id: number; position: number } | null;
  /** `finished`: the day on which a part of it last ended by itself; something may be left to write about the time before. */
  formers: Record<
    string,
    { kind: 'former_lead' | 'former_contributor'; position: number; day: string; finished?: string }
  >;
  /** Since when the follow-up goes on; null when it does not. */
  since: string | null;
  closedOn: string | null;
  /** What was done, by whom, on which day, and whether it was after all. */
  sessions: { by: string; on: string; cancelled: boolean }[];
  /** That nothing is done has been told. */
  silenceTold: boolean;
  objections: string[];
  referrals: Referral[];
  handovers: Handover[];
  /** The numbers that come next. */
  next: { referral: number; handover: number; broadcast: number };
  log: Entry[];
}

export type Participation = 'lead' | 'contributor' | 'former_lead' | 'former_contributor' | 'candidate' | null;

export const unanswered: readonly string[] = ['sent', 'under_review'];
export const underWay: readonly string[] = ['accepted', 'in_progress', 'on_hold'];
export const openReferral = ({ status }: Referral): boolean =>
  ['draft', 'held', ...unanswered, ...underWay].includes(status);
export const nobody = '';
export const referralOf = (model: Model, n: number | null): Referral | undefined =>
  model.referrals.find((referral) => referral.n === n);
export const handoverOf = (model: Model, n: number): Handover | undefined =>
  model.handovers.find((handover) => handover.n === n);
export const openHandover = (model: Model): Handover | undefined =>
  model.handovers.find(({ status }) => ['proposed', 'requested', 'accepted'].includes(status));

/** The strongest right a structure has on the case. */
export function participation(model: Model, structure: string): Participation {
  const received = model.referrals.filter(({ to }) => to === structure);
  const handover = openHandover(model);
  if (model.lead === structure) return 'lead';
  if (
    model.joined.some((one) => one.structure === structure) ||
    received.some(({ status }) => underWay.includes(status))
  )
    return 'contributor';
  if (model.formers[structure]) return model.formers[structure].kind;
  if (
    received.some(({ status }) => unanswered.includes(status)) ||
    (handover?.kind === 'push' && handover.to === structure)
  )
    return 'candidate';
  return null;
}

/** Lead or contributor. */
export const takesPart = (model: Model, structure: string): boolean =>
  ['lead', 'contributor'].includes(participation(model, structure) ?? '');
export const isStaff = ({ role }: Person): boolean => role === 'counsellor' || role === 'manager';
export const watches = (model: Model, { territory }: Person): boolean =>
  territory === null || territory.includes(model.commune);
export const isWaiting = (structure: Structure | undefined): boolean =>
  structure?.status === 'declared' || structure?.status === 'awaiting_state_validation';
export const objected = (model: Model, structure: string | null): boolean =>
  model.objections.includes('all') || (structure !== null && model.objections.includes(structure));
export const employs = (model: Model, structure: string, person: string): boolean => {
  const one = model.people[person];
  return one !== undefined && isStaff(one) && one.structure === structure;
};

export const note = (model: Model, type: string, about: string | null): number =>
  model.log.push({ type, about, at: model.now });

/** One step of a referral: counted, and told. */
export function step(model: Model, referral: Referral, type: string, change: Partial<Referral>): void {
  const contributed = underWay.includes(referral.status);
  Object.assign(referral, { version: referral.version + 1, ...change });
  const position = note(model, type, `referral ${referral.n}`);
  // Its recipient has read the shared thread and does so no more, unless something else gives it the right.
  if (!contributed || openReferral(referral)) return;
  const day = dayOf(model.now);
  const finished =
    type === 'ReferralCompleted' || (type === 'ReferralReturned' && referral.reason !== 'structure_closed')
      ? { finished: day }
      : {};
  const to = referral.to!;
  const former = model.formers[to];
  model.formers[to] =
    former?.kind === 'former_lead'
      ? { ...former, ...finished }
      : { kind: 'former_contributor', position, day, ...finished };
}

export function stepHandover(model: Model, handover: Handover, type: string, change: Partial<Handover>): void {
  Object.assign(handover, { version: handover.version + 1, ...change });
  note(model, type, `handover ${handover.n}`);
}

/** Those of them who contribute without a referral do so no more. */
export function endJoined(model: Model, position: number, those: (structure: string) => boolean = () => true): void {
  for (const { structure } of model.joined.filter((one) => those(one.structure))) {
    if (model.formers[structure]?.kind !== 'former_lead')
      model.formers[structure] = { kind: 'former_contributor', position, day: dayOf(model.now) };
  }
  model.joined = model.joined.filter((one) => !those(one.structure));
}

/** The old lead period ends and the new one begins, at once. */
export function moveLead(model: Model, { to, counsellor }: Handover): void {
  const position = model.log.length;
  if (to !== model.lead)
    model.formers[model.lead] = { kind: 'former_lead', position, day: dayOf(model.now), finished: dayOf(model.now) };
  Object.assign(model, { lead: to, counsellor, version: model.version + 1 });
}

export const cancelReferral = (model: Model, referral: Referral, reason: string): void =>
  step(model, referral, 'ReferralCancelled', { status: 'cancelled', reason });
