import { awake, openQueue, openWorker, shutQueue, shutWorker, within } from './backend';
import type { BellSettings, RingQueue, RingWorker } from './backend';
import { Lifeline, Outage } from './lifeline';
import { Vigil, type Looked } from './vigil';

/** What the worker does when the bell rings. Both are idempotent and decide from rows, never from the job. */
export interface BellWork {
  /** Does whatever is due of all deliveries. */
  look(): Promise<Looked>;
  /** Looks at the clock: timers that are due, chores. Whatever was not rung is looked for beside it. */
  tick(): Promise<void>;
}

const tickEvery = 1_000;
const silence = 5_000;

/**
 * The worker's side: answers rings, ticks about once a second across all workers together. When no tick has come for
 * five seconds (Redis lost its data, or is away) it restores the schedule and ticks here: reminders do not need the
 * queue. Starts although the server is absent; rejects with QueueRefused when Redis may evict jobs.
 */
export async function answerBell(
  settings: BellSettings,
  work: BellWork,
): Promise<{ close(limit?: number): Promise<void> }> {
  const outage = new Outage('The worker does not hear the bell', settings.onTrouble);
  const failure = new Outage('A look or a tick failed', settings.onTrouble);
  const onError = (error: Error) => outage.began(error);
  let heard = performance.now();
  let ticking: Promise<void> | undefined;

  // An effect's error must not reach BullMQ: it would store message and stack, in clear. What failed is written by the
  // deliveries themselves, and the next tick rings again.
  const attempt = async <T>(piece: () => Promise<T>): Promise<T | undefined> => {
    try {
      const done = await piece();
      failure.ended();
      return done;
    } catch (error) {
      failure.began(error);
      return undefined;
    }
  };

  const vigil = new Vigil(async () => (await attempt(() => work.look())) ?? { due: 0, done: 0 });

  // A tick that lasts longer than a second is not started twice in one process.
  const tick = (): Promise<void> => {
    heard = performance.now();
    ticking ??= attempt(() => work.tick()).finally(() => (ticking = undefined));
    vigil.wake();
    return ticking;
  };

  const line = await Lifeline.open(() => openBoth(), shutBoth, outage);
  settings.earshot?.listen(() => vigil.wake());
  const watch = setInterval(() => {
    if (performance.now() - heard < silence) return;
    if (line.present) void schedule(line.present.queue).catch(onError);
    void tick();
  }, tickEvery);

  return {
    /** Takes nothing new, lets what runs finish for at most `limit` milliseconds, then drops the connections. */
    async close(limit = 10_000) {
      clearInterval(watch);
      settings.earshot?.leave();
      const finishing = Promise.all([vigil.end(), line.present?.worker.pause(), ticking]);
      await within(limit, finishing).catch(() => undefined);
      await line.close();
    },
  };

  async function openBoth(): Promise<{ queue: RingQueue; worker: RingWorker }> {
    const queue = await openQueue(settings, onError);
    try {
      await schedule(queue);
      const worker = await openWorker(settings, answer, tuning, onError);
      return { queue, worker };
    } catch (error) {
      await shutQueue(queue);
      throw error;
    }
  }

  async function answer({ name }: { name: string }): Promise<void> {
    outage.ended();
    // Of an api of the version before, a ring has another name.
    // Not waited for: a tick that takes its time would keep this worker from hearing who rings.
    if (name === 'tick') void tick();
    else vigil.wake(awake);
  }
}

const schedule = (queue: RingQueue) =>
  queue.upsertJobScheduler(
    'tick',
    { every: tickEvery },
    { name: 'tick', opts: { removeOnComplete: true, removeOnFail: 100 } },
  );

async function shutBoth({ queue, worker }: { queue: RingQueue; worker: RingWorker }): Promise<void> {
  await Promise.all([shutWorker(worker), shutQueue(queue)]);
}

/**
 * A killed worker holds its ring until its lock ends: 10 + 5 seconds here, 60 with the defaults; the ticks are answered by
 * others meanwhile. After a lost connection the worker looks again after a second, not after 15.
 */
const tuning = {
  concurrency: 2,
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000,
  runRetryDelay: 1_000,
};
