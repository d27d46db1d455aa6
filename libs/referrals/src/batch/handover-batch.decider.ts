/** What a decision of a batch does to its case, and which decisions may be taken. Pure. */
import {
  invalid,
  Problem,
  wrongState,
  type Actor,
  type BatchDecision,
  type BatchStatus,
  type Context,
  type Decided,
  type JsonObject,
  type Uuid,
} from '@fil-rouge/kernel';
import { closeCase, watches, type Closing } from '@fil-rouge/cases';
import { isGone, structureOf } from '@fil-rouge/users';
import type { Deliberation } from '@fil-rouge/platform';
import type { HandoverRecord } from '../handover/handover';
import { propose, reassignByDecision, reassignInside } from '../handover/handover.decider';
import type { BatchRecord, Leaving } from './handover-batch';
import {
  isLedBy,
  outcomes,
  type Decision,
  type Item,
  type ItemEventData,
  type ItemsRecord,
  type ItemState,
} from './handover-batch.item';

/** One item as it is carried out. */
export interface Order {
  readonly itemId: Uuid;
  /** Made with the item: the handover this order opens, however often it is tried. */
  readonly handoverId: Uuid;
  readonly leaving: Leaving;
  readonly decision: BatchDecision;
  readonly toStructureId: Uuid | null;
  readonly toCounsellorId: Uuid | null;
  readonly closing: Closing | null;
  /** Read by the other side, or on the record. */
  readonly reason: string;
}

/** An item whose turn has come; nothing when it does not wait any more: another worker, taken for dead, has just carried it out. */
export function settle(record: ItemsRecord, item: Item | undefined, reason: string, context: Context): Decided[] {
  if (item?.state !== 'decided' || !item.taken) return [];
  const { id: itemId, handoverId, leaving, taken } = item;
  const { closeReason, cancelReferrals } = taken;
  const closing = closeReason === null ? null : { reason: closeReason, cancelReferrals };
  const decided = carryOut(record, { itemId, handoverId, leaving, ...taken, closing, reason }, context);
  return decided.length > 0 ? decided : [atDesk('SettledInBatch', { itemId, failure: null })];
}

/** The same when a rule has refused it. */
export const fail = (item: Item | undefined, failure: string): Decided[] =>
  item?.state === 'decided' ? [atDesk('SettledInBatch', { itemId: item.id, failure })] : [];

/** Nothing when the case is no longer what the decision was about. */
export function carryOut(record: HandoverRecord, order: Order, context: Context): Decided[] {
  if (record.case.status !== 'open' || !isLedBy(record.case, order.leaving)) return [];
  return eventsOf(record, order, context).map((event) =>
    outcomes[event.type] ? { ...event, data: { ...event.data, batchItemId: order.itemId } } : event,
  );
}

function eventsOf(record: HandoverRecord, order: Order, context: Context): Decided[] {
  const { handoverId, leaving, reason, closing } = order;
  const to = {
    handoverId,
    toStructureId: order.toStructureId ?? undefined,
    toCounsellorId: order.toCounsellorId ?? undefined,
  };
  const forTheLead = { ...context, actor: asLead(context.actor, leaving.structureId) };
  switch (order.decision) {
    case 'colleague': {
      const structure = structureOf(context.fact(leaving.structureId));
      if (!structure || isGone(structure)) throw goneForGood();
      return reassignInside(record, { handoverId, toCounsellorId: to.toCounsellorId, reason }, forTheLead);
    }
    case 'structure':
      // A structure cannot decide for another: what its manager decides is a proposal, which the other side answers.
      return context.actor.role === 'manager'
        ? propose(record, { ...to, note: reason }, context)
        : reassignByDecision(record, { ...to, reason }, context);
    case 'close':
      if (closing === null) throw invalid('/reason', 'required', 'Say why the case is closed (`reason`).');
      return closeCase(record.case, closing, forTheLead);
  }
}

/** What the manager of the leading structure could do: a coordinator or administrator may decide it as well when the people there are gone. */
export const asLead = (actor: Actor, structureId: Uuid): Actor => ({
  ...actor,
  structureId,
  role: 'manager',
  territory: null,
});

const goneForGood = () =>
  new Problem('recipient-not-active', 'This structure is closed: nobody can lead a case for it.');

/** Said on the case, shown on no page of its record. */
export const atDesk = <T extends keyof ItemEventData>(type: T, data: ItemEventData[T]): Decided => ({
  type,
  data: data as object as JsonObject,
  about: data.itemId,
  audience: 'desk',
});

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
  if (desk.status === 'cancelled' || desk.status === 'undone') throw wrongState(desk.status);
  const seen = new Set<Uuid>();
  decisions.forEach((decision, index) => {
    const at = (member: string): string => `/decisions/${index}/${member}`;
    const item = desk.items.get(decision.caseId);
    if (!item) throw invalid(at('caseId'), 'unknown', 'This case is not in the batch.');
    if (seen.has(decision.caseId)) throw invalid(at('caseId'), 'duplicate', 'One decision per case.');
    seen.add(decision.caseId);
    if (item.state === 'pending') throw wrongState(desk.status);
    if (!isDecidable(item)) throw wrongState(item.state);
    checkDecision(decision, desk, at);
  });
}

function checkDecision(
  { decision, counsellorId, structureId, reason }: Decision,
  { leaving, colleagues, active, gone }: Desk,
  at: (member: string) => string,
): void {
  if (decision === 'close') {
    if (reason === undefined) throw invalid(at('reason'), 'required', 'Say why the case closes.');
    return;
  }
  if (decision === 'colleague') {
    if (counsellorId === undefined) throw invalid(at('counsellorId'), 'required', 'Name the colleague.');
    if (gone) throw goneForGood();
    if (counsellorId === leaving.userId)
      throw invalid(at('counsellorId'), 'leaves', 'This is the counsellor who leaves.');
    if (!colleagues.has(counsellorId))
      throw invalid(at('counsellorId'), 'not-employed', 'This person does not work for the structure at present.');
    return;
  }
  if (structureId === undefined) throw invalid(at('structureId'), 'required', 'Name the structure.');
  if (structureId === leaving.structureId)
    throw invalid(at('structureId'), 'already-leads', 'This structure leads the case already: name a colleague.');
  if (!active.has(structureId))
    throw new Problem(
      'recipient-not-active',
      'The structure that would lead is not active, or there is none of this id.',
    );
}

const isDecidable = ({ state }: { state: ItemState }): boolean => ['undecided', 'decided', 'failed'].includes(state);

/** The batch and cases of it, each with the state of its own kind; which is which follows from the order in which they were asked for. */
export type Whole = BatchRecord & ItemsRecord;

/** The case's item of the batch, when it is this person's to decide on. */
export function itemOf({ state, context: { actor } }: Deliberation<Whole>, batchId: Uuid): Item | undefined {
  const item = state.batchItems.find((found) => found.batchId === batchId);
  if (!item) return undefined;
  const isTheirs =
    actor.role === 'manager' ? actor.structureId === item.leaving.structureId : watches(state.case, actor);
  return isTheirs ? item : undefined;
}

/** Every decision or none. Of `proposals` those on which nobody has decided meanwhile. */
export function takeDecisions(
  { decisions, proposals = [], desk, batchId }: Taking,
  status: BatchRecord['batch']['status'],
  cases: readonly Deliberation<Whole>[],
): Decided[][] {
  const items = cases.map((one) => itemOf(one, batchId));
  const stateOf = (item: Item | undefined): ItemState =>
    item?.state === 'decided' && status === 'running' ? 'pending' : (item?.state ?? 'done');
  const all = [...decisions, ...proposals];
  const states = new Map(all.map(({ caseId }, at) => [caseId, { state: stateOf(items[at]) }]));
  checkDecisions(decisions, { ...desk, status: status as BatchStatus, items: states });
  return all.map((decision, at) => {
    const item = items[at];
    if (!item || (at >= decisions.length && item.state !== 'undecided')) return [];
    return [decided(item, decision, cases[at]!.context)];
  });
}

export interface Taking {
  readonly batchId: Uuid;
  readonly decisions: readonly Decision[];
  readonly proposals?: readonly Decision[];
  readonly desk: Desk;
}

/** Members that do not belong to the decision are not kept. */
function decided({ id, state, handoverId }: Item, said: Decision, context: Context): Decided {
  const { actor } = context;
  const { decision, counsellorId, structureId, reason, cancelReferrals } = said;
  const taken = {
    decision,
    toStructureId: decision === 'structure' ? (structureId ?? null) : null,
    toCounsellorId: decision === 'close' ? null : (counsellorId ?? null),
    closeReason: decision === 'close' ? (reason ?? null) : null,
    cancelReferrals: decision === 'close' && cancelReferrals === true,
    by: actor.userId,
    for: actor.structureId,
    as: actor.role,
  };
  // What failed is tried with a handover of its own: the former one may have ended, and once ended it opens no more.
  return atDesk('DecidedInBatch', { itemId: id, handoverId: state === 'failed' ? context.newId() : handoverId, taken });
}
