import type { RecordEvent } from '@fil-rouge/kernel';
import { fanOut, newId, Database, Timers } from '@fil-rouge/platform';
import {
  deliveries,
  done,
  failing,
  platform,
  query,
  records,
  smallStore,
  take,
  upcasters,
  type Whole,
} from './record-store-story';

describe('what follows a commit', () => {
  smallStore();

  const drainAll = async (worker = deliveries) => {
    while ((await worker.look()).done > 0);
  };

  it('does each effect once and in the order of its record, with several workers at it', async () => {
    const streams = [newId(), newId(), newId()];
    for (const stream of streams) await take(stream, 5, true);
    await Promise.all([drainAll(), drainAll(), drainAll()]);
    await drainAll();
    for (const stream of streams)
      expect(done.filter((effect) => effect.stream === stream).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(await query(`select id from delivery where consumer = 'counting'`)).toEqual([]);
  });

  it('does what is due in all partitions with a few transactions, not one for each', async () => {
    // Three in each of sixteen.
    const streams = Array.from({ length: 48 }, (_, n) => newId().replace(/.$/, (n % 16).toString(16)));
    for (const stream of streams) await take(stream, 1, true);
    const database = platform.app.get(Database);
    const opened = jest.spyOn(database, 'transaction');
    await deliveries.look();
    expect(done).toHaveLength(48);
    expect(opened).toHaveBeenCalledTimes(4);
    opened.mockRestore();
  });

  it('leaves a partition to the worker that is at it, does the others, and comes back', async () => {
    const [theirs, ours] = [newId().replace(/.$/, 'a'), newId().replace(/.$/, 'b')];
    for (const stream of [theirs, ours]) await take(stream, 2, true);
    const found = await platform.app.get(Database).transaction(async (transaction) => {
      await transaction.query(`select from next_in_lines('counting', '{10}', $1, 100)`, [platform.clock.now()]);
      return deliveries.look();
    });
    expect(found.done).toBe(2);
    expect(done.map(({ stream }) => stream)).toEqual([ours, ours]);
    await drainAll();
    expect(done.map(({ stream, seq }) => `${stream} ${seq}`).slice(2)).toEqual([`${theirs} 1`, `${theirs} 2`]);
  });

  it('tells an effect what an event of an older schema says now', async () => {
    const stream = newId();
    await take(stream, 1, true);
    upcasters['NoteTaken@1'] = (data) => ({ ...data, paper: 'A4' });
    try {
      await drainAll();
    } finally {
      delete upcasters['NoteTaken@1'];
    }
    expect(done.filter((one) => one.stream === stream).map(({ data }) => data)).toEqual([{ paper: 'A4' }]);
  });

  it('puts off an effect that fails, then parks it, holding only its own record', async () => {
    const [bad, good] = [newId(), newId()];
    failing.stream = bad;
    await take(bad, 2, true);
    await take(good, 1, true);
    for (let round = 0; round < 10; round++) {
      await drainAll();
      platform.clock.advance({ minutes: 30 });
    }
    expect(done.map(({ stream }) => stream)).toEqual([good]);
    const [parked] = await query<{ parked_reason: string; attempts: number }>(
      'select parked_reason, attempts from delivery where parked_at is not null',
    );
    expect(parked).toMatchObject({ parked_reason: 'Error', attempts: 8 });
    failing.stream = null;
    await query('update delivery set parked_at = null, attempts = 0, next_at = created_at');
    await drainAll();
    expect(done.filter(({ stream }) => stream === bad).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  // The database's own clock is somewhere between the two: it has no part in it.
  it.each([
    ['ahead of', '2101', '2001'],
    ['behind', '2001', '2101'],
  ])(
    'does an effect at once when the clock of who commits is a century %s that of who does it',
    async (_, here, there) => {
      const before = platform.clock.now();
      const [stream, other] = [newId(), newId()];
      platform.clock.set(`${here}-01-01T00:00:00.000Z`);
      await take(stream, 1, true);
      const [event] = (await query('select * from event where stream_id = $1', [stream])) as [object];
      await platform.app
        .get(Database)
        .transaction((transaction) =>
          fanOut(transaction, 'counting', event as RecordEvent, [other], platform.clock.now()),
        );
      platform.clock.set(`${there}-01-01T00:00:00.000Z`);
      await drainAll();
      expect(done.map((effect) => effect.stream)).toEqual([stream, stream]);
      expect(await query('select id from delivery where stream_id = any($1)', [[stream, other]])).toEqual([]);
      platform.clock.set(before);
    },
  );

  it('rings a timer once, however many workers look, and does what is due before any command', async () => {
    const [rung, overtaken] = [newId(), newId()];
    const until = new Date(Date.parse(platform.clock.now()) + 60_000).toISOString();
    for (const stream of [rung, overtaken]) {
      await records.decide<Whole, null>({
        caller: null,
        on: [{ kind: 'case', create: stream }],
        decide: () => [[{ type: 'PromiseMade', data: { until } }]],
        result: () => null,
      });
    }
    const timers = platform.app.get(Timers, { strict: false });
    await timers.ring();
    expect(await query('select name from timer where stream_id = any($1)', [[rung, overtaken]])).toHaveLength(2);
    platform.clock.advance({ minutes: 2 });
    await take(overtaken);
    await Promise.all([timers.ring(), timers.ring()]);
    const types = async (stream: string) =>
      (await query<{ type: string }>('select type from event where stream_id = $1 order by seq', [stream])).map(
        ({ type }) => type,
      );
    expect(await types(rung)).toEqual(['PromiseMade', 'PromiseKept']);
    expect(await types(overtaken)).toEqual(['PromiseMade', 'PromiseKept', 'NoteTaken']);
    expect(await query('select name from timer where stream_id = any($1)', [[rung, overtaken]])).toEqual([]);
  });
});
