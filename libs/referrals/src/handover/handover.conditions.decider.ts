/** What must hold before a handover may be opened or answered: each looks at one thing and throws the `Problem` that says why not. Pure. */
import {
  addCalendarDays,
  atParis,
  endOfDay,
  forbidden,
  invalid,
  isLocalDate,
  isStaff,
  localDateOf,
  notFound,
  Problem,
  stale,
  wrongState,
  type Context,
  type HandoverKind,
  type Instant,
  type Uuid,
} from '@fil-rouge/kernel';
import { objectsTo, participationOf, type Participation } from '@fil-rouge/cases';
import { hasPeople, personOf, structureOf, worksFor } from '@fil-rouge/users';
import { delays, type Handover, type HandoverRecord } from './handover';
import { actionsOf, isParty, isTheirs, isVisible, knowsCase, type HandoverAction } from './handover.policy';

/** What somebody asks for who opens a handover. */
export interface Opening {
  /** Made by the handler, so that the answer can name it. */
  handoverId: Uuid;
  /** Of a request what is asked for, the lead where nothing is said. */
  kind?: HandoverKind;
  toStructureId?: Uuid;
  toCounsellorId?: Uuid;
  note?: string;
  reason?: string;
  /** A day: from its beginning in Paris. */
  effectiveAt?: Instant;
  /** Version of the case the caller has read. */
  ifMatch?: number;
}

/** What one of the sides says to an open handover; `ifMatch` is the handover's version. */
export interface Answer {
  handoverId: Uuid;
  effectiveAt?: Instant;
  counsellorId?: Uuid;
  reason?: string;
  ifMatch?: number;
}

/** As what the actor comes to the case. Null: one of the network's roles; they hold no participation, whatever structure employs them. */
export function enter({ case: state }: HandoverRecord, { actor }: Context): Participation | null {
  if (state.status === 'none' || state.status === 'erased' || !knowsCase(state, actor)) throw notFound();
  return isStaff(actor) ? participationOf(state, actor.structureId) : null;
}

export function checkCaseIsOpen({ case: state }: HandoverRecord, { ifMatch }: Opening): void {
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
  if (state.status !== 'open') throw wrongState(state.status);
}

export function checkNoneIsOpen(record: HandoverRecord, { actor }: Context): void {
  const { open } = record.handover;
  if (!open) return;
  const known = isVisible(open, record.case, actor)
    ? { handoverId: open.id, status: open.status, actions: actionsOf(open, actor) }
    : {};
  throw new Problem(
    'open-handover',
    'A handover of this case is open already: it must be answered or end first.',
    known,
  );
}

/** The open handover, when the action is the actor's and the state allows it. */
export function toAnswer(
  record: HandoverRecord,
  action: HandoverAction,
  { handoverId, ifMatch }: Answer,
  context: Context,
): Handover {
  const { actor } = context;
  const { open, last } = record.handover;
  const found = [open, last].find((handover) => handover?.id === handoverId) ?? endedEarlier(handoverId, context);
  if (!found || !isVisible(found, record.case, actor)) throw notFound();
  if (!isTheirs(action, found, actor)) {
    throw forbidden(
      isParty(found, actor)
        ? 'This is for the other side of the handover to do.'
        : 'This handover is between other structures.',
    );
  }
  if (ifMatch !== undefined && ifMatch !== found.version) throw stale();
  const actions = actionsOf(found, actor);
  if (!open || found !== open || !actions.includes(action)) throw wrongState(found.status, actions);
  return open;
}

type Ended = Pick<Handover, 'id' | 'version' | 'kind' | 'status' | 'from' | 'to' | 'createdSeq'>;
type EndedRow = Pick<Ended, 'id' | 'version' | 'kind' | 'status'> & {
  from_structure_id: Uuid;
  to_structure_id: Uuid;
  created_seq: number;
};

function endedEarlier(handoverId: Uuid, context: Context): Ended | undefined {
  const row = context.row<EndedRow>('handover');
  if (row?.id !== handoverId) return undefined;
  const { id, version, kind, status, from_structure_id: from, to_structure_id: to, created_seq: createdSeq } = row;
  return { id, version, kind, status, from, to, createdSeq };
}

export function checkOwnIsActive(context: Context): void {
  if (structureOf(context.fact(context.actor.structureId))?.status === 'active') return;
  throw forbidden('Your structure is not active: it sends and accepts nothing new.');
}

/** The structure that shall lead: another one than now, active, and not one the resident objects to. */
export function successor(record: HandoverRecord, structureId: Uuid | undefined, context: Context): Uuid {
  const id = required('/toStructureId', structureId);
  if (id === record.case.lead?.structureId)
    throw invalid('/toStructureId', 'already-leads', 'This structure leads the case already.');
  if (!structureOf(context.fact(id))) throw invalid('/toStructureId', 'unknown', 'There is no structure with this id.');
  checkActive(id, context);
  checkPeople(id, context);
  if (objectsTo(record.case, id)) throw new Problem('objection', 'The resident objects to this structure.');
  return id;
}

export function checkActive(structureId: Uuid, context: Context): void {
  if (structureOf(context.fact(structureId))?.status === 'active') return;
  throw new Problem('recipient-not-active', 'The structure that would lead is not active: it accepts nothing new.');
}

/** A structure in which nobody works leads nobody: its silence would be all that anybody hears. */
export function checkPeople(structureId: Uuid, context: Context): void {
  const structure = structureOf(context.fact(structureId));
  if (structure && hasPeople(structure, context.today)) return;
  throw new Problem(
    'recipient-unavailable',
    'Nobody works in the structure that would lead at the moment. Choose another.',
  );
}

/** @param at when the handover is to take effect; null: today */
export function checkCounsellor(
  pointer: string,
  userId: Uuid | null | undefined,
  structureId: Uuid,
  at: Instant | null,
  context: Context,
): void {
  if (userId == null) return;
  const person = personOf(context.fact(userId));
  if (person && worksFor(person, structureId, at === null ? context.today : localDateOf(at), ['counsellor', 'manager']))
    return;
  throw invalid(pointer, 'not-employed', 'On that day this person does not work for the structure that would lead.');
}

/** Now at the earliest (a client's clock may be a little late), 90 calendar days ahead at the latest. */
export function agreeable(date: Instant, { now, today }: Context): Instant {
  const effectiveAt = !isLocalDate(date) ? date : date === today ? now : atParis(date, '00:00');
  if (Date.parse(effectiveAt) < Date.parse(now) - delays.skew)
    throw invalid('/effectiveAt', 'past', 'A lead cannot move in the past.');
  if (Date.parse(effectiveAt) > Date.parse(endOfDay(addCalendarDays(today, delays.notice)))) {
    throw invalid('/effectiveAt', 'too-far', `At most ${delays.notice} days ahead.`);
  }
  return effectiveAt < now ? now : effectiveAt;
}

/** Every value in bounds or a reason why not: what takes effect at once has no date to keep. */
export function refuseDate({ effectiveAt }: Pick<Opening, 'effectiveAt'>): void {
  if (effectiveAt !== undefined)
    throw invalid('/effectiveAt', 'at-once', 'This kind of handover takes effect at once: leave the date out.');
}

export function required(pointer: string, value: string | undefined): string {
  if (value === undefined || value.trim() === '')
    throw invalid(pointer, 'required', `${pointer.slice(1)} is required here.`);
  return value;
}
