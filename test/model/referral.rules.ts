/** The referral's table of docs/domain.md, row by row, for the model. */
import { frozen } from './clock.rules';
import type { Command } from './commands';
import { dayOf, plusDays } from './days';
import {
  cancelReferral, employs, isStaff, isWaiting, note, objected, openReferral, participation, referralOf, step, takesPart, underWay, unanswered, watches,
  type Model, type Person, type Referral, type ReferralStatus,
} from './model';
import { noLonger, refuse, wrongState } from './refusal';

type Action = Extract<Command, { do: 'referral' }>['action'];
type Seat = 'sender' | 'recipient' | 'lead' | 'coordinator';
type Row = { from: readonly string[]; action: Action; who: readonly Seat[]; requested?: boolean };

const ended = ['completed', 'declined', 'withdrawn', 'expired', 'returned', 'cancelled'];
const table: readonly Row[] = [
  { from: ['draft'], action: 'send', who: ['sender'] },
  { from: ['sent'], action: 'acknowledge', who: ['recipient'] },
  { from: unanswered, action: 'accept', who: ['recipient'] },
  { from: unanswered, action: 'decline', who: ['recipient'] },
  { from: ['draft', 'held', ...unanswered], action: 'withdraw', who: ['sender', 'lead'] },
  { from: unanswered, action: 'withdraw', who: ['coordinator'] },
  { from: ['accepted', 'in_progress'], action: 'hold', who: ['recipient'] },
  { from: ['on_hold'], action: 'resume', who: ['recipient'] },
  { from: underWay, action: 'complete', who: ['recipient'] },
  { from: underWay, action: 'return', who: ['recipient'] },
  { from: underWay, action: 'request-cancellation', who: ['lead', 'sender'], requested: false },
  { from: underWay, action: 'agree-cancellation', who: ['recipient'], requested: true },
  { from: underWay, action: 'cancel', who: ['coordinator'] },
  { from: ['draft', 'held', ...unanswered, ...underWay, ...ended], action: 'void', who: ['coordinator'] },
];

/** A sender may have left the case since: it can still take back what it sent, and sends nothing new. */
function seatsOf(model: Model, referral: Referral, person: Person): Seat[] {
  if (person.role === 'coordinator') return watches(model, person) ? ['coordinator'] : [];
  if (!isStaff(person)) return [];
  const { structure } = person;
  return [
    ...(referral.from === structure ? ['sender' as const] : []),
    ...(referral.to === structure && referral.disclosed ? ['recipient' as const] : []),
    ...(participation(model, structure) === 'lead' ? ['lead' as const] : []),
  ];
}

export const actionsOf = (model: Model, referral: Referral, person: Person): Action[] => {
  const seats = seatsOf(model, referral, person);
  const rows = table.filter(({ from, who, requested, action }) => (action !== 'send' || takesPart(model, person.structure)) &&
    from.includes(referral.status) && who.some((seat) => seats.includes(seat)) && (requested === undefined || requested === referral.requested));
  return [...new Set(rows.map(({ action }) => action))];
};

/** Row "states, dates, structures" of "Who sees what". */
function isVisible(model: Model, referral: Referral, person: Person): boolean {
  if (person.role === 'coordinator') return watches(model, person);
  if (!isStaff(person)) return true;
  const { structure } = person;
  const former = model.formers[structure];
  return participation(model, structure) === 'lead'
    || referral.from === structure
    || (referral.to === structure && referral.disclosed)
    || (referral.parentFrom === structure && takesPart(model, structure))
    || (former?.kind === 'former_lead' && referral.made <= former.position);
}

type Asking = { needs: string; informed: 'yes' | 'no' | 'tomorrow'; onward: boolean; parent: number | null; send: boolean };

/** Several recipients: a broadcast, one referral each, all of them or none. */
export function create(model: Model, command: Asking, to: readonly string[], person: Person): void {
  if (!isStaff(person)) refuse('forbidden');
  const from = person.structure;
  const part = participation(model, from);
  if (part === null || part === 'candidate') refuse('not-found');
  if (!takesPart(model, from)) refuse('forbidden');
  if (command.send && model.structures[from]!.status === 'suspended') refuse('forbidden');
  if (model.status !== 'open') wrongState(model.status);
  const rules: string[] = [];
  if (model.referrals.filter(openReferral).length + to.length > 20) rules.push('invalid');
  const parent = referralOf(model, command.parent);
  if (command.parent !== null && !(parent && openReferral(parent) && parent.to === from)) rules.push('invalid');
  if (rules.length > 0) refuse(...rules);
  const today = dayOf(model.now);
  const said = {
    from, needs: command.needs, onward: command.onward, parent: parent?.n ?? null, parentFrom: parent?.from ?? null, chain: [...(parent?.chain ?? []), from],
    informed: { yes: today, no: null, tomorrow: plusDays(today, 1) }[command.informed], broadcast: to.length > 1 ? model.next.broadcast++ : null,
  };
  for (const recipient of to) {
    const referral = draft(model, { ...said, to: recipient });
    if (command.send) dispatch(model, referral);
  }
}

type Said = Pick<Referral, 'from' | 'to' | 'needs' | 'onward' | 'parent' | 'parentFrom' | 'chain' | 'informed' | 'broadcast'>;

function draft(model: Model, said: Said): Referral {
  const n = model.next.referral++;
  const referral: Referral = {
    n, status: 'draft', version: 1, ...said, takenOver: false, disclosed: false, heldOn: null, sentOn: null, reminded: 0, start: null, back: 'accepted', requested: false,
    reason: null, outcome: null, made: note(model, 'ReferralDrafted', `referral ${n}`),
  };
  model.referrals.push(referral);
  return referral;
}

/** draft | send | sent or held */
function dispatch(model: Model, referral: Referral): void {
  const problems = sendingProblems(model, referral);
  if (problems.length > 0) refuse(...problems);
  if (isHeld(model, referral)) step(model, referral, 'ReferralHeld', { status: 'held', heldOn: dayOf(model.now) });
  else disclose(model, referral);
}

const disclose = (model: Model, referral: Referral): void =>
  step(model, referral, 'ReferralSent', { status: 'sent', sentOn: dayOf(model.now), disclosed: true });

const isHeld = (model: Model, { from, to }: Referral): boolean => [from, to].some((structure) => isWaiting(model.structures[structure]));
const mayTakePart = (model: Model, structure: string): boolean => model.structures[structure]?.status === 'active' || isWaiting(model.structures[structure]);

function sendingProblems(model: Model, referral: Referral): string[] {
  const { from, to } = referral;
  const recipient = model.structures[to]!;
  const parent = referralOf(model, referral.parent);
  const problems: string[] = [];
  if (!mayTakePart(model, from)) problems.push('forbidden');
  if (referral.informed === null || referral.informed > dayOf(model.now)) problems.push('not-informed');
  if (objected(model, to)) problems.push('objection');
  if (!mayTakePart(model, to)) problems.push('recipient-not-active');
  if (!recipient.takes) problems.push('recipient-unavailable');
  if (!recipient.communes.includes(model.commune)) problems.push('out-of-area');
  if (referral.parent !== null && !(parent?.to === from && underWay.includes(parent.status))) problems.push('invalid');
  else if (parent && !parent.onward) problems.push('forbidden');
  // Asked when it is sent: once held, what an old lead sent reports to the new one. A draft that came with another record was its lead's to send.
  const broughtByLead = model.joined.some(({ structure, since }) => structure === from && since === referral.made);
  if (referral.parent === null && referral.status === 'draft' && !broughtByLead && participation(model, from) !== 'lead') problems.push('invalid');
  if (referral.chain.length > 3) problems.push('too-deep');
  if (referral.chain.includes(to) || model.lead === to) problems.push('cycle');
  // A contributor is not told what others have sent.
  const identical = model.referrals.some((other) =>
    (other.from === from || model.lead === from) && other !== referral && openReferral(other) && other.status !== 'draft' && other.to === to && other.needs === referral.needs);
  if (identical) problems.push('duplicate-referral');
  return problems;
}

type Acting = Extract<Command, { do: 'referral' }> & { ifMatch?: number };

export function act(model: Model, command: Acting, person: Person): void {
  const { action } = command;
  const rows = table.filter((row) => row.action === action);
  const mayAsk = rows.some(({ who }) => (isStaff(person) ? who.some((seat) => seat !== 'coordinator') : person.role === 'coordinator' && who.includes('coordinator')));
  if (!mayAsk) refuse('forbidden');
  const referral = referralOf(model, command.n);
  if (!referral || !isVisible(model, referral, person)) refuse('not-found');
  const seats = seatsOf(model, referral, person);
  if (!rows.some(({ who }) => who.some((seat) => seats.includes(seat)))) refuse('forbidden');
  if (action === 'send' && !takesPart(model, person.structure)) refuse('forbidden');
  if ((action === 'send' || action === 'accept') && model.structures[person.structure]!.status === 'suspended') refuse('forbidden');
  const left = isStaff(person) && referral.from === person.structure && !takesPart(model, person.structure);
  // Whoever has left reads the version of that day.
  if (command.ifMatch !== undefined && command.ifMatch !== referral.version && !left) refuse('stale');
  const actions = actionsOf(model, referral, person);
  // A refusal does not tell who has left what became of it; whom the merge itself ended knows of that.
  const told = !left || (model.status === 'merged' && model.formers[person.structure]?.position === model.log.length);
  if (!actions.includes(action)) return told ? wrongState(referral.status, actions) : noLonger();
  // What ended on a record that goes on elsewhere ended with it.
  if (model.status === 'merged') return told ? wrongState('merged') : noLonger();
  perform[action](model, referral, command);
}

const to = (type: string, change: Partial<Referral> | ((model: Model, referral: Referral) => Partial<Referral>)) => (model: Model, referral: Referral): void =>
  step(model, referral, type, typeof change === 'function' ? change(model, referral) : change);

const perform: Record<Action, (model: Model, referral: Referral, command: Acting) => void> = {
  send(model, referral, { informed }) {
    if (informed) referral.informed = dayOf(model.now);
    dispatch(model, referral);
  },
  acknowledge: to('ReferralAcknowledged', { status: 'under_review' }),
  accept(model, referral, { contact }) {
    if (contact !== null && !employs(model, referral.to, contact)) refuse('invalid');
    step(model, referral, 'ReferralAccepted', { status: 'accepted', start: { from: dayOf(model.now), left: 15 } });
    const others = model.referrals.filter((other) => other !== referral && openReferral(other) && other.broadcast !== null && other.broadcast === referral.broadcast);
    for (const other of others) cancelReferral(model, other, 'filled_elsewhere');
  },
  decline(model, referral, { comment }) {
    if (!comment) refuse('invalid');
    step(model, referral, 'ReferralDeclined', { status: 'declined', reason: 'other' });
  },
  withdraw: to('ReferralWithdrawn', { status: 'withdrawn', reason: 'changed_mind' }),
  hold(model, referral, { days }) {
    if (days < 0) refuse('invalid');
    const { status } = referral;
    step(model, referral, 'ReferralPutOnHold', { status: 'on_hold', back: status as 'accepted' | 'in_progress', start: frozen(referral, dayOf(model.now)) });
  },
  resume: to('ReferralResumed', (model, { back, start }) => ({ status: back, start: start && { ...start, from: dayOf(model.now) } })),
  complete(model, referral, { outcome, remaining }) {
    if (remaining && outcome !== 'helped_partially') refuse('invalid');
    const sends = takesPart(model, referral.from);
    const from = sends ? referral.from : model.lead;
    step(model, referral, 'ReferralCompleted', { status: 'completed', outcome });
    if (!remaining || from === referral.to) return;
    const { needs, onward } = referral;
    const path = sends ? { parent: referral.parent, parentFrom: referral.parentFrom, chain: referral.chain } : { parent: null, parentFrom: null, chain: [from] };
    draft(model, { from, to: referral.to, needs, onward, informed: null, broadcast: null, ...path });
  },
  return: to('ReferralReturned', { status: 'returned', reason: 'out_of_scope' }),
  'request-cancellation': to('ReferralCancellationRequested', { requested: true }),
  'agree-cancellation': (model, referral) => cancelReferral(model, referral, 'agreed'),
  cancel: (model, referral) => cancelReferral(model, referral, 'forced'),
  void: to('ReferralVoided', { status: 'entered_in_error' }),
};

/** accepted | first session by the recipient | in_progress; on hold before it, it is in progress once it is resumed. */
export function startWith(model: Model, structure: string, n: number | null): void {
  for (const referral of model.referrals) {
    if (referral.to !== structure || (n !== null && n !== referral.n)) continue;
    if (referral.status === 'accepted') step(model, referral, 'ReferralStarted', { status: 'in_progress', start: null });
    if (referral.status === 'on_hold' && referral.back === 'accepted') step(model, referral, 'ReferralStarted', { back: 'in_progress', start: null });
  }
}

/** held | the State decides; any open | recipient structure closed */
export function structureDecided(model: Model, structure: string): void {
  const { status } = model.structures[structure]!;
  for (const referral of model.referrals.filter(openReferral)) {
    if (referral.from !== structure && referral.to !== structure) continue;
    if (status === 'closed' && referral.to === structure) {
      if (underWay.includes(referral.status)) step(model, referral, 'ReferralReturned', { status: 'returned' satisfies ReferralStatus, reason: 'structure_closed' });
      else cancelReferral(model, referral, 'structure_closed');
    } else if (referral.status === 'held' && (status === 'refused' || status === 'closed')) {
      cancelReferral(model, referral, 'structure_not_validated');
    } else if (referral.status === 'held' && !isHeld(model, referral)) {
      const problems = sendingProblems(model, referral);
      if (problems.length === 0) disclose(model, referral);
      // A suspended sender may be reinstated; anything else stands against it for good, the first reason being told.
      else if (!problems.includes('forbidden')) cancelReferral(model, referral, problems[0] === 'invalid' ? 'parent_ended' : problems[0]!.replaceAll('-', '_'));
    }
  }
}
