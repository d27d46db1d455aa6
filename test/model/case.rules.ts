/** What is done to the case itself, and what follows from it for its referrals and its handover. */
import type { Command } from './commands';
import { dayOf, plusDays } from './days';
import {
  cancelReferral,
  employs,
  endJoined,
  isStaff,
  nobody,
  note,
  objected,
  openHandover,
  openReferral,
  participation,
  referralOf,
  stepHandover,
  underWay,
  type Model,
  type Person,
} from './model';
import { silenceEnds } from './clock.rules';
import { notBegun, startWith } from './referral.consequences.rules';
import { refuse, Refusal } from './refusal';

type Done<K extends Command['do']> = Extract<Command, { do: K }>;

/** 404, 403 and 409 of every command on a case. */
function enter(
  model: Model,
  person: Person,
  who: readonly string[],
  from: Model['status'] = 'open',
  others: readonly string[] = [],
  late = false,
): void {
  if (!isStaff(person)) refuse('forbidden');
  const part = participation(model, person.structure);
  if (part === null || part === 'candidate') refuse('not-found');
  // Who took part until it went on elsewhere knows that it did.
  if (model.status === 'merged' && model.formers[person.structure]?.position === model.log.length)
    throw new Refusal(['wrong-state']);
  if (!who.includes(part)) refuse('forbidden');
  // How the case stands now is no longer for who has left it to know; what it may write, it writes whether the case is open or closed.
  if (part.startsWith('former')) return model.status === 'merged' ? refuse('forbidden') : undefined;
  if (late && model.status === 'closed' && inTime(model, person.structure)) return;
  if (model.status !== from) throw new Refusal(['wrong-state', ...others]);
}

/** The day on which the part of a structure ended by itself: a lead handed over or closed, a contributor completed or returned. Null: it takes part; absent: neither. */
function lastDay(model: Model, structure: string): string | null | undefined {
  const part = participation(model, structure);
  if (part === 'lead') return model.status === 'closed' ? model.closedOn : null;
  if (part === 'contributor') return null;
  return part === 'former_contributor' && objected(model, structure) ? undefined : model.formers[structure]?.finished;
}

function inTime(model: Model, structure: string): boolean {
  const last = lastDay(model, structure);
  return last === null || (last !== undefined && dayOf(model.now) <= plusDays(last, 30));
}

/** Whoever takes part; after an end of its own for 30 calendar days, of what was before it. */
export function session(model: Model, { n, ago = 0 }: Done<'session'>, person: Person): void {
  enter(
    model,
    person,
    ['lead', 'contributor', ...(inTime(model, person.structure) ? ['former_lead', 'former_contributor'] : [])],
    'open',
    [],
    true,
  );
  const on = plusDays(dayOf(model.now), -ago);
  const last = lastDay(model, person.structure);
  if (last && on > last) refuse('invalid');
  const referral = referralOf(model, n);
  if (n !== null && !(referral?.to === person.structure && underWay.includes(referral.status))) refuse('invalid');
  const at = model.sessions.push({ by: person.structure, on, cancelled: false }) - 1;
  // Done as long ago, it belongs to the silence that was told.
  if (model.since !== null && silenceEnds(model) > model.now) model.silenceTold = false;
  note(model, 'SessionRecorded', null);
  startWith(model, person.structure, n, on, `${model.id}/${at}`);
}

/** By whoever recorded it, once; as long as it could record it. */
export function cancelSession(model: Model, { n }: Done<'cancel-session'>, person: Person): void {
  const session = model.sessions[n];
  // Whoever reads it is told that it is not theirs, in the order of the contract; whoever does not, that it is not there.
  if (session?.by !== person.structure) throw new Refusal(['not-found', 'forbidden', 'wrong-state']);
  enter(
    model,
    person,
    ['lead', 'contributor', ...(inTime(model, person.structure) ? ['former_lead', 'former_contributor'] : [])],
    'open',
    [],
    true,
  );
  if (session.cancelled) throw new Refusal(['wrong-state'], { status: 'entered_in_error', actions: [] });
  session.cancelled = true;
  if (model.since !== null && silenceEnds(model) > model.now) model.silenceTold = false;
  note(model, 'SessionCancelled', null);
  notBegun(model, person.structure, `${model.id}/${n}`);
}

export function object(model: Model, { against }: Done<'object'>, person: Person): void {
  enter(model, person, ['lead', 'contributor']);
  if (model.objections.includes(against)) refuse('invalid');
  model.objections.push(against);
  model.version++;
  const position = note(model, 'ObjectionRecorded', null);
  endJoined(model, position, (structure) => against === 'all' || against === structure);
  for (const referral of model.referrals.filter(openReferral))
    if (against === 'all' || referral.to === against) cancelReferral(model, referral, 'objection');
  const handover = openHandover(model);
  if (handover && objected(model, handover.to))
    stepHandover(model, handover, 'HandoverCancelled', { status: 'cancelled' });
}

export function endObjection(model: Model, { n }: Done<'end-objection'>, person: Person): void {
  enter(model, person, ['lead', 'contributor']);
  if (n >= model.objections.length) refuse('not-found');
  model.objections.splice(n, 1);
  model.version++;
  note(model, 'ObjectionEnded', null);
}

export function close(model: Model, { reason, cancelReferrals, cancelHandover }: Done<'close'>, person: Person): void {
  enter(model, person, ['lead']);
  const open = model.referrals.filter(openReferral);
  if (open.length > 0 && !cancelReferrals && reason !== 'deceased') refuse('open-referrals');
  if (openHandover(model) && !(cancelHandover ?? cancelReferrals) && reason !== 'deceased') refuse('open-handover');
  Object.assign(model, {
    status: 'closed',
    version: model.version + 1,
    since: null,
    silenceTold: false,
    closedOn: dayOf(model.now),
  });
  endJoined(model, note(model, 'CaseClosed', null));
  for (const referral of open) cancelReferral(model, referral, reason === 'deceased' ? 'deceased' : 'case_closed');
  const handover = openHandover(model);
  if (handover) stepHandover(model, handover, 'HandoverCancelled', { status: 'cancelled' });
}

export function reopen(model: Model, command: Done<'reopen'>, person: Person): void {
  const suspended = model.structures[person.structure]!.status === 'suspended';
  enter(model, person, ['lead'], 'closed', suspended ? ['forbidden'] : []);
  if (suspended) refuse('forbidden');
  Object.assign(model, {
    status: 'open',
    version: model.version + 1,
    counsellor: command.by,
    since: dayOf(model.now),
    silenceTold: false,
  });
  note(model, 'CaseReopened', null);
}

export function move(model: Model, { commune }: Done<'move'>, person: Person): void {
  enter(model, person, ['lead'], 'open', [], true);
  if (commune === model.commune) return;
  Object.assign(model, { commune, version: model.version + 1 });
  note(model, 'ResidentCorrected', null);
}

export function assign(model: Model, { by, counsellor }: Done<'assign'>, person: Person): void {
  const mayName = person.role === 'manager' || counsellor === by;
  enter(model, person, ['lead'], 'open', mayName ? [] : ['forbidden']);
  if (!mayName) refuse('forbidden');
  if (!employs(model, person.structure, counsellor)) refuse('invalid');
  if (counsellor === model.counsellor) return;
  Object.assign(model, { counsellor, version: model.version + 1 });
  note(model, 'LeadAssigned', null);
}

/** Final: nobody takes part any more, and nothing of what was there is left to be seen. */
export function erase(model: Model): void {
  note(model, 'CaseErased', null);
  for (const referral of model.referrals.filter(openReferral)) cancelReferral(model, referral, 'erased');
  const handover = openHandover(model);
  if (handover) stepHandover(model, handover, 'HandoverCancelled', { status: 'cancelled' });
  Object.assign(model, {
    status: 'erased',
    version: model.version + 1,
    lead: nobody,
    counsellor: null,
    commune: '',
    joined: [],
    formers: {},
    objections: [],
    referrals: [],
    handovers: [],
    since: null,
  } satisfies Partial<Model>);
}

/** What the State may decide from each status; from the directory's rules, docs/domain.md names the statuses only. */
const decisions: Record<string, string[]> = {
  declared: ['awaiting_state_validation', 'active', 'refused', 'closed'],
  awaiting_state_validation: ['active', 'refused', 'closed'],
  active: ['suspended', 'closed'],
  suspended: ['active', 'closed'],
  refused: ['awaiting_state_validation', 'closed'],
  closed: [],
};
export const mayDecide = (model: Model, { structure, status }: Done<'decide'>): boolean =>
  decisions[model.structures[structure]!.status]!.includes(status);
