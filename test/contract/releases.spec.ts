/**
 * A database of every version that was released comes up with this one: its tables are brought up to date, every record verifies (its rows are what this
 * version derives from its log), and people go on working in it. `test/fixtures/releases/<version>` is a backup that holds every event of that version,
 * with a key and a password of its own; everybody in it is invented. Once kept it is what stands on somebody's disk, and is never made again:
 *
 *   a version is released      UPDATE_RELEASES=1 npx jest test/contract/releases
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyRing, loadBackup, openBackup, prepareQueueSchema, writeBackup } from '@fil-rouge/platform';
import { clearColumns, secretColumns } from '../../apps/all/src/data-map';
import { verifyAll } from '../../apps/all/src/verification';
import { libraries } from '../../apps/system';
import { newCase, newSession, Person } from '../journeys/driver';
import { emptyDatabase, prepared } from '../support/database';
import { startSystem, type TestSystem } from '../support/system';
import { chapters } from './events.chapters';
import { setStage } from './events.stage';

const kept = join(__dirname, '../fixtures/releases');
const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };

interface Keys {
  readonly masterKey: string;
  readonly password: string;
}

/** Everything the log can hold, told in turn on one system. */
async function keep(): Promise<void> {
  const system = await startSystem();
  const folder = await mkdtemp(join(tmpdir(), 'fil-rouge-release-'));
  try {
    for (const tell of Object.values(chapters)) await tell(await setStage(system));
    await system.settle();
    const { administratorUrl: url, masterKey, password } = system.database;
    const name = await writeBackup({ url, keys: KeyRing.of(masterKey), clock: system.clock, folder });
    await mkdir(kept, { recursive: true });
    await cp(join(folder, name), join(kept, version), { recursive: true, errorOnExist: true, force: false });
    const keys: Keys = { masterKey: masterKey.toString('hex'), password };
    await writeFile(join(kept, version, 'keys.json'), `${JSON.stringify(keys, null, 1)}\n`);
  } finally {
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function comeBack(release: string): Promise<TestSystem> {
  const folder = join(kept, release);
  const keys = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as Keys;
  const masterKey = Buffer.from(keys.masterKey, 'hex');
  const backup = await openBackup(folder, KeyRing.of(masterKey));
  const database = await emptyDatabase({ masterKey, password: keys.password });
  const { passwords } = prepared();
  await loadBackup({ url: database.administratorUrl, passwords, libraries, folder, backup, now: backup.manifest.at });
  await prepareQueueSchema(database.queueUrl);
  const system = await startSystem({ database });
  system.clock.set(backup.manifest.at);
  return system;
}

if (process.env['UPDATE_RELEASES']) beforeAll(keep, 300_000);

it('the present version is kept, once it is released, and those before it', () => {
  expect(existsSync(join(kept, version, 'manifest.json'))).toBe(true);
});

describe.each(process.env['UPDATE_RELEASES'] ? [version] : readdirSync(kept))('a database of %s', (release) => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await comeBack(release);
  }, 60_000);
  afterAll(() => system.stop());

  it('is whole, by what this version says of its logs', async () => {
    await system.settle();
    const { records, events, wrong } = await verifyAll(system.worker, () => undefined);
    expect(wrong).toEqual([]);
    expect(records).toBeGreaterThan(90);
    expect(events).toBeGreaterThan(400);
  });

  it('has words in the columns that docs/data-map.md names, and nothing but codes in all others', async () => {
    const columns = await system.database.query<{ table: string; column: string; type: string }>(
      `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type from pg_attribute a join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and c.relname not in ('migration', 'schema_applied')
         and format_type(a.atttypid, null) in ('text', 'text[]', 'jsonb', 'bytea') order by 1, 2`,
    );
    const named = ({ table, column }: { table: string; column: string }) => `${table}.${column}`;
    expect(
      columns
        .filter(({ type }) => type === 'bytea')
        .map(named)
        .filter((name) => !(name in secretColumns)),
    ).toEqual([]);
    const known = new Set(columns.map(named));
    expect([...Object.keys(clearColumns), ...Object.keys(secretColumns)].filter((name) => !known.has(name))).toEqual(
      [],
    );
    const words: string[] = [];
    for (const { table, column } of columns.filter(({ type }) => type !== 'bytea'))
      for (const { said } of await system.database.query<{ said: string }>(
        `select v #>> '{}' as said from "${table}" r, jsonb_path_query(to_jsonb(r."${column}"), 'strict $.**') v where jsonb_typeof(v) = 'string'
         and v #>> '{}' !~ '^[[:alnum:]_.:+-]*$' limit 1`,
      ))
        if (!(`${table}.${column}` in clearColumns || `${table}.${column}` in secretColumns))
          words.push(`${table}.${column}: ${said}`);
    expect(words).toEqual([]);
    // A resident's record has none, whatever its log is.
    const residents = `select v #>> '{}' as said from event e join stream s on s.id = e.stream_id, jsonb_path_query(e.data, 'strict $.**') v
      where s.kind not in ('structure', 'place') and jsonb_typeof(v) = 'string' and v #>> '{}' !~ '^[[:alnum:]_.:+-]*$'`;
    expect(await system.database.query(residents)).toEqual([]);
  });

  it('is worked in: what was written reads, and something is added to it', async () => {
    const counsellor = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
    const cases = await counsellor.all('/v1/cases');
    expect(cases.length).toBeGreaterThan(10);
    for (const { id } of cases) {
      await counsellor.get(`/v1/cases/${id}`);
      await counsellor.all(`/v1/cases/${id}/timeline`);
    }
    const { id } = await counsellor.do('/v1/cases', newCase());
    await counsellor.do(`/v1/cases/${id}/sessions`, newSession());
    const { wrong } = await verifyAll(system.worker, () => undefined);
    expect(wrong).toEqual([]);
  });
});
