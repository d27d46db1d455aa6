/** What a backup is refused for, and that one of an earlier version comes back. */
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBackup, migrate, KeyRing, openBackup, thinBackups, writeBackup } from '@fil-rouge/platform';
import { libraries } from '../../apps/system';
import { newCase, Person } from '../journeys/driver';
import { start } from '../support/clock';
import { emptyDatabase, prepared, type TestDatabase } from '../support/database';
import { run } from '../start/product';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let keys: KeyRing;
let folder: string;
let backup: string;
const made: TestDatabase[] = [];
beforeAll(async () => {
  system = await startSystem();
  keys = KeyRing.of(system.database.masterKey);
  folder = await mkdtemp(join(tmpdir(), 'fil-rouge-backup-'));
  const counsellor = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
  for (let n = 0; n < 3; n++) await counsellor.do('/v1/cases', newCase());
  await system.settle();
  await system.database.query(
    `insert into delivery (consumer, partition, stream_id, event_id, seq, created_at, next_at, parked_at, parked_reason)
     select 'nobody', 0, stream_id, id, seq, at, at, at, 'for a number to be there' from event limit 1`,
  );
  backup = await take(system.database);
});
afterAll(async () => {
  await system.stop();
  for (const database of made) await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const take = async ({ administratorUrl: url }: TestDatabase): Promise<string> =>
  join(folder, await writeBackup({ url, keys, clock: system.clock, folder }));

async function empty(): Promise<TestDatabase> {
  const database = await emptyDatabase(system.database);
  made.push(database);
  return database;
}

const restore = async (into: TestDatabase, from: string): Promise<void> =>
  loadBackup({
    url: into.administratorUrl,
    passwords: prepared().passwords,
    libraries,
    folder: from,
    backup: await openBackup(from, keys),
    now: start,
  });

/** Every row of every table, digested; but for what a restoration ends, and what the worker goes on writing by itself. */
async function digests({ query }: TestDatabase): Promise<Record<string, string>> {
  const tables = await query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('migration', 'schema_applied', 'access_token', 'statistics_publication', 'statistics_recount', 'key_holder') order by 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as digest from "${name}" t`,
    );
    found[name] = row!.digest;
  }
  return found;
}

it('every row of every table comes back as it was, rights and policies with them', async () => {
  const into = await empty();
  await restore(into, backup);
  expect(await digests(into)).toEqual(await digests(system.database));
  const secured = `select count(*)::int as n from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity and relforcerowsecurity`;
  expect(await into.query(secured)).toEqual(await system.database.query(secured));
  expect(await into.query('select from access_token where ended_at is null')).toEqual([]);
  // Numbers go on behind the last one.
  const numbers = `select nextval(pg_get_serial_sequence('delivery', 'id')) - max(id) as ahead from delivery`;
  expect(await into.query(numbers)).toEqual([{ ahead: '1' }]);
  await expect(restore(into, backup)).rejects.toThrow(/^The database is not empty/);
});

it('what waited to be sent has been sent since, as far as anybody can tell; what is for a day to come has not', async () => {
  const waiting = (
    next: string,
    attempts: number,
  ) => `insert into email (id, letter, notification_id, account_id, message_id, status, attempts, created_at, next_at)
    select gen_random_uuid(), 'notification', gen_random_uuid(), id, '${next}', 'pending', ${attempts}, '${start}', timestamptz '${start}' + interval '${next}' from account limit 1`;
  for (const [next, attempts] of [
    ['-1 hour', 0],
    ['1 hour', 1],
    ['20 hours', 0],
  ] as const)
    await system.database.query(waiting(next, attempts));
  system.clock.advance({ minutes: 1 });
  const into = await empty();
  await restore(into, await take(system.database));
  expect(
    await into.query(`select message_id as due, status from email where message_id like '%hour%' order by next_at`),
  ).toEqual([
    { due: '-1 hour', status: 'failed' },
    { due: '1 hour', status: 'failed' },
    { due: '20 hours', status: 'pending' },
  ]);
});

it('names no one: neither the manifest nor a sealed file has a name, a text or an address', async () => {
  for (const file of await readdir(backup)) {
    const bytes = await readFile(join(backup, file));
    for (const word of ['departement-sarthe.demo', 'Croix-Rouge', 'La Poste']) expect(bytes.includes(word)).toBe(false);
  }
});

it('what is no whole backup, or not this key’s, is refused and leaves nothing', async () => {
  const other = KeyRing.of(randomBytes(32));
  await expect(openBackup(backup, other)).rejects.toThrow(/was made with another master key/);
  await expect(openBackup(tmpdir(), keys)).rejects.toThrow(/is no backup/);
  const damages: Record<string, [RegExp, (copy: string) => Promise<void>]> = {
    manifest: [
      /manifest\.json in .* was altered/,
      async (copy) => {
        const path = join(copy, 'manifest.json');
        await writeFile(path, (await readFile(path, 'utf8')).replace(/"rows": \d+/, '"rows": 7'));
      },
    ],
    cut: [/event\.copy\.gz\.sealed does not open/, (copy) => truncate(join(copy, 'event.copy.gz.sealed'), 100)],
    exchanged: [
      /does not open/,
      async (copy) => {
        await rename(join(copy, 'event.copy.gz.sealed'), join(copy, 'x'));
        await rename(join(copy, 'piece.copy.gz.sealed'), join(copy, 'event.copy.gz.sealed'));
        await rename(join(copy, 'x'), join(copy, 'piece.copy.gz.sealed'));
      },
    ],
    missing: [/workshop\.copy\.gz\.sealed does not open/, (copy) => rm(join(copy, 'workshop.copy.gz.sealed'))],
  };
  const into = await empty();
  for (const [name, [says, damage]] of Object.entries(damages)) {
    const copy = join(folder, name);
    await cp(backup, copy, { recursive: true });
    await damage(copy);
    await expect(restore(into, copy)).rejects.toThrow(says);
  }
  expect(await into.query('select from stream union all select from account')).toEqual([]);
  // What was refused is in nobody's way.
  await restore(into, backup);
});

it('a backup of an earlier version comes back with this one, one of a newer version does not', async () => {
  const earlier = await empty();
  const all = libraries.flatMap(({ migrations }) => migrations.map(({ name }) => name));
  const since = ['ErasuresNoted1797000600001'];
  const { passwords } = prepared();
  await migrate(earlier.administratorUrl, libraries, passwords, { only: all.filter((name) => !since.includes(name)) });
  await earlier.query(
    `insert into erasure (stream_id, erased_at) values ('${'1'.repeat(8)}-1111-4111-8111-111111111111', '${start}')`,
  );
  system.clock.advance({ minutes: 1 });
  const from = await take(earlier);
  const into = await empty();
  await restore(into, from);
  expect(await into.query('select noted_at from erasure')).toEqual([{ noted_at: null }]);

  const behind = libraries.map((one) => ({
    ...one,
    migrations: one.migrations.filter(({ name }) => !since.includes(name)),
  }));
  const refused = loadBackup({
    url: (await empty()).administratorUrl,
    passwords,
    libraries: behind,
    folder: backup,
    backup: await openBackup(backup, keys),
    now: start,
  });
  await expect(refused).rejects.toThrow(/made by a newer version \(ErasuresNoted/);
});

it('into a database of yours only with the logins named: their passwords are not made up', async () => {
  const into = await empty();
  const { administratorUrl: url } = into;
  const keyFile = join(folder, 'key');
  await writeFile(keyFile, system.database.masterKey.toString('hex'));
  const env = { DATABASE_URL: url, MIGRATION_DATABASE_URL: url, MASTER_KEY_FILE: keyFile, DATA_DIR: folder };
  const refused = await run('all/src/restore', ['--from', backup], env);
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^WORKER_DATABASE_URL, QUEUE_DATABASE_URL must/),
  });
  expect(await into.query(`select to_regclass('public.stream') as there`)).toEqual([{ there: null }]);
});

it('of several the newest stay, and what is no backup is left alone', async () => {
  const place = join(folder, 'several');
  for (const day of ['01', '02', '03'])
    await cp(backup, join(place, `fil-rouge-2026-01-${day}T00-00-00Z`), { recursive: true });
  await writeFile(join(place, 'notes.txt'), 'mine');
  expect(await thinBackups(place, 2)).toEqual(['fil-rouge-2026-01-01T00-00-00Z']);
  expect(await thinBackups(place, 2)).toEqual([]);
  expect((await readdir(place)).sort()).toEqual([
    'fil-rouge-2026-01-02T00-00-00Z',
    'fil-rouge-2026-01-03T00-00-00Z',
    'notes.txt',
  ]);
});
