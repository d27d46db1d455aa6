import { QueueRefused } from '../../libs/platform/src/queue/backend';
import type { BellSettings } from '../../libs/platform/src/queue/backend';
import { Bell } from '../../libs/platform/src/queue/bell';
import { answerBell } from '../../libs/platform/src/queue/ringer';
import type { BellWork } from '../../libs/platform/src/queue/ringer';
import { nowhere, queueServers } from '../support/queues';
import type { QueueServer } from '../support/queues';
import { hasRedisServer, startRedis } from '../support/redis';

describe.each(queueServers())('the bell on %s', (_name, start) => {
  let server: QueueServer;
  const opened: { close(limit?: number): Promise<void> }[] = [];
  const sentences: string[] = [];

  beforeAll(async () => {
    server = await start();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close(2_000)));
    sentences.length = 0;
  });
  afterAll(() => server.stop());

  const listening = (): BellSettings => ({ ...server.settings, onTrouble: (sentence) => sentences.push(sentence) });
  const bell = async (settings = listening()) => keep(await Bell.open(settings));
  const worker = async (work: Partial<BellWork>, settings = listening()) =>
    keep(await answerBell(settings, { drain: () => Promise.resolve(), tick: () => Promise.resolve(), ...work }));
  const keep = <T extends { close(): Promise<void> }>(one: T): T => {
    opened.push(one);
    return one;
  };

  test('a ring wakes the worker for exactly that consumer and partition', async () => {
    const drained = new Calls();
    await worker({ drain: (consumer, partition) => drained.add(`${consumer} ${partition}`) });
    const ringing = await bell();
    await ringing.ring('inbox', 3);
    await drained.reach(1);
    await ringing.ringAll([
      { consumer: 'mail', partition: 0 },
      { consumer: 'mail', partition: 15 },
    ]);
    await drained.reach(3);
    expect(drained.all.sort()).toEqual(['inbox 3', 'mail 0', 'mail 15']);
  });

  test('rings that nobody has answered yet coalesce into one drain', async () => {
    const ringing = await bell();
    for (let i = 0; i < 40; i++) await ringing.ring('coalesced', 1);
    await Promise.all(Array.from({ length: 40 }, () => ringing.ring('coalesced', 1)));
    expect(await ringing.depth()).toBe(1);
    const drained = new Calls();
    await worker({ drain: (consumer) => drained.add(consumer) });
    await ringing.ring('end', 1);
    await drained.reach(2);
    expect(drained.all).toEqual(['coalesced', 'end']);
  });

  test('ringing for nothing, as every quiet tick does, does not silence the bell', async () => {
    const ringing = await bell();
    await ringing.ringAll([]);
    const drained = new Calls();
    await worker({ drain: (consumer) => drained.add(consumer) });
    await ringing.ring('after nothing', 3);
    await drained.reach(1);
    expect(drained.all).toEqual(['after nothing']);
  });

  test('rings during a drain are not lost: it is drained once more, afterwards, however many they were', async () => {
    const drained = new Calls();
    const door = new Door();
    let together = 0;
    let most = 0;
    await worker({
      drain: async (consumer, partition) => {
        if (consumer === 'busy') most = Math.max(most, ++together);
        await drained.add(`${consumer} ${partition}`);
        if (consumer === 'busy') {
          await door.opened;
          together--;
        }
      },
    });
    const ringing = await bell();
    await ringing.ring('busy', 2);
    await drained.reach(1);
    for (let i = 0; i < 20; i++) await ringing.ring('busy', 2);
    await ringing.ring('other', 2);
    await drained.reach(2);
    expect(drained.all).toEqual(['busy 2', 'other 2']); // the others do not wait for it, and it does not overtake itself
    door.open();
    await drained.reach(3);
    await ringing.ring('end', 2);
    await drained.reach(4);
    expect(drained.all).toEqual(['busy 2', 'other 2', 'busy 2', 'end 2']);
    expect(most).toBe(1);
  });

  test('a tick comes about once a second, however many workers there are', async () => {
    const ticks = new Calls();
    await worker({ tick: () => ticks.add('first') });
    await worker({ tick: () => ticks.add('second') });
    await ticks.reach(1);
    const began = performance.now();
    await ticks.reach(5);
    const elapsed = performance.now() - began;
    expect(elapsed).toBeGreaterThan(2_500);
    expect(elapsed).toBeLessThan(6_500);
  });

  test('a failing effect neither stops the next one nor leaves a word of its message in the queue', async () => {
    const drained = new Calls();
    await worker({
      drain: async (consumer) => {
        await drained.add(consumer);
        if (consumer === 'failing') throw new Error('Mme Zoé Lemoine, 06 12 34 56 78');
      },
      tick: () => Promise.reject(new Error('M. Paul Lemoine')),
    });
    const ringing = await bell();
    await ringing.ring('failing', 4);
    await drained.reach(1);
    await ringing.ring('failing', 4);
    await drained.reach(2);
    await ringing.ring('next', 4);
    await drained.reach(3);
    expect(await server.contents()).not.toContain('Lemoine');
    expect(sentences.join()).not.toContain('Lemoine');
    expect(sentences).toContainEqual(expect.stringContaining('failed'));
  });

  test('closing waits for the drain that runs', async () => {
    const drained = new Calls();
    const door = new Door();
    const finished = new Calls();
    const working = await worker({
      drain: async () => {
        await drained.add('begun');
        await door.opened;
        await finished.add('finished');
      },
    });
    await (await bell()).ring('slow', 5);
    await drained.reach(1);
    const closing = working.close(5_000);
    door.open();
    await closing;
    expect(finished.all).toEqual(['finished']);
  });

  test('closing does not hang on a drain that never ends, and its work is taken up by another worker', async () => {
    const begun = new Calls();
    const stuck = await worker({ drain: () => begun.add('stuck').then(() => new Promise<void>(() => undefined)) });
    await (await bell()).ring('endless', 6);
    await begun.reach(1);
    const began = performance.now();
    await stuck.close(300);
    expect(performance.now() - began).toBeLessThan(4_000);
    const again = new Calls();
    await worker({ drain: (consumer) => again.add(consumer) });
    await again.reach(1, 25_000);
    expect(again.all).toEqual(['endless']);
  });

  test('a server that is absent at the start stops nothing: the worker ticks by itself', async () => {
    const settings = { ...(await nowhere(server.settings)), onTrouble: (sentence: string) => sentences.push(sentence) };
    const ticks = new Calls();
    const [ringing] = await Promise.all([bell(settings), worker({ tick: () => ticks.add('tick') }, settings)]);
    expect(await ringing.healthy()).toBe(false);
    await ringing.ring('inbox', 1);
    await ticks.reach(1, 12_000);
    expect(sentences).toHaveLength(2); // once for the bell, once for the worker
    expect(sentences.join()).toContain('ECONNREFUSED');
    expect(sentences.join()).not.toMatch(/:\/\/|queue:queue/);
  });

  test('an outage stops no process and no clock, and ends by itself', async () => {
    if (!server.outage) return expect(process.env.REDIS_URL).toBeDefined(); // not ours to stop
    const drained = new Calls();
    const ticks = new Calls();
    await worker({ drain: (consumer) => drained.add(consumer), tick: () => ticks.add('tick') });
    const ringing = await bell();
    await ringing.ring('before', 1);
    await drained.reach(1);
    expect(await ringing.healthy()).toBe(true);

    await server.outage.begin();
    const began = performance.now();
    await Promise.all(Array.from({ length: 50 }, (_, i) => ringing.ring('during', i % 16)));
    expect(performance.now() - began).toBeLessThan(1_500); // a request does not wait for the queue
    expect(await ringing.healthy()).toBe(false);
    expect(await ringing.depth()).toBeNaN();
    await ticks.reach(ticks.all.length + 1, 12_000);

    await server.outage.end();
    await until(() => ringing.healthy(), 10_000);
    await ringing.ring('after', 1);
    await until(() => Promise.resolve(drained.all.includes('after')), 15_000);
    // The schedule is back, though Redis has lost it: alone, the worker would tick every five seconds.
    await until(() => Promise.resolve(ticks.within(4_000) >= 4), 20_000);
    expect(sentences.length).toBeLessThan(12); // begun and ended, not once per attempt
  });

  test('closing does not hang while the server is away', async () => {
    if (!server.outage) return expect(process.env.REDIS_URL).toBeDefined(); // not ours to stop
    const working = await worker({});
    const ringing = await bell();
    await ringing.ring('inbox', 1);
    await server.outage.begin();
    try {
      const began = performance.now();
      await Promise.all([working.close(500), ringing.close()]);
      expect(performance.now() - began).toBeLessThan(5_000);
    } finally {
      await server.outage.end();
    }
  });
});

// queueServers() has already said aloud, or refused, that there is no redis-server.
if (hasRedisServer()) {
  test('a Redis that may evict jobs is refused by the api and by the worker, with a sentence that says what to change', async () => {
    const redis = await startRedis('allkeys-lru');
    try {
      const settings = { redisUrl: redis.url };
      const work = { drain: () => Promise.resolve(), tick: () => Promise.resolve() };
      await expect(Bell.open(settings)).rejects.toThrow(QueueRefused);
      await expect(answerBell(settings, work)).rejects.toThrow(/"allkeys-lru".*config set maxmemory-policy noeviction/);
    } finally {
      await redis.kill();
    }
  });
}

/** What was called, and a way to wait until it was called often enough. */
class Calls {
  readonly all: string[] = [];
  private readonly at: number[] = [];
  private waiting: { count: number; done: () => void }[] = [];

  add(call: string): Promise<void> {
    this.all.push(call);
    this.at.push(performance.now());
    for (const one of this.waiting) if (this.all.length >= one.count) one.done();
    return Promise.resolve();
  }

  /** How many came in the last `milliseconds`. */
  within(milliseconds: number): number {
    return this.at.filter((at) => performance.now() - at < milliseconds).length;
  }

  async reach(count: number, limit = 10_000): Promise<void> {
    if (this.all.length >= count) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((done, fail) => {
      timer = setTimeout(
        () => fail(new Error(`expected ${count} calls, saw: ${this.all.join(', ') || 'none'}`)),
        limit,
      );
      this.waiting.push({ count, done });
    }).finally(() => clearTimeout(timer));
  }
}

/** Shut until it is opened. */
class Door {
  open!: () => void;
  readonly opened = new Promise<void>((open) => (this.open = open));
}

async function until(condition: () => Promise<boolean>, limit: number): Promise<void> {
  const deadline = performance.now() + limit;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`still not so after ${limit} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
