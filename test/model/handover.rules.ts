/** The handover's table of docs/domain.md, row by row, for the model. */
import { takeEffect } from './clock.rules';
import type { Command } from './commands';
import { dayOf, later, plusDays } from './days';
import {
  employs,
  handoverOf,
  isStaff,
  moveLead,
  note,
  objected,
  openHandover,
  participation,
  stepHandover,
  watches,
  type Handover,
  type Model,
  type Person,
} from './model';
import { refuse, wrongState } from './refusal';

type Action = Extract<Command, { do: 'handover' }>['action'];
type Opening = Extract<Command, { do: 'open-handover' }>;

const asks = (kind: Handover['kind']): boolean => kind === 'pull' || kind === 'beside';
const proposer = ({ kind, from, to }: Handover): string => (asks(kind) ? to : from);
const answerer = ({ kind, from, to }: Handover): string => (asks(kind) ? from : to);
const whose: Record<Action, (handover: Handover) => string[]> = {
  accept: (handover) => [answerer(handover)],
  decline: (handover) => [answerer(handover)],
  withdraw: (handover) => [proposer(handover)],
  cancel: ({ from, to }) => [from, to],
};

export const actionsOf = (handover: Handover, person: Person): Action[] => {
  const possible: Action[] = ['proposed', 'requested'].includes(handover.status)
    ? ['accept', 'decline', 'withdraw']
    : handover.status === 'accepted'
      ? ['cancel']
      : [];
  return possible.filter((action) => isStaff(person) && whose[action](handover).includes(person.structure));
};

function isVisible(model: Model, { from, to, made }: Handover, { structure }: Person): boolean {
  const former = model.formers[structure];
  return (
    from === structure ||
    to === structure ||
    participation(model, structure) === 'lead' ||
    (former?.kind === 'former_lead' && made <= former.position)
  );
}

/** Order of checks: 404 case, 403, 409, then the rules, of which any may be told first. */
export function open(model: Model, command: Opening, person: Person): void {
  const { kind, counsellor, said } = command;
  if (person.role === 'auditor') refuse('forbidden');
  const part = isStaff(person) ? participation(model, person.structure) : null;
  if (isStaff(person) ? part === null || part === 'candidate' : !watches(model, person)) refuse('not-found');
  const active = (structure: string): boolean => model.structures[structure]!.status === 'active';
  const allowed = {
    push: part === 'lead' && active(person.structure),
    pull: part !== null && part !== 'lead',
    beside: part !== null && part !== 'lead' && part !== 'contributor',
    internal: part === 'lead' && person.role === 'manager',
    administrative: person.role === 'coordinator' || person.role === 'administrator',
  }[kind];
  if (!allowed) refuse('forbidden');
  // Whoever does not see how the case stands now is told no more than that it cannot ask.
  const discreet = asks(kind) && (part === 'former_lead' || part === 'former_contributor');
  const standing = openHandover(model);
  if (model.status !== 'open') return discreet ? refuse('invalid') : wrongState(model.status);
  if (standing && (kind === 'push' || asks(kind)))
    refuse(discreet && !isVisible(model, standing, person) ? 'invalid' : 'open-handover');

  const to = kind === 'internal' ? model.lead : asks(kind) ? person.structure : command.to;
  const effectiveAt = command.days === null ? null : later(model.now, { days: command.days });
  const rules: string[] = [];
  if (kind === 'push' && !said) rules.push('invalid');
  if (kind === 'administrative' && !said) rules.push('invalid');
  if (to === null) rules.push('invalid');
  else if (kind === 'internal') {
    if (command.to !== null && command.to !== to) rules.push('invalid');
    if (counsellor === null || counsellor === model.counsellor) rules.push('invalid');
  } else {
    if (asks(kind) && command.to !== null && command.to !== to) rules.push('invalid');
    if (to === model.lead) rules.push('invalid');
    if (!active(to)) rules.push('recipient-not-active');
    if (objected(model, to)) rules.push('objection');
  }
  const atOnce = kind === 'beside' || kind === 'internal' || kind === 'administrative';
  if (effectiveAt !== null && (atOnce || outOfBounds(model, effectiveAt))) rules.push('invalid');
  if (counsellor !== null && !(to !== null && employs(model, to, counsellor))) rules.push('invalid');
  if (rules.length > 0) refuse(...(discreet ? ['invalid'] : rules));

  if (kind === 'administrative' && standing)
    stepHandover(model, standing, 'HandoverCancelled', { status: 'cancelled' });
  begin(model, { kind, to: to!, counsellor, effectiveAt, blind: part === 'former_contributor' && asks(kind) });
}

const first = {
  push: ['HandoverProposed', 'proposed'],
  pull: ['HandoverRequested', 'requested'],
  beside: ['HandoverRequested', 'requested'],
  internal: ['HandoverTookEffect', 'effective'],
  administrative: ['HandoverTookEffect', 'effective'],
} as const;

function begin(model: Model, said: Pick<Handover, 'kind' | 'to' | 'counsellor' | 'effectiveAt' | 'blind'>): void {
  const n = model.next.handover++;
  const [type, status] = first[said.kind];
  const handover: Handover = {
    n,
    status,
    version: 1,
    from: model.lead,
    ...said,
    openedOn: dayOf(model.now),
    reminded: 0,
    made: note(model, type, `handover ${n}`),
  };
  model.handovers.push(handover);
  if (status === 'effective') moveLead(model, handover);
}

/**
 * – | request (pull, beside), by a structure that was only told that such a record may exist | requested. Whatever stands against it is told in the same words, its own
 * open request too: else two ways of asking would tell that they lead to one person.
 */
export function join(model: Model, { beside }: Extract<Command, { do: 'join' }>, person: Person): void {
  if (!isStaff(person)) refuse('forbidden');
  const standing = openHandover(model);
  const own = person.structure;
  const part = participation(model, own);
  const possible =
    model.lead !== own &&
    !(beside && part === 'contributor') &&
    model.status === 'open' &&
    !standing &&
    model.structures[own]!.status === 'active' &&
    !objected(model, own);
  const blind = part === null || part === 'candidate' || part === 'former_contributor';
  const kind = beside ? 'beside' : 'pull';
  if (possible) return begin(model, { kind, to: own, counsellor: null, effectiveAt: null, blind });
  const mayAsk = model.lead !== own && !(beside && part === 'contributor');
  refuse(standing && !blind && isVisible(model, standing, person) && mayAsk ? 'open-handover' : 'invalid');
}

/** proposed, requested, accepted | the structure that would lead is refused or closed | cancelled | the event */
export function structureDecided(model: Model, structure: string): void {
  const standing = openHandover(model);
  if (standing?.to === structure && ['refused', 'closed'].includes(model.structures[structure]!.status))
    stepHandover(model, standing, 'HandoverCancelled', { status: 'cancelled' });
}

/** Not past (a client's clock may be a little late), 90 calendar days ahead at most. */
const outOfBounds = (model: Model, effectiveAt: string): boolean =>
  effectiveAt < later(model.now, { hours: -5 / 60 }) || dayOf(effectiveAt) > plusDays(dayOf(model.now), 90);

export function act(
  model: Model,
  command: Extract<Command, { do: 'handover' }> & { ifMatch?: number },
  person: Person,
): void {
  const { action } = command;
  if (!isStaff(person)) refuse('forbidden');
  const handover = handoverOf(model, command.n);
  if (!handover || !isVisible(model, handover, person)) refuse('not-found');
  if (!whose[action](handover).includes(person.structure)) refuse('forbidden');
  if (command.ifMatch !== undefined && command.ifMatch !== handover.version) refuse('stale');
  const actions = actionsOf(handover, person);
  if (!actions.includes(action)) wrongState(handover.status, actions);
  if (action === 'decline') return stepHandover(model, handover, 'HandoverDeclined', { status: 'declined' });
  if (action === 'withdraw') return stepHandover(model, handover, 'HandoverWithdrawn', { status: 'withdrawn' });
  if (action === 'cancel') return stepHandover(model, handover, 'HandoverCancelled', { status: 'cancelled' });

  const given = command.days === null ? null : later(model.now, { days: command.days });
  const counsellor = command.counsellor ?? handover.counsellor;
  const rules: string[] = [];
  if (model.structures[handover.to]!.status !== 'active') rules.push('recipient-not-active', 'forbidden');
  if (given !== null && (handover.kind === 'beside' || outOfBounds(model, given))) rules.push('invalid');
  if (counsellor !== null && !employs(model, handover.to, counsellor)) rules.push('invalid');
  if (rules.length > 0) refuse(...rules);
  const wished = given ?? handover.effectiveAt ?? model.now;
  const effectiveAt = wished < model.now ? model.now : wished;
  if (handover.kind === 'beside') {
    stepHandover(model, handover, 'HandoverAccepted', { status: 'effective', effectiveAt, counsellor, blind: false });
    model.joined.push({ structure: handover.to, led: false, since: model.log.length });
    return;
  }
  stepHandover(model, handover, 'HandoverAccepted', { status: 'accepted', effectiveAt, counsellor, blind: false });
  if (effectiveAt <= model.now) takeEffect(model, handover);
}
