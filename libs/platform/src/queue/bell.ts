import { setTimeout as pause } from 'node:timers/promises';
import { openQueue, ringId, shutQueue, within } from './backend';
import type { BellSettings, Ring, RingQueue } from './backend';
import type { Earshot } from './earshot';
import { Lifeline, Outage } from './lifeline';

/** Milliseconds between two batches of rings. */
const between = 20;

/**
 * The producer's side. The delivery rows hold the truth; the bell only wakes whoever drains them, so a lost ring
 * costs a delay (the worker's next tick rings again), never work. That is why nothing here may fail a command.
 */
export class Bell {
  private waiting = new Map<string, Ring>();
  private flushing: Promise<void> | undefined;

  private constructor(
    private readonly line: Lifeline<RingQueue>,
    private readonly outage: Outage,
    private readonly earshot: Earshot | undefined,
  ) {}

  /** Opens even when the server is absent (see `healthy`); rejects with QueueRefused when Redis may evict jobs. */
  static async open(settings: BellSettings): Promise<Bell> {
    const outage = new Outage('The bell cannot be rung', settings.onTrouble);
    const line = await Lifeline.open(() => openQueue(settings, (error) => outage.began(error)), shutQueue, outage);
    return new Bell(line, outage, settings.earshot);
  }

  /** Wakes `consumer` for `partition`. Never rejects, settles within about a second; no need to await it. */
  ring(consumer: string, partition: number): Promise<void> {
    return this.ringAll([{ consumer, partition }]);
  }

  /** Wakes many at once: one round trip, each (consumer, partition) once. Never rejects. */
  async ringAll(list: readonly Ring[]): Promise<void> {
    if (list.length === 0 || this.earshot?.ring(list) || !this.line.present) return;
    for (const ring of list) this.waiting.set(ringId(ring), ring);
    // The first ring goes at once; those that follow gather: under load the queue receives a batch now and then, whatever the number of commits.
    this.flushing ??= this.flushAll().finally(() => (this.flushing = undefined));
    await within(1_000, this.flushing).catch(() => undefined);
  }

  /** Whether the queue answers within a second. */
  async healthy(): Promise<boolean> {
    return !Number.isNaN(await this.depth());
  }

  /** How many drains are waiting or being worked on; NaN when the queue does not answer within a second. */
  async depth(): Promise<number> {
    if (!this.line.present) return NaN;
    try {
      const counts = await within(1_000, this.line.present.getJobCounts('waiting', 'active'));
      return (counts.waiting ?? 0) + (counts.active ?? 0);
    } catch (error) {
      this.outage.began(error);
      return NaN;
    }
  }

  async close(): Promise<void> {
    if (this.flushing) await within(1_000, this.flushing).catch(() => undefined);
    await this.line.close();
  }

  private async flushAll(): Promise<void> {
    try {
      for (let queue = this.line.present; queue && this.waiting.size > 0; queue = this.line.present) {
        const batch = [...this.waiting];
        this.waiting = new Map();
        await queue.addBulk(batch.map(([id, data]) => drainJob(id, data)));
        this.outage.ended();
        await pause(between);
      }
    } catch (error) {
      this.waiting.clear(); // the next tick rings them; keeping them would grow without bound during an outage
      this.outage.began(error);
    }
  }
}

// Plain deduplication drops a ring that comes while the drain is active, perhaps after the drain has looked: the
// wake-up would be lost. `keepLastIfActive` keeps one more drain for afterwards.
function drainJob(id: string, data: Ring) {
  return {
    name: 'drain',
    data,
    opts: { deduplication: { id, keepLastIfActive: true }, removeOnComplete: true, removeOnFail: 100 },
  };
}
