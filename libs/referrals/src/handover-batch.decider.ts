/** What a decision of a batch does to its case, and which decisions may be taken. Pure. */
import { forbidden, invalid, notFound, Problem, wrongState, type Actor, type Context, type Decided, type RecordEvent, type Uuid } from '@fil-rouge/kernel';
import { closeCase, type Closing } from '@fil-rouge/cases';
import { isGone, structureOf } from '@fil-rouge/users';
import type { CancelCause, HandoverRecord } from './handover';
import { propose, reassignByDecision, reassignInside } from './handover.decider';
import type { BatchOutcome, BatchStatus, Decision, DecisionKind, ItemState, Leaving } from './handover-batch';

/** One item as it is carried out. */
export interface Order {
  readonly itemId: Uuid;
  /** Made with the item: the handover this order opens, however often it is tried. */
  readonly handoverId: Uuid;
  readonly leaving: Leaving;
  readonly decision: DecisionKind;
  readonly toStructureId: Uuid | null;
  readonly toCounsellorId: Uuid | null;
  readonly closing: Closing | null;
  /** Read by the other side, or on the record. */
  readonly reason: string;
}

/** By the event that is the outcome of an item; it names the item in `data.batchItemId`. */
const outcomes: Readonly<Record<string, BatchOutcome>> = { HandoverTookEffect: 'moved', HandoverProposed: 'proposed', CaseClosed: 'closed' };

/** The item an event is the outcome of: the record itself says what a batch has done to it. */
export function outcomeOf({ type, data }: RecordEvent): { itemId: Uuid; outcome: BatchOutcome } | undefined {
  const itemId = data['batchItemId'] as Uuid | undefined;
  const outcome = outcomes[type];
  if (itemId === undefined || outcome === undefined) return undefined;
  return { itemId, outcome: data['kind'] === 'internal' ? 'reassigned' : outcome };
}

const failures: Readonly<Record<string, string>> = { HandoverDeclined: 'declined', HandoverWithdrawn: 'withdrawn', HandoverExpired: 'expired' };

/** Null: the case closed, or moved without it; nothing is left to decide. */
const failuresByCause: Readonly<Record<CancelCause, string | null>> = {
  asked: 'cancelled', objection: 'objection', structure_closed: 'recipient-not-active', case_closed: null, erased: null, administrative: null, merged: null,
};

/** A handover that ended without moving the lead: what was proposed by a batch is to be decided anew, with this as the reason. */
export function endingOf({ type, data }: RecordEvent): { handoverId: Uuid; failure: string | null } | undefined {
  const failure = type === 'HandoverCancelled' ? failuresByCause[data['because'] as CancelCause] : failures[type];
  return failure === undefined ? undefined : { handoverId: data['handoverId'] as Uuid, failure };
}

/** After these a case never opens again; one that closed may, and is looked at when its turn comes. */
export const isEndOfCase = ({ type }: RecordEvent): boolean => type === 'CaseErased' || type === 'MergedInto';

/**
 * Nothing when the case is no longer what the decision was about: also when another worker, taken for dead, has just carried it out.
 * @param checkClosing what else on the record stands against closing (`ClosingRule`)
 */
export function carryOut(record: HandoverRecord, order: Order, context: Context, checkClosing: (input: Closing) => void): Decided[] {
  if (isSettled(record, order, context)) return [];
  return eventsOf(record, order, context, checkClosing).map((event) =>
    outcomes[event.type] ? { ...event, data: { ...event.data, batchItemId: order.itemId } } : event);
}

function isSettled({ case: state }: HandoverRecord, { leaving, handoverId }: Order, context: Context): boolean {
  if (context.row<{ id: Uuid }>('handover')?.id === handoverId) return true;
  if (state.status !== 'open' || state.lead?.structureId !== leaving.structureId) return true;
  return leaving.userId !== null && state.lead.counsellorId !== leaving.userId;
}

function eventsOf(record: HandoverRecord, order: Order, context: Context, checkClosing: (input: Closing) => void): Decided[] {
  const { handoverId, leaving, reason, closing } = order;
  const to = { handoverId, toStructureId: order.toStructureId ?? undefined, toCounsellorId: order.toCounsellorId ?? undefined };
  const forTheLead = { ...context, actor: asLead(context.actor, leaving.structureId) };
  switch (order.decision) {
    case 'colleague': {
      const structure = structureOf(context.fact(leaving.structureId));
      if (!structure || isGone(structure)) throw goneForGood();
      return reassignInside(record, { handoverId, toCounsellorId: to.toCounsellorId, reason }, forTheLead);
    }
    case 'structure':
      // A structure cannot decide for another: what its manager decides is a proposal, which the other side answers.
      return context.actor.role === 'manager' ? propose(record, { ...to, note: reason }, context) : reassignByDecision(record, { ...to, reason }, context);
    case 'close': {
      if (closing === null) throw invalid('/reason', 'required');
      const events = closeCase(record.case, closing, forTheLead);
      checkClosing(closing);
      return events;
    }
  }
}

/** What the manager of the leading structure could do: a coordinator or administrator may decide it as well when the people there are gone. */
const asLead = (actor: Actor, structureId: Uuid): Actor => ({ ...actor, structureId, role: 'manager', territory: null });

const goneForGood = () => new Problem('recipient-not-active', 'This structure is closed: nobody can lead a case for it.');

/** What a decision is checked against when it is taken; the case itself is looked at when it is carried out. */
export interface Desk {
  readonly status: BatchStatus;
  readonly leaving: Leaving;
  readonly items: ReadonlyMap<Uuid, { readonly state: ItemState }>;
  /** Of the leaving structure, today. */
  readonly colleagues: ReadonlySet<Uuid>;
  /** Structures that could lead. */
  readonly active: ReadonlySet<Uuid>;
  /** Is the leaving structure closed or refused? */
  readonly gone: boolean;
}

/** Problems: 409 for a batch or item that can be decided no more, 422 with a pointer into `decisions`. */
export function checkDecisions(decisions: readonly Decision[], desk: Desk): void {
  if (desk.status === 'cancelled') throw wrongState(desk.status);
  const seen = new Set<Uuid>();
  decisions.forEach((decision, index) => {
    const at = (member: string): string => `/decisions/${index}/${member}`;
    const item = desk.items.get(decision.caseId);
    if (!item) throw invalid(at('caseId'), 'unknown', 'This case is not in the batch.');
    if (seen.has(decision.caseId)) throw invalid(at('caseId'), 'duplicate', 'One decision per case.');
    seen.add(decision.caseId);
    if (!['undecided', 'decided', 'failed'].includes(item.state)) throw wrongState(item.state);
    checkDecision(decision, desk, at);
  });
}

function checkDecision({ decision, counsellorId, structureId, reason }: Decision, { leaving, colleagues, active, gone }: Desk, at: (member: string) => string): void {
  if (decision === 'close') {
    if (reason === undefined) throw invalid(at('reason'), 'required', 'Say why the case closes.');
    return;
  }
  if (decision === 'colleague') {
    if (counsellorId === undefined) throw invalid(at('counsellorId'), 'required', 'Name the colleague.');
    if (gone) throw goneForGood();
    if (counsellorId === leaving.userId) throw invalid(at('counsellorId'), 'leaves', 'This is the counsellor who leaves.');
    if (!colleagues.has(counsellorId)) throw invalid(at('counsellorId'), 'not-employed', 'This person does not work for the structure at present.');
    return;
  }
  if (structureId === undefined) throw invalid(at('structureId'), 'required', 'Name the structure.');
  if (structureId === leaving.structureId) throw invalid(at('structureId'), 'already-leads', 'This structure leads the case already: name a colleague.');
  if (!active.has(structureId)) throw new Problem('recipient-not-active', 'The structure that would lead is not active, or there is none of this id.');
}

/** Who may open a batch for whom, and what has to be said. Null: the structure is still to be found from the counsellor's cases. */
export function structureLeaving(kind: Leaving['kind'], asked: { userId?: Uuid; structureId?: Uuid; toStructureId?: Uuid }, actor: Actor): Uuid | null {
  const ofCounsellor = kind === 'counsellor_leaves' || kind === 'post_moves';
  if (!['manager', 'coordinator', 'administrator'].includes(actor.role)) throw forbidden();
  if (actor.role === 'manager' && asked.structureId !== undefined && asked.structureId !== actor.structureId) throw forbidden('A manager prepares this for the own structure.');
  if (ofCounsellor && asked.userId === undefined) throw invalid('/userId', 'required', 'Name the counsellor who leaves.');
  if (!ofCounsellor && asked.userId !== undefined) throw invalid('/userId', 'not-for-this-kind', 'A structure leaves with all of its cases: leave the counsellor out.');
  if (kind === 'post_moves' && asked.toStructureId === undefined) throw invalid('/toStructureId', 'required', 'Name the structure the post moves to.');
  if (kind !== 'post_moves' && asked.toStructureId !== undefined) throw invalid('/toStructureId', 'not-for-this-kind', 'Only a post moves to one structure.');
  const structureId = actor.role === 'manager' ? actor.structureId : (asked.structureId ?? null);
  if (structureId === null && !ofCounsellor) throw invalid('/structureId', 'required', 'Name the structure.');
  if (structureId !== null && structureId === asked.toStructureId) throw invalid('/toStructureId', 'already-leads', 'The post is in this structure already.');
  return structureId;
}

/** The one structure for which the counsellor leads cases. */
export function onlyStructure(structures: readonly Uuid[]): Uuid {
  const [only, another] = structures;
  if (only === undefined) throw noCases();
  if (another !== undefined) throw invalid('/structureId', 'required', 'This person leads cases for several structures: name the one they leave.');
  return only;
}

export const noCases = () =>
  new Problem('invalid', 'No open case is left to hand over: none is led, or all are in another batch already.', { errors: [{ pointer: '', code: 'no-open-cases' }] });

export const batchNotFound = () => notFound('There is no such batch, or it is not yours.');
