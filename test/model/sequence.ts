/** One command done to the model: what must be answered, and the records afterwards. */
import { carryOut } from './batch.rules';
import * as cases from './case.rules';
import { fallDue, timersOf } from './clock.rules';
import type { Asked, Command, Told } from './commands';
import * as handovers from './handover.rules';
import { merge } from './merge.rules';
import { handoverOf, openHandover, referralOf, underWay, unanswered, type Model, type Person } from './model';
import { structureDecided as referralsFollow } from './referral.consequences.rules';
import { act as actOnReferral } from './referral.rules';
import { create as createReferrals } from './referral.sending.rules';
import { Refusal, refuse } from './refusal';

export type Records = readonly Model[];
export interface Answered {
  refusal: Refusal | null;
  next: Records;
}

/** On which record a command is decided: a referral or handover knows by itself. */
export function homeOf(records: Records, { on, command }: Told): number {
  const home =
    command.do === 'referral'
      ? records.findIndex((one) => referralOf(one, command.n))
      : command.do === 'handover'
        ? records.findIndex((one) => handoverOf(one, command.n))
        : -1;
  return home < 0 ? on : home;
}

/** The record in which that one goes on by now, itself as long as it does. */
function presentOf(records: Records, id: number): number {
  const { mergedInto } = records[id]!;
  return mergedInto ? presentOf(records, mergedInto.id) : id;
}

/** Every record that a command is decided on, the one that was asked for first; of an erasure, the one that goes on. */
export function concerned(records: Records, home: number, command: Asked): number[] {
  // What had ended there is voided in the record that goes on.
  if (command.do === 'referral' && command.action === 'void' && records[home]!.mergedInto)
    return [presentOf(records, home), home];
  if (command.do === 'merge') return command.into === home ? [home] : [home, command.into];
  if (command.do !== 'erase') return [home];
  const present = presentOf(records, home);
  return [present, ...records[present]!.mergedFrom];
}

/** What is due is decided first; a refusal leaves nothing of it behind. */
export function answer(records: Records, home: number, command: Asked): Answered {
  const all = concerned(records, home, command);
  const next = records.map((one) => (all.includes(one.id) ? structuredClone(one) : one));
  const [model, ...others] = all.map((id) => next[id]!);
  try {
    const person = model!.people[command.by]!;
    // Nobody signs in for a structure that is refused or closed.
    if (['refused', 'closed'].includes(model!.structures[person.structure]!.status))
      throw new Refusal(['unauthenticated']);
    // Nobody finds what is erased; whose role does not go with the request is told no more than that.
    if (all.some((id) => records[id]!.status === 'erased')) throw new Refusal(['not-found', 'forbidden']);
    const asked = { ...command, ifMatch: ifMatchOf(records[home]!, command) };
    for (const id of all) fallDue(next[id]!);
    if (asked.do === 'merge') merge(model!, others[0], asked, person);
    else if (asked.do === 'erase') erase(model!, others, asked, person);
    else if (asked.do === 'referral' && others[0]) actOnReferral(model!, asked, person, referralOf(others[0], asked.n));
    else perform(model!, asked, person);
    return { refusal: null, next };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { refusal: error, next: records };
  }
}

function perform(model: Model, command: Exclude<Asked, { do: 'merge' | 'erase' }>, person: Person): void {
  switch (command.do) {
    case 'create':
      return createReferrals(model, command, [command.to], person);
    case 'broadcast':
      return createReferrals(model, command, command.to, person);
    case 'referral':
      return actOnReferral(model, command, person);
    case 'session':
      return cases.session(model, command, person);
    case 'cancel-session':
      return cases.cancelSession(model, command, person);
    case 'object':
      return cases.object(model, command, person);
    case 'end-objection':
      return cases.endObjection(model, command, person);
    case 'close':
      return cases.close(model, command, person);
    case 'reopen':
      return cases.reopen(model, command, person);
    case 'move':
      return cases.move(model, command, person);
    case 'assign':
      return cases.assign(model, command, person);
    case 'open-handover':
      return handovers.open(model, command, person);
    case 'handover':
      return handovers.act(model, command, person);
    case 'join':
      return handovers.join(model, command, person);
    case 'carry-out':
      return carryOut(model, command, person);
  }
}

/** Of a resident, and so of every record that is the resident's by now, under whichever of their ids. */
function erase(model: Model, others: readonly Model[], { ifMatch }: { ifMatch?: number }, { role }: Person): void {
  if (role !== 'administrator') refuse('forbidden');
  if (ifMatch !== undefined && ifMatch !== model.version) refuse('stale');
  for (const one of [model, ...others]) cases.erase(one);
}

/** The version that `If-Match` names: the one somebody has just read, or one that never was. */
export function ifMatchOf(model: Model, command: Command): number | undefined {
  if (!('match' in command) || command.match === 'none') return undefined;
  const found =
    command.do === 'referral'
      ? referralOf(model, command.n)
      : command.do === 'handover'
        ? handoverOf(model, command.n)
        : model;
  return (found?.version ?? 1) + (command.match === 'stale' ? 1000 : 0);
}

/** The State's decision, known on every record; what follows for a case is `afterDecision`. */
export function decide(records: Records, { structure, status }: Extract<Command, { do: 'decide' }>): Records {
  return records.map((one) => ({
    ...one,
    structures: { ...one.structures, [structure]: { ...one.structures[structure]!, status } },
  }));
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
  const touched =
    model.referrals.some(
      (one) =>
        (one.status === 'held' && [one.from, one.to].includes(structure)) ||
        (status === 'closed' && one.to === structure && open.includes(one.status)),
    ) ||
    (['refused', 'closed'].includes(status) && openHandover(model)?.to === structure);
  if (!touched) return model;
  const next = structuredClone(model);
  fallDue(next);
  referralsFollow(next, structure);
  handovers.structureDecided(next, structure);
  return next;
}
