/**
 * What a batch of leavers has to do with one case, as a slice of that case: what is proposed, what was decided and by whom, what became of it. Pure.
 *
 *   undecided → decided → (its batch has started) done | failed;   failed → decided anew → …;   cancelled with its batch, or undone with it;
 *   done, but only proposed → declined, withdrawn, expired, cancelled → failed;   whatever waits → (case erased, merged, led by somebody else) done
 *
 * These events are prepared at a desk: no page of the record shows them, and they count for no version and no activity.
 */
import {
  eventsOf,
  type BatchDecision,
  type BatchItemStatus,
  type BatchOutcome,
  type Instant,
  type RecordEvent,
  type Role,
  type Uuid,
} from '@fil-rouge/kernel';
import type { CaseState } from '@fil-rouge/cases';
import type { CancelCause, HandoverRecord } from '../handover/handover';
import type { Leaving } from './handover-batch';

export interface Decision {
  readonly caseId: Uuid;
  readonly decision: BatchDecision;
  readonly counsellorId?: Uuid;
  readonly structureId?: Uuid;
  /** Why the case closes. */
  readonly reason?: string;
  readonly cancelReferrals?: boolean;
}

/** `pending`: decided, in a batch that has started. It is told to whoever reads, and stands nowhere. */
export type ItemState = BatchItemStatus;

/** Where it could go, and why there. */
export type Proposed = { structureId: Uuid; counsellorId: Uuid | null; because: string[] };

/** A decision as it was taken: by whom, and as what. */
export type Taken = {
  readonly decision: BatchDecision;
  readonly toStructureId: Uuid | null;
  readonly toCounsellorId: Uuid | null;
  readonly closeReason: string | null;
  readonly cancelReferrals: boolean;
  readonly by: Uuid | null;
  readonly for: Uuid | null;
  readonly as: Role | 'system';
};

export type Item = {
  readonly id: Uuid;
  readonly batchId: Uuid;
  readonly leaving: Leaving;
  /** Made with the item, and anew when it is decided anew: the handover that its decision opens. */
  readonly handoverId: Uuid;
  readonly state: Exclude<ItemState, 'pending'>;
  readonly proposal: Proposed | null;
  readonly taken: Taken | null;
  readonly outcome: BatchOutcome | null;
  readonly failure: string | null;
  readonly endedAt: Instant | null;
};

/** Those that wait, have failed, or are only proposed: one of each at most. What has ended for good is a row. */
export type ItemsRecord = HandoverRecord & { batchItems: readonly Item[] };

export type ItemEventData = {
  PutIntoBatch: { itemId: Uuid; batchId: Uuid; handoverId: Uuid; leaving: Leaving; proposal: Proposed | null };
  DecidedInBatch: { itemId: Uuid; handoverId: Uuid; taken: Taken };
  /** Its turn came and a rule refused it; null: there was nothing left to do. */
  SettledInBatch: { itemId: Uuid; failure: string | null };
  TakenOutOfBatch: { itemId: Uuid };
};
export const itemWrites = { PutIntoBatch: 1, DecidedInBatch: 1, SettledInBatch: 1, TakenOutOfBatch: 1 };
export const isItemEvent = eventsOf<ItemEventData>(itemWrites);

export const isWaiting = ({ state }: { readonly state: ItemState }): boolean =>
  state === 'undecided' || state === 'decided';

/** Its lead has moved, or it was closed: of a batch that is undone such a case stays. */
export const hasTakenEffect = ({ state, outcome }: Pick<Item, 'outcome'> & { readonly state: ItemState }): boolean =>
  state === 'done' && outcome !== null && outcome !== 'superseded';

export function countsOf(counts: Partial<Record<ItemState, number>>) {
  const { undecided = 0, decided = 0, pending = 0, done = 0, failed = 0, cancelled = 0 } = counts;
  const remaining = undecided + decided + pending;
  return { total: remaining + done + failed + cancelled, undecided, done, failed, remaining };
}

export const isLedBy = ({ lead }: CaseState, { structureId, userId }: Leaving): boolean =>
  lead?.structureId === structureId && (userId === null || lead.counsellorId === userId);

/** By the event that is the outcome of an item; it names the item in `data.batchItemId`. */
export const outcomes: Readonly<Record<string, BatchOutcome>> = {
  HandoverTookEffect: 'moved',
  HandoverProposed: 'proposed',
  CaseClosed: 'closed',
};

const failures: Readonly<Record<string, string>> = {
  HandoverDeclined: 'declined',
  HandoverWithdrawn: 'withdrawn',
  HandoverExpired: 'expired',
};

/** Null: the case closed, or moved without it; nothing is left to decide. */
const failuresByCause: Readonly<Record<CancelCause, string | null>> = {
  asked: 'cancelled',
  objection: 'objection',
  structure_closed: 'recipient-not-active',
  case_closed: null,
  erased: null,
  administrative: null,
  merged: null,
};

/** The items as they stand after the event, those included that it ended. */
export function itemsAfter(items: readonly Item[], event: RecordEvent, is: CaseState): Item[] {
  const elsewhere = items.some(isWaiting) || event.type === 'PutIntoBatch';
  const after = items.map((item) => itemAfter(item, event, is, elsewhere));
  if (!isItemEvent(event) || event.type !== 'PutIntoBatch') return after;
  const { itemId: id, batchId, handoverId, leaving, proposal } = event.data;
  const put = { id, batchId, handoverId, leaving, proposal };
  return [...after, { ...put, state: 'undecided', taken: null, outcome: null, failure: null, endedAt: null }];
}

/** Of those, what the case still has to know: a proposal that nobody has answered may bring its item back. */
export const itemsLeft = (items: readonly Item[], { type, data }: RecordEvent): Item[] =>
  items.filter(
    (item) =>
      isWaiting(item) ||
      item.state === 'failed' ||
      (item.outcome === 'proposed' && !(type === 'HandoverTookEffect' && data['handoverId'] === item.handoverId)),
  );

/** @param elsewhere the case waits in another batch: what failed is to be decided on there */
function itemAfter(item: Item, event: RecordEvent, is: CaseState, elsewhere: boolean): Item {
  const { type, data, at } = event;
  const superseded: Item = { ...item, state: 'done', outcome: 'superseded', failure: null, endedAt: at };
  const failed = (failure: string): Item => ({ ...item, state: 'failed', failure, endedAt: at });
  if (isItemEvent(event) && event.data.itemId === item.id) {
    switch (event.type) {
      case 'PutIntoBatch':
        return item;
      case 'DecidedInBatch': {
        const { handoverId, taken } = event.data;
        const decided: Item = {
          ...item,
          handoverId,
          taken,
          state: 'decided',
          outcome: null,
          failure: null,
          endedAt: null,
        };
        return is.lead && !isLedBy(is, item.leaving) ? superseded : decided;
      }
      case 'SettledInBatch':
        return event.data.failure === null ? superseded : failed(event.data.failure);
      case 'TakenOutOfBatch':
        return { ...item, state: 'cancelled', outcome: null, failure: null };
    }
  }
  if (data['batchItemId'] === item.id && outcomes[type]) {
    const outcome = data['kind'] === 'internal' ? 'reassigned' : outcomes[type];
    return { ...item, state: 'done', outcome, failure: null, endedAt: at };
  }
  if (isWaiting(item)) {
    // After these a case never opens again; one that closed may, and is looked at when its turn comes.
    const isEnd = type === 'CaseErased' || type === 'MergedInto';
    // Somebody who does not leave leads it by now: their own employment would look covered by this batch.
    return isEnd || (is.lead && !isLedBy(is, item.leaving)) ? superseded : item;
  }
  if (item.state === 'failed') return type === 'PutIntoBatch' ? superseded : item;
  if (data['handoverId'] !== item.handoverId) return item;
  const failure = type === 'HandoverCancelled' ? failuresByCause[data['because'] as CancelCause] : failures[type];
  if (failure === undefined) return item;
  return failure === null || elsewhere ? superseded : failed(failure);
}
