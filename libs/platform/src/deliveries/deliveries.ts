import { Injectable } from '@nestjs/common';
import type { RecordEvent, RecordKind, Uuid } from '@fil-rouge/kernel';
import { Clock } from '../clock';
import { Database, type Transaction } from '../database';
import { Log } from '../operations/log';
import type { Looked } from '../queue';
import { readEvent, type LogRow } from '../records/log';
import { Sealing } from '../records/sealing';
import { Slices } from '../records/slices';
import type { Consumer } from './consumer';
import { Consumers } from './consumers';

/** Rows of one transaction; of each partition in it the same share. */
const batch = 100;
/** Failed that often, a delivery is parked with its reason until an administrator replays it; it holds only its own consumer and record. */
const mostAttempts = 8;
/** Partitions of one consumer that are done in one transaction after the other; more of them at once, when more are due. */
const perLane = 4;

/** Milliseconds. A transaction that idles longer than 30 s is ended by the database, with the locks in it. */
const longest = 10_000;

const next = 'select id, target, attempts, kind, event from next_in_lines($1, $2::smallint[], $3, $4)';

const done = 'delete from delivery where id = any($1)';

interface Line {
  readonly consumer: string;
  readonly partitions: readonly number[];
}

interface Claimed {
  id: string;
  target: Uuid;
  attempts: number;
  kind: RecordKind;
  event: LogRow;
}

/** The whole batch was taken back; nothing is known yet of which one it was. */
class EffectFailed extends Error {}

/** The worker's side of deliveries: takes the next of each line, runs effects, and puts off what failed. */
@Injectable()
export class Deliveries {
  /** Consumers. */
  private readonly atWork = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
    private readonly slices: Slices,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Does what is due of every consumer; of one that this process is at already, nothing. Where other workers are at a partition it is left to them.
   * What is written meanwhile is for the next look.
   */
  async look(): Promise<Looked> {
    const lines = await this.database.query<Line>('delivery_lines', 'select consumer, partitions from lines_due($1)', [
      this.clock.now(),
    ]);
    const open = lines.filter(({ consumer }) => !this.atWork.has(consumer));
    const counts = await Promise.all(open.map((line) => this.drain(line)));
    return { due: lines.length, done: counts.reduce((sum, count) => sum + count, 0) };
  }

  private async drain({ consumer, partitions }: Line): Promise<number> {
    const handler = this.consumers.named(consumer);
    if (!handler) return 0;
    this.atWork.add(consumer);
    try {
      if ('command' in handler) return await this.alone(handler, partitions, (held) => this.drainLanes(handler, held));
      return await this.drainLanes(handler, partitions);
    } finally {
      this.atWork.delete(consumer);
    }
  }

  /**
   * A command commits on a connection of its own, so that the locks of its claim end before it begins. What keeps other workers from doing the same for
   * nothing stands in a transaction around all of it: one connection, and no row is locked by it.
   */
  private alone(
    { name }: Consumer,
    partitions: readonly number[],
    work: (held: readonly number[]) => Promise<number>,
  ): Promise<number> {
    return this.database.transaction(async (transaction) => {
      const held = await transaction.query<{ partition: number }>(
        'select partition from unnest($2::smallint[]) partition where pg_try_advisory_xact_lock(hashtext($1), partition)',
        [`commands of ${name}`, partitions],
      );
      return held.length === 0 ? 0 : work(held.map(({ partition }) => partition));
    });
  }

  private async drainLanes(handler: Consumer, partitions: readonly number[]): Promise<number> {
    const ended = await Promise.allSettled(lanesOf(partitions).map((lane) => this.drainLane(handler, lane)));
    for (const lane of ended) if (lane.status === 'rejected') throw lane.reason;
    return ended.reduce((sum, lane) => sum + (lane.status === 'fulfilled' ? lane.value : 0), 0);
  }

  /** Until less is due than would be taken at once, or for long enough: what is left is for the next look. */
  private async drainLane(handler: Consumer, partitions: readonly number[]): Promise<number> {
    const began = performance.now();
    for (let sum = 0; ;) {
      const count = await this.drainBatch(handler, partitions);
      sum += count;
      if (count < shareOf(partitions) || performance.now() - began > longest) return sum;
    }
  }

  private async drainBatch(handler: Consumer, partitions: readonly number[]): Promise<number> {
    if ('command' in handler) return this.drainCommands(handler, partitions);
    try {
      return await this.drainEffects(handler, partitions);
    } catch (error) {
      if (error instanceof EffectFailed) return this.drainCarefully(handler, partitions);
      throw error;
    }
  }

  /** Effects of a batch and the deletion of their rows are one transaction. Almost none fails: only when one has, all are done again carefully. */
  private drainEffects(handler: Consumer, partitions: readonly number[]): Promise<number> {
    return this.database.transaction(async (transaction) => {
      const line = await this.claim(transaction, handler, partitions);
      if (line.length === 0) return 0;
      try {
        await this.takeEffect(handler, line, transaction);
      } catch {
        throw new EffectFailed();
      }
      await transaction.query(done, [line.map(({ id }) => id)]);
      return line.length;
    });
  }

  private async takeEffect(handler: Consumer, line: readonly Claimed[], transaction: Transaction): Promise<void> {
    const events = line.map((one) => this.eventOf(one));
    if (handler.effects) return handler.effects(events, transaction, this.clock.now());
    for (const event of events) await handler.effect?.(event, transaction, this.clock.now());
  }

  /** Each within a savepoint of its own, which costs two more round trips. */
  private async drainCarefully(handler: Consumer, partitions: readonly number[]): Promise<number> {
    const failures: { claimed: Claimed; error: unknown }[] = [];
    const claimed = await this.database.transaction(async (transaction) => {
      const line = await this.claim(transaction, handler, partitions);
      const held = new Set<Uuid>();
      const ids: string[] = [];
      for (const one of line) {
        if (held.has(one.target)) continue;
        await transaction.query('savepoint effect');
        try {
          await handler.effect?.(this.eventOf(one), transaction, this.clock.now());
          ids.push(one.id);
        } catch (error) {
          await transaction.query('rollback to savepoint effect');
          held.add(one.target);
          failures.push({ claimed: one, error });
          await this.putOff(transaction, one, error);
        }
      }
      if (ids.length > 0) await transaction.query(done, [ids]);
      return line.length;
    });
    for (const { claimed: one, error } of failures) this.warn(handler, one, error);
    return claimed;
  }

  /** A command's commit deletes the delivery itself: no lock is held here, and whoever commits first has done it. */
  private async drainCommands(handler: Consumer, partitions: readonly number[]): Promise<number> {
    const line = await this.database.transaction((transaction) => this.claim(transaction, handler, partitions));
    const held = new Set<Uuid>();
    for (const one of line) {
      if (held.has(one.target)) continue;
      try {
        await handler.command?.(this.eventOf(one), { delivery: one.id }, one.target);
      } catch (error) {
        held.add(one.target);
        this.warn(handler, one, error);
        await this.database.transaction((transaction) => this.putOff(transaction, one, error));
      }
    }
    return line.length;
  }

  private claim(transaction: Transaction, { name }: Consumer, partitions: readonly number[]): Promise<Claimed[]> {
    return transaction.query<Claimed>(next, [name, partitions, this.clock.now(), shareOf(partitions)]);
  }

  private warn({ name }: Consumer, { id }: Claimed, error: unknown): void {
    this.log.warn({ consumer: name, delivery: id, error: nameOf(error) }, 'an effect failed and will be tried again');
  }

  private eventOf({ kind, event }: Claimed): RecordEvent {
    return readEvent(this.slices, this.sealing, kind, null, event);
  }

  /** 2, 4, 8 … seconds, counted once however many have failed at it; the reason names the error and never quotes it: a message may carry a value. */
  private async putOff(transaction: Transaction, { id, attempts }: Claimed, error: unknown): Promise<void> {
    const next = new Date(Date.parse(this.clock.now()) + 1000 * 2 ** (attempts + 1));
    const parked = attempts + 1 >= mostAttempts;
    await transaction.query(
      'update delivery set attempts = attempts + 1, next_at = $2, parked_at = $3, parked_reason = $4 where id = $1 and attempts = $5',
      [id, next.toISOString(), parked ? this.clock.now() : null, parked ? nameOf(error) : null, attempts],
    );
  }
}

const shareOf = (partitions: readonly number[]): number => Math.ceil(batch / partitions.length);

/** Alike in length. */
function lanesOf(partitions: readonly number[]): number[][] {
  const lanes = Math.ceil(partitions.length / perLane);
  return Array.from({ length: lanes }, (_, lane) => partitions.filter((_one, place) => place % lanes === lane));
}

const nameOf = (error: unknown): string => {
  const { name, code } = error as { name?: string; code?: string };
  return [name ?? 'Error', code].filter(Boolean).join(' ');
};
