import { Client } from 'pg';
import { Problem, type Change, type RecordEvent, type Slice } from '@fil-rouge/kernel';
import { Consumer, Deliveries, fanOut, newId, readLog, Database, Rebuilding, Records, Timers, verifyRows, type ConsumerInterest, type Head, type LogRow, type Transaction } from '@fil-rouge/platform';
import { startPlatform, type TestPlatform } from '../support/platform';

/** A record small enough to see the store through it: notes, a promise with a date, and a count. */
type Notes = { count: number; promised: string | null; kept: number };
type Whole = { notes: Notes };

const noTimers: Record<string, string> = {};

const notes: Slice<Notes, Whole> = {
  kind: 'case',
  name: 'notes',
  version: 1,
  initial: { count: 0, promised: null, kept: 0 },
  writes: { NoteTaken: 1, PromiseMade: 1, PromiseKept: 1 },
  evolve: (state, event) =>
    event.type === 'NoteTaken' ? { ...state, count: state.count + 1 }
    : event.type === 'PromiseMade' ? { ...state, promised: (event.data as { until: string }).until }
    : event.type === 'PromiseKept' ? { ...state, promised: null, kept: state.kept + 1 } : state,
  due: ({ notes: { promised } }, { now }) => (promised !== null && promised <= now ? [{ type: 'PromiseKept', data: {} }] : []),
  timers: ({ notes: { promised } }) => (promised === null ? noTimers : { promise: promised }),
  project: (): Change[] => [],
};

const done: { consumer: string; seq: number; stream: string }[] = [];
let failing: string | null = null;

class Counting extends Consumer {
  static readonly interest: ConsumerInterest = { name: 'counting', events: ['NoteTaken'] };
  readonly name = 'counting';
  readonly events = Counting.interest.events;

  override async effect(event: RecordEvent, transaction: Transaction): Promise<void> {
    if (failing === event.stream) throw new Error('not now');
    await transaction.query('select 1');
    done.push({ consumer: this.name, seq: event.seq, stream: event.stream });
  }
}

const secret = 'Madame Introuvable';

describe('the record store', () => {
  let platform: TestPlatform;
  let records: Records;
  let deliveries: Deliveries;

  const take = (stream: string, many = 1, create = false) => records.decide<Whole, number>({
    caller: null,
    on: [create ? { kind: 'case', create: stream } : { kind: 'case', id: stream }],
    decide: () => [Array.from({ length: many }, () => ({ type: 'NoteTaken', data: {}, pieces: [{ kind: 'shared_text' as const, value: { text: secret } }] }))],
    result: (events) => events.length,
  });
  const drainAll = async (worker = deliveries) => {
    for (const { consumer, partition } of await worker.overdue()) await worker.drain(consumer, partition);
  };
  const query = <R extends object>(text: string, values: unknown[] = []) => platform.database.query<R & Record<string, unknown>>(text, values);

  beforeAll(async () => {
    platform = await startPlatform([notes], [Counting]);
    records = platform.app.get(Records);
    deliveries = platform.app.get(Deliveries, { strict: false });
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    done.length = 0;
    failing = null;
  });

  it('numbers 1, 2, 3… without a hole, whoever writes at the same time, and chains each event to the one before', async () => {
    const stream = newId();
    await take(stream, 1, true);
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => take(stream)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    for (const { reason } of refused) expect((reason as Problem).code).toBe('busy');
    const rows = await query<{ seq: number }>('select seq from event where stream_id = $1 order by seq', [stream]);
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 13 - refused.length }, (_, index) => index + 1));
    const [head] = await query<{ version: number; hash: string }>('select version, hash from stream where id = $1', [stream]);
    expect(await verifyRows(stream, () => head!, readLog(platform.app.get(Database), stream))).toEqual({ events: rows.length });
  });

  it('refuses to rewrite the log, for the owner and the superuser alike', async () => {
    const stream = newId();
    await take(stream, 1, true);
    await expect(query('update event set type = type where stream_id = $1', [stream])).rejects.toThrow(/insert-only/);
    await expect(query('delete from event where stream_id = $1', [stream])).rejects.toThrow(/insert-only/);
    await expect(query('truncate event')).rejects.toThrow(/insert-only/);
  });

  it('gives the processes no insert, update or delete on the record', async () => {
    const database = platform.app.get(Database);
    for (const table of ['event', 'stream', 'piece', 'access_grant', 'timer']) {
      await expect(database.transaction((transaction) => transaction.query(`delete from ${table}`))).rejects.toThrow(/permission denied/);
    }
    await expect(database.transaction((transaction) => transaction.query('select * from piece'))).rejects.toThrow(/permission denied/);
  });

  it('forces row-level security on every table, so that even their owner sees no row', async () => {
    const unprotected = await query<{ relname: string }>(`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migration'
        and not (relrowsecurity and relforcerowsecurity)`);
    expect(unprotected).toEqual([]);
    await take(newId(), 1, true);
    expect(await platform.database.queryAs('owner', 'select count(*)::int as count from event')).toEqual([{ count: 0 }]);
  });

  it('stores nothing personal in clear, in any table', async () => {
    await take(newId(), 1, true);
    const tables = await query<{ relname: string }>(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`);
    for (const { relname } of tables) {
      const [found] = await query<{ count: number }>(`select count(*)::int as count from ${relname} t where t::text ilike '%introuvable%'`);
      expect([relname, found!.count]).toEqual([relname, 0]);
    }
  });

  it('refolds a record whose state is of another version, and finds the same state', async () => {
    const stream = newId();
    await take(stream, 3, true);
    await query(`update stream set state_version = 'older', state = '{"notes": {"count": 99}}' where id = $1`, [stream]);
    await take(stream);
    const [row] = await query<{ state: Whole }>('select state from stream where id = $1', [stream]);
    expect(row!.state.notes.count).toBe(4);
  });

  it('rebuilds the same state from the log alone', async () => {
    const stream = newId();
    await take(stream, 5, true);
    const before = await query('select state, version from stream where id = $1', [stream]);
    await query(`update stream set state = '{}' where id = $1`, [stream]);
    const administrator = await startPlatform([notes], [Counting], { ...platform.database, workerUrl: platform.database.administratorUrl });
    // Records of other kinds are none of this test's slices' business.
    await query(`update stream set key = null where kind <> 'case'`);
    expect((await administrator.app.get(Rebuilding).all()).damaged).toEqual([]);
    await administrator.stop();
    expect(await query('select state, version from stream where id = $1', [stream])).toEqual(before);
  });

  it('does each effect once and in the order of its record, with several workers at it', async () => {
    const streams = [newId(), newId(), newId()];
    for (const stream of streams) await take(stream, 5, true);
    await Promise.all([drainAll(), drainAll(), drainAll()]);
    await drainAll();
    for (const stream of streams) expect(done.filter((effect) => effect.stream === stream).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(await query(`select id from delivery where consumer = 'counting'`)).toEqual([]);
  });

  it('puts off an effect that fails, then parks it, holding only its own record', async () => {
    const [bad, good] = [newId(), newId()];
    failing = bad;
    await take(bad, 2, true);
    await take(good, 1, true);
    for (let round = 0; round < 10; round++) {
      await drainAll();
      platform.clock.advance({ minutes: 30 });
    }
    expect(done.map(({ stream }) => stream)).toEqual([good]);
    const [parked] = await query<{ parked_reason: string; attempts: number }>('select parked_reason, attempts from delivery where parked_at is not null');
    expect(parked).toMatchObject({ parked_reason: 'Error', attempts: 8 });
    failing = null;
    await query('update delivery set parked_at = null, attempts = 0, next_at = $1', [platform.clock.now()]);
    await drainAll();
    expect(done.filter(({ stream }) => stream === bad).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it.each([['ahead of', 60], ['behind', -60]])('does an effect at once when the clock of who committed is %s everybody else’s', async (_, minutes) => {
    const before = platform.clock.now();
    const [{ now }] = (await query<{ now: Date }>('select now()')) as [{ now: Date }];
    const [stream, other] = [newId(), newId()];
    platform.clock.set(new Date(now.getTime() + minutes * 60_000).toISOString());
    await take(stream, 1, true);
    const [event] = (await query('select * from event where stream_id = $1', [stream])) as [object];
    await platform.app.get(Database).transaction((transaction) => fanOut(transaction, 'counting', event as RecordEvent, [other], platform.clock.now()));
    platform.clock.set(new Date(now.getTime() + 1000).toISOString());
    await drainAll();
    expect(done.map((effect) => effect.stream)).toEqual([stream, stream]);
    expect(await query('select id from delivery where stream_id = any($1)', [[stream, other]])).toEqual([]);
    platform.clock.set(before);
  });

  it('rings a timer once, however many workers look, and does what is due before any command', async () => {
    const [rung, overtaken] = [newId(), newId()];
    const until = new Date(Date.parse(platform.clock.now()) + 60_000).toISOString();
    for (const stream of [rung, overtaken]) {
      await records.decide<Whole, null>({ caller: null, on: [{ kind: 'case', create: stream }], decide: () => [[{ type: 'PromiseMade', data: { until } }]], result: () => null });
    }
    const timers = platform.app.get(Timers, { strict: false });
    await timers.ring();
    expect(await query('select name from timer where stream_id = any($1)', [[rung, overtaken]])).toHaveLength(2);
    platform.clock.advance({ minutes: 2 });
    await take(overtaken);
    await Promise.all([timers.ring(), timers.ring()]);
    const types = async (stream: string) => (await query<{ type: string }>('select type from event where stream_id = $1 order by seq', [stream])).map(({ type }) => type);
    expect(await types(rung)).toEqual(['PromiseMade', 'PromiseKept']);
    expect(await types(overtaken)).toEqual(['PromiseMade', 'PromiseKept', 'NoteTaken']);
    expect(await query('select name from timer where stream_id = any($1)', [[rung, overtaken]])).toEqual([]);
  });

  it('decides again when a fact it relied on has moved meanwhile', async () => {
    const [stream, fact] = [newId(), newId()];
    await take(stream, 1, true);
    await take(fact, 1, true);
    const seen: number[] = [];
    const other = new Client({ connectionString: platform.database.administratorUrl });
    await other.connect();
    try {
      await other.query('begin');
      await other.query(`update stream set version = version + 1, state = jsonb_set(state, '{notes,count}', '2') where id = $1`, [fact]);
      const deciding = records.decide<Whole, null>({
        caller: null,
        on: [{ kind: 'case', id: stream }],
        facts: [fact],
        decide: ([record]) => {
          seen.push((record!.context.fact(fact)!.state as Whole).notes.count);
          return [[{ type: 'NoteTaken', data: {} }]];
        },
        result: () => null,
      });
      // Decided on the old fact, the commit waits for whoever moves it.
      while ((await query(`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%commit_record%'`)).length === 0);
      await other.query('commit');
      await deciding;
    } finally {
      await other.end();
    }
    expect(seen).toEqual([1, 2]);
    expect(await query('select seq from event where stream_id = $1', [stream])).toHaveLength(2);
  });

  it('asks what must hold elsewhere under its locks, and writes nothing when it does not', async () => {
    const stream = newId();
    await take(stream, 1, true);
    await query(`create function check_notes(p jsonb) returns jsonb language sql as $$ select p->'found' $$`);
    await query('grant execute on function check_notes(jsonb) to writer');
    const require = (found: number | null) => records.decide<Whole, number>({
      caller: null,
      on: [{ kind: 'case', id: stream }],
      decide: () => [[{ type: 'NoteTaken', data: {} }]],
      result: (events) => events.length,
      requires: () => ({ call: 'check_notes', of: found === null ? {} : { found } }),
      unmet: (count) => new Problem('wrong-state', `${count as number} in the way`),
    });
    await expect(require(3)).rejects.toThrow('3 in the way');
    expect(await query('select seq from event where stream_id = $1', [stream])).toHaveLength(1);
    expect((await require(null)).result).toBe(1);
  });

  it('verifies a log to the head it has when its last page is read, not to an older or a newer one', async () => {
    const stream = newId();
    await take(stream, 400, true);
    await take(stream, 100);
    let head: Head | null = null;
    const rows = async function* (): AsyncGenerator<LogRow> {
      for await (const row of readLog(platform.app.get(Database), stream, { sawHead: (seen) => void (head = seen) })) {
        if (row.seq === 250) await take(stream);
        yield row;
      }
    };
    expect(await verifyRows(stream, () => head!, rows())).toEqual({ events: 501 });
    expect(head).toMatchObject({ version: 501 });
  });

  it('never goes back in time, though the clock of another process is behind', async () => {
    const stream = newId();
    await take(stream, 1, true);
    platform.clock.advance({ hours: -1 });
    await take(stream);
    platform.clock.advance({ hours: 2 });
    await take(stream);
    const at = (await query<{ recorded_at: Date }>('select recorded_at from event where stream_id = $1 order by seq', [stream])).map(({ recorded_at }) => recorded_at.getTime());
    expect(at[1]).toBe(at[0]);
    expect(at[2]).toBeGreaterThan(at[1]!);
  });

  // Last: what these damage stays damaged.
  it('does not open a sealed piece that was moved to another record', async () => {
    const [mine, other] = [newId(), newId()];
    await take(mine, 1, true);
    await take(other, 1, true);
    await query(`update piece set ciphertext = (select ciphertext from piece where stream_id = $1) where stream_id = $2`, [mine, other]);
    await query(`update stream set state_version = 'older' where id = $1`, [other]);
    await expect(take(other)).rejects.toThrow();
  });

  it('finds an event that was altered behind its back, and a log cut off at its end', async () => {
    const stream = newId();
    await take(stream, 4, true);
    const [head] = await query<{ version: number; hash: string }>('select version, hash from stream where id = $1', [stream]);
    const verified = () => verifyRows(stream, () => head!, readLog(platform.app.get(Database), stream));
    await query('alter table event disable trigger all');
    await query(`update event set data = '{"forged": true}' where stream_id = $1 and seq = 2`, [stream]);
    expect((await verified()).brokenAt).toBe(2);
    await query(`update event set data = '{}' where stream_id = $1 and seq = 2`, [stream]);
    await query('delete from event where stream_id = $1 and seq = 4', [stream]);
    expect((await verified()).brokenAt).toBe(4);
    await query('alter table event enable trigger all');
  });
});
