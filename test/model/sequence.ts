/** One command done to the model: what must be answered, and the model afterwards. */
import * as cases from './case.rules';
import type { Command } from './commands';
import * as handovers from './handover.rules';
import { fallDue, openHandover, timersOf, underWay, unanswered, type Model } from './model';
import * as referrals from './referral.rules';
import { Refusal } from './refusal';

export interface Answered { refusal: Refusal | null; next: Model }

/** What is due is decided first; a refusal leaves nothing of it behind. */
export function answer(model: Model, command: Exclude<Command, { do: 'wait' | 'decide' }>): Answered {
  const next = structuredClone(model);
  try {
    const person = next.people[command.by]!;
    // Nobody signs in for a structure that is refused or closed.
    if (['refused', 'closed'].includes(next.structures[person.structure]!.status)) throw new Refusal(['unauthenticated']);
    const asked = { ...command, ifMatch: ifMatchOf(model, command) };
    fallDue(next);
    perform(next, asked, person);
    return { refusal: null, next };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refusal: error, next: model };
  }
}

function perform(model: Model, command: Exclude<Command, { do: 'wait' | 'decide' }>, person: Model['people'][string]): void {
  switch (command.do) {
    case 'create': return referrals.create(model, command, person);
    case 'referral': return referrals.act(model, command, person);
    case 'session': return cases.session(model, command, person);
    case 'object': return cases.object(model, command, person);
    case 'end-objection': return cases.endObjection(model, command, person);
    case 'close': return cases.close(model, command, person);
    case 'reopen': return cases.reopen(model, command, person);
    case 'move': return cases.move(model, command, person);
    case 'assign': return cases.assign(model, command, person);
    case 'open-handover': return handovers.open(model, command, person);
    case 'handover': return handovers.act(model, command, person);
  }
}

/** The version that `If-Match` names: the one somebody has just read, or one that never was. */
export function ifMatchOf(model: Model, command: Command): number | undefined {
  if (!('match' in command) || command.match === 'none') return undefined;
  const found = command.do === 'referral' ? model.referrals[command.n] : model.handovers[command.n];
  return (found?.version ?? 1) + (command.match === 'stale' ? 1000 : 0);
}

/** The State's decision, and what follows for this case. */
export function decide(model: Model, command: Extract<Command, { do: 'decide' }>): Model {
  const next = structuredClone(model);
  next.structures[command.structure]!.status = command.status;
  return next;
}

/** The worker wakes: whatever is due happens now. */
export function ring(model: Model): Model {
  if (!Object.values(timersOf(model)).some((due) => due <= model.now)) return model;
  const next = structuredClone(model);
  fallDue(next);
  return next;
}

/** The effect of the decision on the case, in a commit of its own; what is due on it is decided first, as always. */
export function afterDecision(model: Model, structure: string): Model {
  const { status } = model.structures[structure]!;
  const open = [...unanswered, ...underWay, 'draft'];
  const concerned =
    model.referrals.some((one) => (one.status === 'held' && [one.from, one.to].includes(structure)) || (status === 'closed' && one.to === structure && open.includes(one.status))) ||
    (['refused', 'closed'].includes(status) && openHandover(model)?.to === structure);
  if (!concerned) return model;
  const next = structuredClone(model);
  fallDue(next);
  referrals.structureDecided(next, structure);
  handovers.structureDecided(next, structure);
  return next;
}
