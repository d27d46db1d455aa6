import { Injectable } from '@nestjs/common';
import type { RecordEvent, RecordKind, Uuid } from '@fil-rouge/kernel';
import { Clock } from '../clock';
import { Database, type Transaction } from '../database';
import { Log } from '../operations/log';
import { readEvent, type LogRow } from '../records/log';
import { Sealing } from '../records/sealing';
import { Slices } from '../records/slices';
import type { Consumer } from './consumer';
import { Consumers } from './consumers';

const batch = 100;
/** Failed that often, a delivery is parked with its reason until an administrator replays it; it holds only its own consumer and record. */
const mostAttempts = 8;

/**
 * The head of each record's line, for one consumer and partition. `skip locked` alone would let a second worker take the second row of a
 * record whose first is being worked on: `not exists (older)` keeps the order, a parked head holds its line.
 */
const claimHeads = `
  select d.id, d.consumer, d.stream_id as target, d.attempts, s.kind, to_jsonb(e) || '{"sealed": []}' as event
  from delivery d join event e on e.id = d.event_id join lateral (select record_kind(e.stream_id) as kind) s on true
  where d.consumer = $1 and d.partition = $2 and d.parked_at is null and d.next_at <= $3
    and not exists (select from delivery o where o.consumer = d.consumer and o.stream_id = d.stream_id and o.id < d.id)
  order by d.id limit ${batch} for update of d skip locked`;

interface Claimed {
  id: string;
  consumer: string;
  target: Uuid;
  attempts: number;
  kind: RecordKind;
  event: LogRow;
}

/** The worker's side of deliveries: takes heads of lines, runs effects, and puts off what failed. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
    private readonly slices: Slices,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Works until nothing is due in this partition. Effects of a batch share a transaction, each within a savepoint of its own. */
  async drain(consumer: string, partition: number): Promise<void> {
    while ((await this.drainBatch(consumer, partition)) > 0);
  }

  /** (consumer, partition) pairs with something due: what nobody rang, or what failed and may be tried again. */
  async overdue(): Promise<{ consumer: string; partition: number }[]> {
    return this.database.query('delivery_overdue', 'select distinct consumer, partition from delivery where parked_at is null and next_at <= $1', [this.clock.now()]);
  }

  private async drainBatch(consumer: string, partition: number): Promise<number> {
    const handler = this.consumers.named(consumer);
    if (!handler) return 0;
    if ('command' in handler) return this.drainCommands(consumer, partition, handler);
    let failed: { claimed: Claimed; error: unknown } | undefined;
    const done = await this.database.transaction(async (transaction) => {
      const heads = await transaction.query<Claimed>(claimHeads, [consumer, partition, this.clock.now()]);
      for (const claimed of heads) {
        await transaction.query('savepoint effect');
        try {
          await handler.effect?.(this.eventOf(claimed), transaction, this.clock.now());
          await transaction.query('delete from delivery where id = $1', [claimed.id]);
        } catch (error) {
          await transaction.query('rollback to savepoint effect');
          failed = { claimed, error };
          await this.putOff(transaction, claimed, error);
        }
      }
      return heads.length;
    });
    if (failed) this.log.warn({ consumer, delivery: failed.claimed.id, error: nameOf(failed.error) }, 'an effect failed and will be tried again');
    return done;
  }

  /** A command's commit deletes the delivery itself: no lock is held here, and whoever commits first has done it. */
  private async drainCommands(consumer: string, partition: number, handler: Consumer): Promise<number> {
    const heads = await this.database.transaction((transaction) => transaction.query<Claimed>(claimHeads, [consumer, partition, this.clock.now()]));
    for (const claimed of heads) {
      try {
        await handler.command?.(this.eventOf(claimed), { delivery: claimed.id }, claimed.target);
      } catch (error) {
        this.log.warn({ consumer, delivery: claimed.id, error: nameOf(error) }, 'an effect failed and will be tried again');
        await this.database.transaction((transaction) => this.putOff(transaction, claimed, error));
      }
    }
    return heads.length;
  }

  private eventOf({ kind, event }: Claimed): RecordEvent {
    return readEvent(this.slices, this.sealing, kind, null, event);
  }

  /** 2, 4, 8 … seconds; the reason names the error and never quotes it: a message may carry a value. */
  private async putOff(transaction: Transaction, { id, attempts }: Claimed, error: unknown): Promise<void> {
    const next = new Date(Date.parse(this.clock.now()) + 1000 * 2 ** (attempts + 1));
    const parked = attempts + 1 >= mostAttempts;
    await transaction.query(
      'update delivery set attempts = attempts + 1, next_at = $2, parked_at = $3, parked_reason = $4 where id = $1',
      [id, next.toISOString(), parked ? this.clock.now() : null, parked ? nameOf(error) : null],
    );
  }
}

const nameOf = (error: unknown): string => {
  const { name, code } = error as { name?: string; code?: string };
  return [name ?? 'Error', code].filter(Boolean).join(' ');
};

