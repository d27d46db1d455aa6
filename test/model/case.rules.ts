/** What is done to the case itself, and what follows from it for its referrals and its handover. */
import type { Command } from './commands';
import { dayOf, plusDays } from './days';
import {
  cancelReferral, employs, endJoined, isStaff, nobody, note, objected, openHandover, openReferral, participation, referralOf, stepHandover, underWay, type Model, type Person,
} from './model';
import { startWith } from './referral.rules';
import { refuse, Refusal } from './refusal';

type Done<K extends Command['do']> = Extract<Command, { do: K }>;

/** 404, 403 and 409 of every command on a case. */
function enter(model: Model, person: Person, who: readonly string[], from: Model['status'] = 'open', others: readonly string[] = []): void {
  if (!isStaff(person)) refuse('forbidden');
  const part = participation(model, person.structure);
  if (part === null || part === 'candidate') refuse('not-found');
  // Who took part until it went on elsewhere knows that it did.
  if (model.status === 'merged' && model.formers[person.structure]?.position === model.log.length) throw new Refusal(['wrong-state']);
  if (!who.includes(part)) refuse('forbidden');
  // How the case stands now is no longer for who has left it to know.
  if (model.status !== from && part.startsWith('former')) refuse('forbidden');
  if (model.status !== from) throw new Refusal(['wrong-state', ...others]);
}

/** Lead and contributors; a former lead for 30 calendar days. */
export function session(model: Model, { n }: Done<'session'>, person: Person): void {
  const former = model.formers[person.structure];
  const inTime = former?.kind === 'former_lead' && dayOf(model.now) <= plusDays(former.day, 30);
  enter(model, person, ['lead', 'contributor', ...(inTime ? ['former_lead'] : [])]);
  const referral = referralOf(model, n);
  if (n !== null && !(referral?.to === person.structure && underWay.includes(referral.status))) refuse('invalid');
  model.lastEntry = dayOf(model.now);
  note(model, 'SessionRecorded', null);
  startWith(model, person.structure, n);
}

export function object(model: Model, { against }: Done<'object'>, person: Person): void {
  enter(model, person, ['lead', 'contributor']);
  if (model.objections.includes(against)) refuse('invalid');
  model.objections.push(against);
  model.version++;
  const position = note(model, 'ObjectionRecorded', null);
  endJoined(model, position, (structure) => against === 'all' || against === structure);
  for (const referral of model.referrals.filter(openReferral)) if (against === 'all' || referral.to === against) cancelReferral(model, referral, 'objection');
  const handover = openHandover(model);
  if (handover && objected(model, handover.to)) stepHandover(model, handover, 'HandoverCancelled', { status: 'cancelled' });
}

export function endObjection(model: Model, { n }: Done<'end-objection'>, person: Person): void {
  enter(model, person, ['lead', 'contributor']);
  if (n >= model.objections.length) refuse('not-found');
  model.objections.splice(n, 1);
  model.version++;
  note(model, 'ObjectionEnded', null);
}

export function close(model: Model, { reason, cancelReferrals }: Done<'close'>, person: Person): void {
  enter(model, person, ['lead']);
  const open = model.referrals.filter(openReferral);
  if (open.length > 0 && !cancelReferrals && reason !== 'deceased') refuse('open-referrals');
  Object.assign(model, { status: 'closed', version: model.version + 1, lastEntry: null });
  endJoined(model, note(model, 'CaseClosed', null));
  for (const referral of open) cancelReferral(model, referral, reason === 'deceased' ? 'deceased' : 'case_closed');
  const handover = openHandover(model);
  if (handover) stepHandover(model, handover, 'HandoverCancelled', { status: 'cancelled' });
}

export function reopen(model: Model, command: Done<'reopen'>, person: Person): void {
  const suspended = model.structures[person.structure]!.status === 'suspended';
  enter(model, person, ['lead'], 'closed', suspended ? ['forbidden'] : []);
  if (suspended) refuse('forbidden');
  Object.assign(model, { status: 'open', version: model.version + 1, counsellor: command.by, lastEntry: dayOf(model.now) });
  note(model, 'CaseReopened', null);
}

export function move(model: Model, { commune }: Done<'move'>, person: Person): void {
  enter(model, person, ['lead']);
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
    status: 'erased', version: model.version + 1, lead: nobody, counsellor: null, commune: '', joined: [], formers: {}, objections: [], referrals: [], handovers: [], lastEntry: null,
  } satisfies Partial<Model>);
}

/** What the State may decide from each status; from the directory's rules, docs/domain.md names the statuses only. */
const decisions: Record<string, string[]> = {
  declared: ['awaiting_state_validation', 'active', 'refused', 'closed'], awaiting_state_validation: ['active', 'refused', 'closed'], active: ['suspended', 'closed'],
  suspended: ['active', 'closed'], refused: ['awaiting_state_validation', 'closed'], closed: [],
};
export const mayDecide = (model: Model, { structure, status }: Done<'decide'>): boolean => decisions[model.structures[structure]!.status]!.includes(status);

