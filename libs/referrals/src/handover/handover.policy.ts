/** Who may do and see what of a handover. Pure; one table for the decider, the answers' `actions` and the read rows. */
import { isStaff, type Actor, type HandoverStatus, type Uuid } from '@fil-rouge/kernel';
import { participationOf, watches, type CaseState, type Reader } from '@fil-rouge/cases';
import type { Handover } from './handover';

export type HandoverAction = 'accept' | 'decline' | 'withdraw' | 'cancel';

/** What the table looks at. A blind asker's image has no `from`. */
export type Sides = Pick<Handover, 'kind' | 'status' | 'to'> & { from: Uuid | null };

/** Asked of the one that leads, which answers; everything else comes from there. */
export const isRequest = ({ kind }: Pick<Handover, 'kind'>): boolean => kind === 'pull' || kind === 'beside';

export const proposerOf = (sides: Sides): Uuid | null => (isRequest(sides) ? sides.to : sides.from);
export const answererOf = (sides: Sides): Uuid | null => (isRequest(sides) ? sides.from : sides.to);

const unanswered: readonly HandoverStatus[] = ['proposed', 'requested'];

type Side = 'proposing' | 'answering';
const sideOf: Readonly<Record<Side, (sides: Sides) => Uuid | null>> = { proposing: proposerOf, answering: answererOf };

/** The rows of docs/domain.md that a side acts on, in its order. */
export const handoverRules: Readonly<Record<HandoverAction, { when: readonly HandoverStatus[]; by: readonly Side[] }>> =
  {
    accept: { when: unanswered, by: ['answering'] },
    decline: { when: unanswered, by: ['answering'] },
    withdraw: { when: unanswered, by: ['proposing'] },
    cancel: { when: ['accepted'], by: ['proposing', 'answering'] },
  };

/** Is this action this side's at all, whatever the state? */
export const isTheirs = (action: HandoverAction, sides: Sides, actor: Actor): boolean =>
  isStaff(actor) &&
  actor.structureId !== null &&
  handoverRules[action].by.some((side) => sideOf[side](sides) === actor.structureId);

/** What the actor may do now, in the order of the table. */
export const actionsOf = (sides: Sides, actor: Actor): HandoverAction[] =>
  (Object.keys(handoverRules) as HandoverAction[]).filter(
    (action) => handoverRules[action].when.includes(sides.status) && isTheirs(action, sides, actor),
  );

export const isParty = ({ from, to }: Pick<Handover, 'from' | 'to'>, actor: Actor): boolean =>
  actor.structureId !== null && (actor.structureId === from || actor.structureId === to);

/** Its two sides always; a lead those of its case, a former lead those that began before its end. A candidate knows its own only. */
export function isVisible(
  handover: Pick<Handover, 'from' | 'to' | 'createdSeq'>,
  state: CaseState,
  actor: Actor,
): boolean {
  if (!isStaff(actor)) return watches(state, actor);
  if (isParty(handover, actor) || participationOf(state, actor.structureId) === 'lead') return true;
  const former = actor.structureId === null ? undefined : state.formers[actor.structureId];
  return former?.kind === 'former_lead' && handover.createdSeq <= former.seq;
}

/** Is there a case at all for who asks? A candidate knows the sheet it was sent, not the case. */
export function knowsCase(state: CaseState, actor: Actor): boolean {
  if (!isStaff(actor)) return watches(state, actor);
  const participation = participationOf(state, actor.structureId);
  return participation !== null && participation !== 'candidate';
}

/**
 * May that side read the note, the sheet and the reasons? The lead always. Who was proposed the case, until it is lost to it. Who
 * asked for it reads its own note and why it was refused, unless it may not even know whose case it is.
 */
export function readsSheet({ kind, status, from, to, blind }: Handover, structureId: Uuid): boolean {
  if (structureId === from) return true;
  if (structureId !== to || blind) return false;
  return kind !== 'push' || ['proposed', 'accepted', 'effective'].includes(status);
}

/**
 * Whether somebody may open a handover of a case that is open: its lead proposes, whoever takes or took part asks for it, a coordinator or an administrator decides.
 * @param open one that this reader sees
 */
export const mayOpenHandover = (reader: Reader, role: Actor['role'], open: boolean): boolean =>
  reader === 'coordinator' ||
  role === 'administrator' ||
  (reader === 'lead' && role === 'manager') ||
  (!open && reader !== 'auditor');
