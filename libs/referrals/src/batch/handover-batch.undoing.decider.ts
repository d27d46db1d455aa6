/** A batch that has started is taken back: what has had no effect yet returns, what has stays and is told. Pure. */
import { forbidden, wrongState, type Actor, type Decided, type Uuid } from '@fil-rouge/kernel';
import type { Deliberation } from '@fil-rouge/platform';
import { cancel, withdraw } from '../handover/handover.decider';
import type { BatchState } from './handover-batch';
import { asLead, atDesk, type Whole } from './handover-batch.decider';
import { ofBatch } from './handover-batch.drawing.decider';
import type { Item } from './handover-batch.item';

/** What the other side of an accepted handover reads when nobody wrote a reason. */
export const undoneByDefault = 'Ce départ est annulé : le suivi reste où il est.';

/** Whoever made it, and the managers of the structure it is about. Whoever else may see it decides on its cases. */
const mayUndo = ({ createdBy, leaving }: Pick<BatchState, 'createdBy' | 'leaving'>, actor: Actor): boolean =>
  (createdBy !== null && createdBy === actor.userId) ||
  (actor.role === 'manager' && actor.structureId === leaving?.structureId);

const notTheirs = () =>
  forbidden('A batch is undone by whoever made it, or by a manager of the structure it is about.');

/**
 * running | undo | `undone`: what waits or has failed is taken out, what is only proposed is withdrawn, what was accepted for a later day is cancelled; a lead
 * that has moved, and a case that was closed, stay. Said twice, nothing more happens.
 */
export function undo(
  batchId: Uuid,
  reason: string,
  batch: Deliberation<Whole>,
  cases: readonly Deliberation<Whole>[],
): Decided[][] {
  const { batch: state } = batch.state;
  if (!mayUndo(state, batch.context.actor)) throw notTheirs();
  if (state.status === 'undone') return [[], ...cases.map(() => [])];
  if (state.status !== 'running') throw wrongState(state.status);
  const out = cases.map((one) => {
    const item = one.state.batchItems.find((found) => found.batchId === batchId);
    return item ? takenBack(one, item, reason) : [];
  });
  const count = out.filter(({ length }) => length > 0).length;
  if (count === 0) throw wrongState('done');
  return [[ofBatch('BatchUndone', { cases: count })], ...out];
}

function takenBack({ state, context }: Deliberation<Whole>, item: Item, reason: string): Decided[] {
  const out = atDesk('TakenOutOfBatch', { itemId: item.id });
  if (item.state !== 'done') return [out];
  const { open } = state.handover;
  if (open?.id !== item.handoverId) return [];
  const { handoverId } = item;
  const forTheLead = { ...context, actor: asLead(context.actor, item.leaving.structureId) };
  const ended =
    open.status === 'accepted'
      ? cancel(state, { handoverId, reason }, forTheLead)
      : withdraw(state, { handoverId }, forTheLead);
  return [...ended, out];
}
