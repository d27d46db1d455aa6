/** Who may draw up a batch for whom, which cases go into it, and how it is given up. Pure. */
import {
  forbidden,
  invalid,
  notFound,
  Problem,
  wrongState,
  type Actor,
  type Decided,
  type JsonObject,
  type Uuid,
} from '@fil-rouge/kernel';
import { watches } from '@fil-rouge/cases';
import type { Deliberation } from '@fil-rouge/platform';
import type { BatchEventData, Leaving } from './handover-batch';
import { atDesk, itemOf, type Whole } from './handover-batch.decider';
import { isLedBy, isWaiting, type Proposed } from './handover-batch.item';

/** Who may open a batch for whom, and what has to be said. Null: the structure is still to be found from the counsellor's cases. */
export function structureLeaving(
  kind: Leaving['kind'],
  asked: { userId?: Uuid; structureId?: Uuid; toStructureId?: Uuid },
  actor: Actor,
): Uuid | null {
  const ofCounsellor = kind === 'counsellor_leaves' || kind === 'post_moves';
  if (!['manager', 'coordinator', 'administrator'].includes(actor.role)) throw forbidden();
  if (actor.role === 'manager' && asked.structureId !== undefined && asked.structureId !== actor.structureId)
    throw forbidden('A manager prepares this for the own structure.');
  if (ofCounsellor && asked.userId === undefined)
    throw invalid('/userId', 'required', 'Name the counsellor who leaves.');
  if (!ofCounsellor && asked.userId !== undefined)
    throw invalid(
      '/userId',
      'not-for-this-kind',
      'A structure leaves with all of its cases: leave the counsellor out.',
    );
  if (kind === 'post_moves' && asked.toStructureId === undefined)
    throw invalid('/toStructureId', 'required', 'Name the structure the post moves to.');
  if (kind !== 'post_moves' && asked.toStructureId !== undefined)
    throw invalid('/toStructureId', 'not-for-this-kind', 'Only a post moves to one structure.');
  const structureId = actor.role === 'manager' ? actor.structureId : (asked.structureId ?? null);
  if (structureId === null && !ofCounsellor) throw invalid('/structureId', 'required', 'Name the structure.');
  if (structureId !== null && structureId === asked.toStructureId)
    throw invalid('/toStructureId', 'already-leads', 'The post is in this structure already.');
  return structureId;
}

/** The one structure for which the counsellor leads cases. */
export function onlyStructure(structures: readonly Uuid[]): Uuid {
  const [only, another] = structures;
  if (only === undefined) throw noCases();
  if (another !== undefined)
    throw invalid(
      '/structureId',
      'required',
      'This person leads cases for several structures: name the one they leave.',
    );
  return only;
}

export const noCases = () =>
  new Problem('invalid', 'No open case is left to hand over: none is led, or all are in another batch already.', {
    errors: [{ pointer: '', code: 'no-open-cases' }],
  });

export const batchNotFound = () => notFound('There is no such batch, or it is not yours.');

/** One case as it goes into a batch. */
export interface NewItem {
  readonly itemId: Uuid;
  readonly caseId: Uuid;
  readonly handoverId: Uuid;
  readonly proposal: Proposed | null;
}

export interface Drawing {
  readonly batchId: Uuid;
  readonly leaving: Leaving;
  readonly items: readonly NewItem[];
  readonly reason?: string;
}

/** A case that has moved since it was proposed, or was put into another batch, stays out. Problems: 422 when that is true of every one. */
export function drawUp(
  { batchId, leaving, items, reason }: Drawing,
  cases: readonly Deliberation<Whole>[],
): Decided[][] {
  const put = cases.map(({ state, context: { actor } }, at) => {
    const isTheirs = actor.role === 'manager' || actor.role === 'system' || watches(state.case, actor);
    if (!isTheirs || state.case.status !== 'open' || !isLedBy(state.case, leaving) || state.batchItems.some(isWaiting))
      return [];
    const { itemId, handoverId, proposal } = items[at]!;
    return [atDesk('PutIntoBatch', { itemId, batchId, handoverId, leaving, proposal })];
  });
  const total = put.filter(({ length }) => length > 0).length;
  if (total === 0) throw noCases();
  const pieces = reason === undefined ? [] : [{ kind: 'shared_text' as const, value: { reason } }];
  return [[{ ...ofBatch('BatchDrawnUp', { leaving, total }), pieces }], ...put];
}

/** Gives up a batch that has not started: its cases stay where they are. */
export function giveUp(batchId: Uuid, batch: Deliberation<Whole>, cases: readonly Deliberation<Whole>[]): Decided[][] {
  const { status } = batch.state.batch;
  if (status !== 'prepared') throw wrongState(status);
  const out = cases.map((one) => {
    const item = itemOf(one, batchId);
    return item && isWaiting(item) ? [atDesk('TakenOutOfBatch', { itemId: item.id })] : [];
  });
  return [[ofBatch('BatchCancelled', { cases: out.filter(({ length }) => length > 0).length })], ...out];
}

export const ofBatch = <T extends keyof BatchEventData>(type: T, data: BatchEventData[T]): Decided => ({
  type,
  data: data as object as JsonObject,
  audience: 'desk',
});
