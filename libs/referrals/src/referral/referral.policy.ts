/** Who may do and see what of a referral. Pure; the lists of actions, the decisions and the rows each structure reads all come from here. */
import { isStaff, type Actor, type ReferralStatus, type Uuid } from '@fil-rouge/kernel';
import { maySee, participationOf, takesPart, watches, type CaseState, type Reader } from '@fil-rouge/cases';
import { isOpen, type Referral, type Standing } from './referral';

export const referralActions = [
  'edit',
  'send',
  'acknowledge',
  'accept',
  'decline',
  'withdraw',
  'hold',
  'resume',
  'name-contact',
  'complete',
  'return',
  'request-cancellation',
  'agree-cancellation',
  'cancel',
  'void',
] as const;
export type ReferralAction = (typeof referralActions)[number];

/**
 * Any counsellor or manager of the sending, receiving or leading structure; a coordinator of the territory. A sender that takes part in the
 * case no more (the lead was handed over) may still take back what it sent, and sends nothing new.
 */
export type Role = 'sender' | 'former_sender' | 'recipient' | 'lead' | 'coordinator';

type Rule = { action: ReferralAction; from: readonly ReferralStatus[]; by: readonly Role[]; requested?: boolean };

const beforeSending = ['draft', 'held'] as const;
const unanswered = ['sent', 'under_review'] as const;
export const underWay: readonly ReferralStatus[] = ['accepted', 'in_progress', 'on_hold'];
const ended = ['completed', 'declined', 'withdrawn', 'expired', 'returned', 'cancelled'] as const;

/** The rows of docs/domain.md that somebody acts on, in its order. */
export const rules: readonly Rule[] = [
  { action: 'edit', from: ['draft'], by: ['sender'] },
  { action: 'send', from: ['draft'], by: ['sender'] },
  { action: 'acknowledge', from: ['sent'], by: ['recipient'] },
  { action: 'accept', from: unanswered, by: ['recipient'] },
  { action: 'decline', from: unanswered, by: ['recipient'] },
  { action: 'withdraw', from: beforeSending, by: ['sender', 'former_sender', 'lead'] },
  { action: 'withdraw', from: unanswered, by: ['sender', 'former_sender', 'lead', 'coordinator'] },
  { action: 'hold', from: ['accepted', 'in_progress'], by: ['recipient'] },
  { action: 'resume', from: ['on_hold'], by: ['recipient'] },
  { action: 'name-contact', from: underWay, by: ['recipient'] },
  { action: 'complete', from: underWay, by: ['recipient'] },
  { action: 'return', from: underWay, by: ['recipient'] },
  { action: 'request-cancellation', from: underWay, by: ['lead', 'sender', 'former_sender'], requested: false },
  { action: 'agree-cancellation', from: underWay, by: ['recipient'], requested: true },
  { action: 'cancel', from: underWay, by: ['coordinator'] },
  { action: 'void', from: [...beforeSending, ...unanswered, ...underWay, ...ended], by: ['coordinator'] },
];

/** What these roles may do now. */
export function actionsIn(
  status: ReferralStatus,
  cancellationRequested: boolean,
  roles: readonly Role[],
): ReferralAction[] {
  const now = rules.filter(
    ({ from, by, requested }) =>
      from.includes(status) &&
      by.some((role) => roles.includes(role)) &&
      (requested === undefined || requested === cancellationRequested),
  );
  return [...new Set(now.map(({ action }) => action))];
}

/** What a suspended structure may not do: it goes on with what it has and takes on nothing new. */
export const isTakingOn = (action: ReferralAction): boolean => action === 'send' || action === 'accept';

export const actionsOf = (referral: Standing, actor: Actor, state: CaseState): ReferralAction[] =>
  actionsIn(referral.status, referral.cancellationRequestedAt !== undefined, rolesOf(referral, actor, state));

/** Whether the action is ever theirs, whatever the state. */
export const mayEver = (action: ReferralAction, roles: readonly Role[]): boolean =>
  rules.some((rule) => rule.action === action && rule.by.some((role) => roles.includes(role)));

export function rolesOf(referral: Standing, actor: Actor, state: CaseState): Role[] {
  if (actor.role === 'coordinator') return watches(state, actor) ? ['coordinator'] : [];
  return isStaff(actor) ? rolesOfStructure(referral, actor.structureId, state) : [];
}

export function rolesOfStructure(referral: Standing, structure: Uuid | null, state: CaseState): Role[] {
  const roles: Role[] = [];
  if (referral.from === structure) roles.push(takesPart(state, structure) ? 'sender' : 'former_sender');
  if (referral.to === structure && referral.sentAt !== undefined) roles.push('recipient');
  if (leads(state, structure)) roles.push('lead');
  return roles;
}

/** Not visible means: as if it did not exist. */
export function isVisibleTo(referral: Standing, actor: Actor, state: CaseState): boolean {
  if (!isStaff(actor)) return watches(state, actor);
  const structure = actor.structureId;
  const former = structure === null ? undefined : state.formers[structure];
  return (
    rolesOf(referral, actor, state).length > 0 ||
    (referral.parentFrom === structure && takesPart(state, structure)) ||
    (former?.kind === 'former_lead' && referral.seq <= former.seq)
  );
}

export const leads = (state: CaseState, structure: Uuid | null): boolean =>
  participationOf(state, structure) === 'lead';

/** In which list a structure finds a referral; `child`: of a referral it sent, sent on by the recipient. */
export type Box = 'received' | 'sent' | 'child' | 'lead';

/** One structure's side of a referral. */
export type View = {
  box: Box;
  roles: Role[];
  /** It learns of what happens next; otherwise it keeps what it had seen. */
  live: boolean;
  /** First name, commune, age bracket, needs, message, contact preference. */
  sheet: boolean;
};

/**
 * How a structure sees one referral. A candidate, contributor or lead learns of what happens next. A structure that is none of these any more keeps
 * what it had seen: see `frozen`. Null: it never saw the referral.
 */
export function viewOf(referral: Referral, structure: Uuid, state: CaseState): View | null {
  const lead = leads(state, structure);
  const box = boxOf(referral, structure) ?? (lead ? 'lead' : null);
  if (!box) return null;
  const reader = readerOf(box, referral, structure, state);
  const live = reader === 'lead' || reader === 'contributor' || reader === 'candidate';
  // Of a child, states and dates only: what was written to the other structure is not for the one before.
  return {
    box,
    roles: rolesOfStructure(referral, structure, state),
    live,
    sheet: live && maySee(reader, 'first_name') && (lead || box !== 'child'),
  };
}

/** In which column a structure stands to this one referral; what it takes part in otherwise does not open a referral that has ended for it. */
function readerOf(box: Box, referral: Referral, structure: Uuid, state: CaseState): Reader {
  if (leads(state, structure)) return 'lead';
  const taking = takesPart(state, structure);
  if (box === 'received') return !isOpen(referral) ? 'refused' : taking ? 'contributor' : 'candidate';
  return taking ? 'contributor' : 'former_contributor';
}

function boxOf({ from, to, sentAt, parentFrom }: Referral, structure: Uuid): Box | null {
  if (to === structure && sentAt) return 'received';
  if (from === structure) return 'sent';
  return parentFrom === structure ? 'child' : null;
}

/** A view when it stops being live: a former lead keeps the sheet as of the end, everybody else states and dates only. */
export const frozen = (view: View, keepsSheet: boolean): View => ({
  ...view,
  roles: view.box === 'sent' ? ['former_sender'] : [],
  live: false,
  sheet: keepsSheet && view.sheet,
});

/** Structures a referral may be shown to. */
export function structuresOf({ from, to, parentFrom }: Referral, state: CaseState): Uuid[] {
  const leading = state.grants.filter(({ kind }) => kind === 'lead').map(({ structureId }) => structureId);
  return [...new Set([from, ...(to ? [to] : []), ...(parentFrom ? [parentFrom] : []), ...leading])];
}

/** A case is closed with nothing open that others were asked, or with all of it cancelled; nobody need answer for who has died. */
export const mayCloseWith = (open: number, reason: string, cancel = false): boolean =>
  open === 0 || cancel || reason === 'deceased';

/** What a referral that was sent to the structure says of sending the resident on. */
export type Received = Pick<Referral, 'status'> & { readonly to: Uuid | null; readonly onwardAllowed: boolean };

/** A file is joined by who sends it, from the draft on; by the recipient while it helps. */
export const mayAttach = (roles: readonly Role[], status: ReferralStatus): boolean =>
  (roles.includes('sender') && isOpen({ status })) || (roles.includes('recipient') && underWay.includes(status));

/** Whoever helps with a referral completes or returns it; who contributes without one says that it is done (`leave` of the case). */
export const mayLeave = (reader: Reader, structureId: Uuid | null, referrals: readonly Received[]): boolean =>
  reader === 'contributor' && !referrals.some(({ to, status }) => to === structureId && underWay.includes(status));

/** Whether a structure may refer: the lead on its own, a contributor where it was asked and allowed to refer on. */
export const mayRefer = (reader: Reader, structureId: Uuid | null, referrals: readonly Received[]): boolean =>
  reader === 'lead' ||
  (reader === 'contributor' &&
    referrals.some(
      ({ to, status, onwardAllowed }) => to === structureId && onwardAllowed && underWay.includes(status),
    ));
