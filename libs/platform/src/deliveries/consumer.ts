import type { Instant, RecordEvent, Uuid } from '@fil-rouge/kernel';
import type { Transaction } from '../database';
import type { Consumed } from '../records/commit';
import { partitionOf, type ConsumerInterest } from '../records/slices';

/**
 * An effect of events, run by the worker. Its class says in a static `interest` what it waits for: a process that only writes deliveries makes none. It has one of the two:
 *   effect   rows written in the very transaction that deletes the delivery: done exactly once
 *   command  a decision that passes `consumes` on: the commit deletes the delivery, or is refused when it is gone
 */
export abstract class Consumer implements ConsumerInterest {
  get name(): string {
    return interestOf(this).name;
  }

  get events(): readonly string[] {
    return interestOf(this).events;
  }

  effect?(event: RecordEvent, transaction: Transaction, now: Instant): Promise<void>;
  /** The same of many at once, where that costs less than one after the other; in their order. When it fails, each is done by `effect`, to see which one does. */
  effects?(events: readonly RecordEvent[], transaction: Transaction, now: Instant): Promise<void>;
  /** @param target the record the delivery is for: the event's own, or one that an effect fanned out to */
  command?(event: RecordEvent, consumes: Consumed, target: Uuid): Promise<void>;
}

const interestOf = (consumer: Consumer): ConsumerInterest =>
  (consumer.constructor as unknown as { readonly interest: ConsumerInterest }).interest;

/** One delivery per record, for an effect that concerns many: each then succeeds, fails and is retried on its own. Due at once, as those of a commit. */
export async function fanOut(
  transaction: Transaction,
  consumer: string,
  event: RecordEvent,
  streams: readonly Uuid[],
  now: Instant,
): Promise<void> {
  await transaction.query(
    `insert into delivery (consumer, partition, stream_id, event_id, seq, created_at, next_at)
     select $1, t.partition, t.stream, $2, $3, $4, '-infinity' from unnest($5::uuid[], $6::smallint[]) as t(stream, partition)`,
    [consumer, event.id, event.seq, now, streams, streams.map(partitionOf)],
  );
}
