import { openQueue, quiet, shutQueue, within } from './backend';
import type { BellSettings, RingQueue } from './backend';
import type { Earshot } from './earshot';
import { Lifeline, Outage } from './lifeline';

/**
 * The producer's side. The delivery rows hold the truth; the bell only wakes whoever looks for them, so a lost ring
 * costs a delay (the next tick looks too), never work. That is why nothing here may fail a command.
 */
export class Bell {
  /** Until then whoever heard the last ring is awake, and finds what is written now. */
  private heardUntil = 0;
  private ringing: Promise<void> | undefined;

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

  /** Wakes a worker: something has been written. Never rejects, settles within about a second; no need to await it. */
  async ring(): Promise<void> {
    const queue = this.line.present;
    if (this.earshot?.ring() || !queue || performance.now() < this.heardUntil) return;
    this.heardUntil = performance.now() + quiet;
    this.ringing = within(1_000, queue.add(...wake)).then(
      () => this.outage.ended(),
      (error: unknown) => this.outage.began(error),
    );
    await this.ringing;
  }

  /** Whether the queue answers within a second. */
  async healthy(): Promise<boolean> {
    return !Number.isNaN(await this.depth());
  }

  /** How many rings and ticks are waiting or being answered; NaN when the queue does not answer within a second. */
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
    await this.ringing;
    await this.line.close();
  }
}

// Plain deduplication drops a ring that comes while a worker is just answering one; if that worker has died, nobody would hear of it until its lock ends.
// `keepLastIfActive` keeps one more for afterwards.
const wake = [
  'wake',
  {},
  { deduplication: { id: 'wake', keepLastIfActive: true }, removeOnComplete: true, removeOnFail: 100 },
] as const;
