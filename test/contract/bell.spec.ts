import { QueueRefused } from '../../libs/platform/src/queue/backend';
import type { BellSettings } from '../../libs/platform/src/queue/backend';
import { Bell } from '../../libs/platform/src/queue/bell';
import { answerBell } from '../../libs/platform/src/queue/ringer';
import type { BellWork } from '../../libs/platform/src/queue/ringer';
import type { Looked } from '../../libs/platform/src/queue/vigil';
import { nowhere, queueServers } from '../support/queues';
import type { QueueServer } from '../support/queues';
import { hasRedisServer, startRedis } from '../support/redis';
import { until } from '../support/until';

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
  /** Its looks find nothing, unless told otherwise. */
  const worker = async (work: Partial<BellWork>, settings = listening()) =>
    keep(await answerBell(settings, { look: () => Promise.resolve(nothing), tick: () => Promise.resolve(), ...work }));
  const keep = <T extends { close(): Promise<void> }>(one: T): T => {
    opened.push(one);
    return one;
  };

  test('a ring wakes one worker, which goes on looking for a while, and then sleeps', async () => {
    const both = [new Calls(), new Calls()];
    for (const looks of both) await worker({ look: () => looks.add('look').then(() => nothing) });
    // Asleep, they look with a tick, about once a second.
    const awake = () => both.filter((looks) => looks.within(300) > 5).length;
    const sleeping = () => Promise.resolve(both.every((looks) => looks.within(500) < 3));
    const ringing = await bell();
    for (let ring = 0; ring < 3; ring++) {
      await until(sleeping, 10_000);
      await ringing.ring();
      await until(() => Promise.resolve(awake() > 0), 10_000);
      expect(awake()).toBe(1);
    }
    await until(sleeping, 10_000);
  });

  test('whoever rings while somebody is awake rings once, however much is written', async () => {
    const ringing = await bell();
    for (let i = 0; i < 40; i++) await ringing.ring();
    await Promise.all(Array.from({ length: 40 }, () => ringing.ring()));
    expect(await ringing.depth()).toBe(1);
    const others = await Promise.all(Array.from({ length: 4 }, () => bell()));
    await Promise.all(others.map((other) => other.ring()));
    expect(await ringing.depth()).toBe(1);
    const looks = new Calls();
    await worker({ look: () => looks.add('look').then(() => nothing) });
    await looks.reach(1);
  });

  test('what is written while the worker looks is looked for once more', async () => {
    const looks = new Calls();
    const door = new Door();
    await worker({
      look: async () => {
        await looks.add('look');
        if (looks.all.length === 1) await door.opened;
        return nothing;
      },
    });
    const ringing = await bell();
    await ringing.ring();
    await looks.reach(1);
    door.open();
    await looks.reach(2);
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

  test('a failing look neither stops the next one nor leaves a word of its message in the queue', async () => {
    const looks = new Calls();
    await worker({
      look: async () => {
        await looks.add('look');
        throw new Error('Mme Zoé Lemoine, 06 12 34 56 78');
      },
      tick: () => Promise.reject(new Error('M. Paul Lemoine')),
    });
    const ringing = await bell();
    await ringing.ring();
    await looks.reach(3);
    expect(await server.contents()).not.toContain('Lemoine');
    expect(sentences.join()).not.toContain('Lemoine');
    expect(sentences).toContainEqual(expect.stringContaining('failed'));
  });

  test('closing waits for the look that goes on', async () => {
    const looks = new Calls();
    const door = new Door();
    const finished = new Calls();
    const working = await worker({
      look: async () => {
        await looks.add('begun');
        await door.opened;
        await finished.add('finished');
        return nothing;
      },
    });
    await (await bell()).ring();
    await looks.reach(1);
    const closing = working.close(5_000);
    door.open();
    await closing;
    expect(finished.all).toHaveLength(looks.all.length);
  });

  test('closing does not hang on a look that never ends, and another worker hears the next ring', async () => {
    const begun = new Calls();
    const stuck = await worker({ look: () => begun.add('stuck').then(() => new Promise<Looked>(() => undefined)) });
    await (await bell()).ring();
    await begun.reach(1);
    const began = performance.now();
    await stuck.close(300);
    expect(performance.now() - began).toBeLessThan(4_000);
    const again = new Calls();
    await worker({ look: () => again.add('look').then(() => nothing) });
    await (await bell()).ring();
    await until(() => Promise.resolve(again.within(300) > 5), 25_000);
  });

  test('a server that is absent at the start stops nothing: the worker ticks by itself', async () => {
    const settings = { ...(await nowhere(server.settings)), onTrouble: (sentence: string) => sentences.push(sentence) };
    const ticks = new Calls();
    const [ringing] = await Promise.all([bell(settings), worker({ tick: () => ticks.add('tick') }, settings)]);
    expect(await ringing.healthy()).toBe(false);
    await ringing.ring();
    await ticks.reach(1, 12_000);
    expect(sentences).toHaveLength(2); // once for the bell, once for the worker
    expect(sentences.join()).toContain('ECONNREFUSED');
    expect(sentences.join()).not.toMatch(/:\/\/|queue:queue/);
  });

  test('an outage stops no process and no clock, and ends by itself', async () => {
    if (!server.outage) return expect(process.env.REDIS_URL).toBeDefined(); // not ours to stop
    const looks = new Calls();
    const ticks = new Calls();
    await worker({ look: () => looks.add('look').then(() => nothing), tick: () => ticks.add('tick') });
    const ringing = await bell();
    await ringing.ring();
    await looks.reach(1);
    expect(await ringing.healthy()).toBe(true);

    await server.outage.begin();
    const began = performance.now();
    await Promise.all(Array.from({ length: 50 }, () => ringing.ring()));
    expect(performance.now() - began).toBeLessThan(1_500); // a request does not wait for the queue
    expect(await ringing.healthy()).toBe(false);
    expect(await ringing.depth()).toBeNaN();
    await ticks.reach(ticks.all.length + 1, 12_000);

    await server.outage.end();
    await until(() => ringing.healthy(), 10_000);
    await ringing.ring();
    // A look in twenty milliseconds: somebody is awake. Of a tick alone there is one in a second.
    await until(async () => {
      await ringing.ring();
      return looks.within(300) > 5;
    }, 15_000);
    // The schedule is back, though Redis has lost it: alone, the worker would tick every five seconds.
    await until(() => Promise.resolve(ticks.within(4_000) >= 4), 20_000);
    expect(sentences.length).toBeLessThan(12); // begun and ended, not once per attempt
  });

  test('closing does not hang while the server is away', async () => {
    if (!server.outage) return expect(process.env.REDIS_URL).toBeDefined(); // not ours to stop
    const working = await worker({});
    const ringing = await bell();
    await ringing.ring();
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
      const work = { look: () => Promise.resolve(nothing), tick: () => Promise.resolve() };
      await expect(Bell.open(settings)).rejects.toThrow(QueueRefused);
      await expect(answerBell(settings, work)).rejects.toThrow(/"allkeys-lru".*config set maxmemory-policy noeviction/);
    } finally {
      await redis.kill();
    }
  });
}

const nothing: Looked = { due: 0, done: 0 };

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
