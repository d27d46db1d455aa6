/**
 * READ FIRST: leavers. A batch holds the open cases that somebody (or a whole structure) leads and is about to leave. It is a record of its own: who
 * leaves, how many cases, who started it or gave it up. What concerns one case stands on that case (`handover-batch.item.ts`): what is proposed, what was
 * decided and by whom, what became of it. So a case waits in one batch at a time by its own state, and whatever happens to it ends its item by itself.
 *
 *   batch   prepared → (start) running;   prepared → cancelled;   running → (undo) undone;   done: of its items none waits any more, which is read and
 *           not written
 *
 * A batch decides nothing by itself: once it has started, each item is a delivery to its case, whose commit consumes it, by the rules of handovers and of
 * closing, in the name of the person who decided it. Whatever is killed, an item is done exactly once. Pure.
 */
import {
  eventsOf,
  type BatchKind,
  type Change,
  type Instant,
  type RecordEvent,
  type Slice,
  type Uuid,
} from '@fil-rouge/kernel';

/** A second batch takes what is left: a commit, and an answer, stay of a size that a screen can show. */
export const mostCases = 1000;

/** Who leaves: a counsellor of the structure, or (no `userId`) the structure itself. */
export type Leaving = {
  readonly kind: BatchKind;
  readonly structureId: Uuid;
  readonly userId: Uuid | null;
  /** Where a post moves to; which structure takes over the one that closes. */
  readonly toStructureId: Uuid | null;
};

/** What the other side, or the record, reads when nobody wrote a reason. */
export const reasonsByDefault: Readonly<Record<BatchKind, string>> = {
  counsellor_leaves: 'Départ du conseiller qui menait ce suivi.',
  post_moves: 'Transfert du poste vers une autre structure.',
  structure_suspended: 'Suspension de la structure qui menait ce suivi.',
  structure_closed: 'Fermeture de la structure qui menait ce suivi.',
};

export type BatchState = {
  status: 'none' | 'prepared' | 'running' | 'cancelled' | 'undone';
  leaving: Leaving | null;
  /** How many cases it was drawn up with. */
  total: number;
  createdBy: Uuid | null;
  createdAt: Instant;
  startedAt: Instant | null;
  endedAt: Instant | null;
  /** The event whose piece holds the reason, as long as no case of the batch is erased. */
  drawnUp: Uuid;
};
export type BatchRecord = { batch: BatchState };

export type BatchEventData = {
  /** shared_text `{reason}` when one was written */
  BatchDrawnUp: { leaving: Leaving; total: number };
  /** Said on the cases that were decided on, in the same commit; here it keeps one decision after the other. */
  BatchDecided: { cases: number };
  BatchStarted: { cases: number };
  BatchCancelled: { cases: number };
  /** What had no effect yet has returned: so many cases. Those whose lead has moved, or that were closed, stay. */
  BatchUndone: { cases: number };
};

const writes = { BatchDrawnUp: 1, BatchDecided: 1, BatchStarted: 1, BatchCancelled: 1, BatchUndone: 1 };
export const isBatchEvent = eventsOf<BatchEventData>(writes);

const initial: BatchState = {
  status: 'none',
  leaving: null,
  total: 0,
  createdBy: null,
  createdAt: '',
  startedAt: null,
  endedAt: null,
  drawnUp: '',
};

export const batchSlice: Slice<BatchState, BatchRecord> = {
  kind: 'batch',
  name: 'batch',
  version: 1,
  initial,
  writes,
  evolve: evolveBatch,
  project: (_before, { batch }, event) => projectBatch(batch, event),
};

function evolveBatch(state: BatchState, event: RecordEvent): BatchState {
  if (!isBatchEvent(event)) return state;
  switch (event.type) {
    case 'BatchDrawnUp': {
      const { leaving, total } = event.data;
      const { at: createdAt, actor: createdBy, id: drawnUp } = event;
      return { ...state, status: 'prepared', leaving, total, createdBy, createdAt, drawnUp };
    }
    case 'BatchDecided':
      return state;
    case 'BatchStarted':
      return { ...state, status: 'running', startedAt: event.at };
    case 'BatchCancelled':
      return { ...state, status: 'cancelled', endedAt: event.at };
    case 'BatchUndone':
      return { ...state, status: 'undone', endedAt: event.at };
  }
}

function projectBatch(state: BatchState, event: RecordEvent): Change[] {
  if (!isBatchEvent(event) || event.type === 'BatchDecided' || !state.leaving) return [];
  const { kind, structureId, userId, toStructureId } = state.leaving;
  const row = {
    id: event.stream,
    kind,
    structure_id: structureId,
    user_id: userId,
    to_structure_id: toStructureId,
    status: state.status,
    total: state.total,
    created_by: state.createdBy,
    created_at: state.createdAt,
    started_at: state.startedAt,
    ended_at: state.endedAt,
    drawn_up: state.drawnUp,
  };
  return [{ call: 'put_batch', rows: [row] }];
}
