/** The referral's table of docs/domain.md, row by row, for the model. */
import { frozen } from './clock.rules';
import type { Command } from './commands';
import { dayOf } from './days';
import {
  cancelReferral,
  employs,
  isStaff,
  openReferral,
  participation,
  referralOf,
  step,
  takesPart,
  underWay,
  unanswered,
  watches,
  type Model,
  type Person,
  type Referral,
} from './model';
import { noLonger, refuse, wrongState } from './refusal';
import { dispatch, draft } from './referral.sending.rules';

type Action = Extract<Command, { do: 'referral' }>['action'];
type Seat = 'sender' | 'recipient' | 'lead' | 'coordinator';
type Row = { from: readonly string[]; action: Action; who: readonly Seat[]; requested?: boolean };

const ended = ['completed', 'declined', 'withdrawn', 'expired', 'returned', 'cancelled'];
const table: readonly Row[] = [
  { from: ['draft'], action: 'edit', who: ['sender'] },
  { from: ['draft'], action: 'send', who: ['sender'] },
  { from: ['sent'], action: 'acknowledge', who: ['recipient'] },
  { from: unanswered, action: 'accept', who: ['recipient'] },
  { from: unanswered, action: 'decline', who: ['recipient'] },
  { from: ['draft', 'held', ...unanswered], action: 'withdraw', who: ['sender', 'lead'] },
  { from: unanswered, action: 'withdraw', who: ['coordinator'] },
  { from: ['accepted', 'in_progress'], action: 'hold', who: ['recipient'] },
  { from: ['on_hold'], action: 'resume', who: ['recipient'] },
  { from: underWay, action: 'name-contact', who: ['recipient'] },
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
  const rows = table.filter(
    ({ from, who, requested, action }) =>
      (!['send', 'edit'].includes(action) || takesPart(model, person.structure)) &&
      from.includes(referral.status) &&
      who.some((seat) => seats.includes(seat)) &&
      (requested === undefined || requested === referral.requested),
  );
  return [...new Set(rows.map(({ action }) => action))];
};

/** Row "states, dates, structures" of "Who sees what". */
function isVisible(model: Model, referral: Referral, person: Person): boolean {
  if (person.role === 'coordinator') return watches(model, person);
  if (!isStaff(person)) return true;
  const { structure } = person;
  const former = model.formers[structure];
  return (
    participation(model, structure) === 'lead' ||
    referral.from === structure ||
    (referral.to === structure && referral.disclosed) ||
    (referral.parentFrom === structure && takesPart(model, structure)) ||
    (former?.kind === 'former_lead' && referral.made <= former.position)
  );
}

type Acting = Extract<Command, { do: 'referral' }> & { ifMatch?: number };

export function act(model: Model, command: Acting, person: Person, referral = referralOf(model, command.n)): void {
  const { action } = command;
  const rows = table.filter((row) => row.action === action);
  const mayAsk = rows.some(({ who }) =>
    isStaff(person)
      ? who.some((seat) => seat !== 'coordinator')
      : person.role === 'coordinator' && who.includes('coordinator'),
  );
  if (!mayAsk) refuse('forbidden');
  if (!referral || !isVisible(model, referral, person)) refuse('not-found');
  const seats = seatsOf(model, referral, person);
  if (!rows.some(({ who }) => who.some((seat) => seats.includes(seat)))) refuse('forbidden');
  if (['send', 'edit'].includes(action) && !takesPart(model, person.structure)) refuse('forbidden');
  if ((action === 'send' || action === 'accept') && model.structures[person.structure]!.status === 'suspended')
    refuse('forbidden');
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

const to =
  (type: string, change: Partial<Referral> | ((model: Model, referral: Referral) => Partial<Referral>)) =>
  (model: Model, referral: Referral): void =>
    step(model, referral, type, typeof change === 'function' ? change(model, referral) : change);

/** draft | edit | draft: only what is said changes; whoever was told of another recipient has yet to be told of this one. */
function edit(model: Model, referral: Referral, { to: whom, needs, parent: continued, informed }: Acting): void {
  const { from } = referral;
  const said = {
    to: whom === undefined ? referral.to : whom,
    needs: needs ?? referral.needs,
    parent: continued === undefined ? referral.parent : continued,
    informed: referral.informed,
  };
  if (said.to === from && said.to !== referral.to) refuse('invalid');
  const parent = referralOf(model, said.parent);
  if (
    said.parent !== null &&
    said.parent !== referral.parent &&
    !(parent && openReferral(parent) && parent.to === from)
  )
    refuse('invalid');
  if (referral.to !== null && said.to !== referral.to) said.informed = null;
  if (informed) said.informed = dayOf(model.now);
  if (Object.entries(said).every(([name, value]) => referral[name as keyof typeof said] === value)) return;
  const path =
    said.parent === referral.parent
      ? {}
      : { parentFrom: parent?.from ?? null, chain: [...(parent?.chain ?? []), from] };
  const { parentFrom } = referral;
  step(model, referral, 'ReferralDraftEdited', { ...said, ...path });
  const worded = { record: model.id, position: model.log.length };
  if (parentFrom !== null && parentFrom !== referral.parentFrom)
    referral.formerParents.push({ structure: parentFrom, ...worded });
  referral.worded = worded;
}

const perform: Record<Action, (model: Model, referral: Referral, command: Acting) => void> = {
  edit,
  send(model, referral, { informed }) {
    if (informed) referral.informed = dayOf(model.now);
    dispatch(model, referral);
  },
  acknowledge: to('ReferralAcknowledged', { status: 'under_review' }),
  accept(model, referral, { contact }) {
    if (contact !== null && !employs(model, referral.to!, contact)) refuse('invalid');
    step(model, referral, 'ReferralAccepted', {
      status: 'accepted',
      contact,
      start: { from: dayOf(model.now), left: 15 },
    });
    const others = model.referrals.filter(
      (other) =>
        other !== referral && openReferral(other) && other.broadcast !== null && other.broadcast === referral.broadcast,
    );
    for (const other of others) cancelReferral(model, other, 'filled_elsewhere');
  },
  decline(model, referral, { comment }) {
    step(model, referral, 'ReferralDeclined', { status: 'declined', reason: comment ? 'other' : 'no_capacity' });
  },
  withdraw: to('ReferralWithdrawn', { status: 'withdrawn', reason: 'changed_mind' }),
  hold(model, referral, { days }) {
    if (days < 0) refuse('invalid');
    const { status } = referral;
    step(model, referral, 'ReferralPutOnHold', {
      status: 'on_hold',
      back: status as 'accepted' | 'in_progress',
      start: frozen(referral, dayOf(model.now)),
    });
  },
  resume: to('ReferralResumed', (model, { back, start }) => ({
    status: back,
    start: start && { ...start, from: dayOf(model.now) },
  })),
  'name-contact'(model, referral, { contact, by }) {
    // Nobody else is said: oneself.
    const named = contact ?? by;
    if (!employs(model, referral.to!, named)) refuse('invalid');
    if (referral.contact !== named) step(model, referral, 'ReferralContactNamed', { contact: named });
  },
  complete(model, referral, { outcome, remaining }) {
    if (remaining && outcome !== 'helped_partially') refuse('invalid');
    const sends = takesPart(model, referral.from);
    const from = sends ? referral.from : model.lead;
    step(model, referral, 'ReferralCompleted', { status: 'completed', outcome });
    if (!remaining || from === referral.to) return;
    const { needs, onward } = referral;
    const path = sends
      ? { parent: referral.parent, parentFrom: referral.parentFrom, chain: referral.chain }
      : { parent: null, parentFrom: null, chain: [from] };
    draft(model, { from, to: null, needs, onward, informed: null, broadcast: null, ...path });
  },
  return: to('ReferralReturned', { status: 'returned', reason: 'out_of_scope' }),
  'request-cancellation': to('ReferralCancellationRequested', { requested: true }),
  'agree-cancellation': (model, referral) => cancelReferral(model, referral, 'agreed'),
  cancel: (model, referral) => cancelReferral(model, referral, 'forced'),
  void: to('ReferralVoided', { status: 'entered_in_error' }),
};
