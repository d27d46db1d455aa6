import { Client } from 'pg';
import { Problem } from '@fil-rouge/kernel';
import { newId, readLog, Database, Rebuilding, verifyRows, type Head } from '@fil-rouge/platform';
import { startPlatform } from '../support/platform';
import { Counting, notes, platform, query, records, smallStore, take, type Whole } from './record-store-story';

describe('the record store', () => {
  smallStore();

  it('writes nothing of what a slice opposes, whoever decides it', async () => {
    const stream = newId();
    await take(stream, 1, true);
    const promise = () =>
      records.decide<Whole, number>({
        caller: null,
        on: [{ kind: 'case', id: stream }],
        decide: () => [
          [
            { type: 'NoteTaken', data: {} },
            { type: 'PromiseMade', data: { until: '2099-01-01T00:00:00.000Z' } },
          ],
        ],
        result: (events) => events.length,
      });
    expect((await promise()).result).toBe(2);
    await expect(promise()).rejects.toMatchObject({ code: 'wrong-state' });
    expect(await query('select type from event where stream_id = $1 order by seq', [stream])).toEqual(
      ['NoteTaken', 'NoteTaken', 'PromiseMade'].map((type) => ({ type })),
    );
  });

  it('numbers 1, 2, 3… without a hole, whoever writes at the same time, and chains each event to the one before', async () => {
    const stream = newId();
    await take(stream, 1, true);
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => take(stream)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    for (const { reason } of refused) expect((reason as Problem).code).toBe('busy');
    const rows = await query<{ seq: number }>('select seq from event where stream_id = $1 order by seq', [stream]);
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 13 - refused.length }, (_, index) => index + 1));
    const [head] = await query<Head>('select version, hash, key is not null as sealed from stream where id = $1', [
      stream,
    ]);
    expect(await verifyRows(stream, () => head!, readLog(platform.app.get(Database), stream))).toEqual({
      events: rows.length,
    });
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
      await expect(database.transaction((transaction) => transaction.query(`delete from ${table}`))).rejects.toThrow(
        /permission denied/,
      );
    }
    await expect(database.transaction((transaction) => transaction.query('select * from piece'))).rejects.toThrow(
      /permission denied/,
    );
  });

  it('forces row-level security on every table, so that even their owner sees no row', async () => {
    const unprotected = await query<{ relname: string }>(`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('migration', 'schema_applied')
        and not (relrowsecurity and relforcerowsecurity)`);
    expect(unprotected).toEqual([]);
    await take(newId(), 1, true);
    expect(await platform.database.queryAs('owner', 'select count(*)::int as count from event')).toEqual([
      { count: 0 },
    ]);
  });

  it('stores nothing personal in clear, in any table', async () => {
    await take(newId(), 1, true);
    const tables = await query<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    for (const { relname } of tables) {
      const [found] = await query<{ count: number }>(
        `select count(*)::int as count from ${relname} t where t::text ilike '%introuvable%'`,
      );
      expect([relname, found!.count]).toEqual([relname, 0]);
    }
  });

  it('refolds a record whose state is of another version, and finds the same state', async () => {
    const stream = newId();
    await take(stream, 3, true);
    await query(`update stream set state_version = 'older', state = '{"notes": {"count": 99}}' where id = $1`, [
      stream,
    ]);
    await take(stream);
    const [row] = await query<{ state: Whole }>('select state from stream where id = $1', [stream]);
    expect(row!.state.notes.count).toBe(4);
  });

  it('rebuilds the same state from the log alone', async () => {
    const stream = newId();
    await take(stream, 5, true);
    const before = await query('select state, version from stream where id = $1', [stream]);
    await query(`update stream set state = '{}' where id = $1`, [stream]);
    const administrator = await startPlatform([notes], [Counting], {
      ...platform.database,
      workerUrl: platform.database.administratorUrl,
    });
    // Records of other kinds are none of this test's slices' business.
    await query(`update stream set key = null where kind <> 'case'`);
    expect((await administrator.app.get(Rebuilding).all()).damaged).toEqual([]);
    await administrator.stop();
    expect(await query('select state, version from stream where id = $1', [stream])).toEqual(before);
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
      await other.query(
        `update stream set version = version + 1, state = jsonb_set(state, '{notes,count}', '2') where id = $1`,
        [fact],
      );
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
      while (
        (await query(`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%commit_record%'`))
          .length === 0
      );
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
    const require = (found: number | null) =>
      records.decide<Whole, number>({
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

  it('never goes back in time, though the clock of another process is behind', async () => {
    const stream = newId();
    await take(stream, 1, true);
    platform.clock.advance({ hours: -1 });
    await take(stream);
    platform.clock.advance({ hours: 2 });
    await take(stream);
    const at = (
      await query<{ recorded_at: Date }>('select recorded_at from event where stream_id = $1 order by seq', [stream])
    ).map(({ recorded_at }) => recorded_at.getTime());
    expect(at[1]).toBe(at[0]);
    expect(at[2]).toBeGreaterThan(at[1]!);
  });
});
