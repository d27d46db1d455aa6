/** What the anchors say of a database that came back from a backup: what was noted since is past, everything else is still held against it. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AnchorPlaces,
  Anchors,
  Database,
  KeyRing,
  loadBackup,
  openBackup,
  Sealing,
  writeBackup,
} from '@fil-rouge/platform';
import { DataSource } from 'typeorm';
import { libraries } from '../../apps/system';
import { newCase, newSession, Person } from '../journeys/driver';
import { emptyDatabase, prepared, type TestDatabase } from '../support/database';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let folder: string;
let source: DataSource;
let second: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fil-rouge-anchors-'));
  system = await startSystem();
});
afterAll(async () => {
  await source.destroy();
  await system.stop();
  await second.drop();
  await rm(folder, { recursive: true, force: true });
});

async function anchorsOf(url: string, sealing: Sealing): Promise<Anchors> {
  source = await new DataSource({ type: 'postgres', url }).initialize();
  return new Anchors(new Database(source), sealing, system.clock, new AnchorPlaces([join(folder, 'anchors')]));
}

it('anchors between the backup and the restoration count no more; those before it and the new one do', async () => {
  const keys = KeyRing.of(system.database.masterKey);
  const sealing = new Sealing(system.database.masterKey);
  const counsellor = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
  const { id } = await counsellor.do('/v1/cases', newCase());
  const lived = await anchorsOf(system.database.administratorUrl, sealing);
  await lived.take();
  // Within five minutes it might have been another machine's clock that said so.
  system.clock.advance({ minutes: 10 });
  const backup = join(
    folder,
    await writeBackup({ url: system.database.administratorUrl, keys, clock: system.clock, folder }),
  );
  const opened = await openBackup(backup, keys);
  await counsellor.do(`/v1/cases/${id}/sessions`, newSession());
  system.clock.advance({ hours: 1 });
  await lived.take();
  await source.destroy();
  const [before, since] = (await lived.names()) as [string, string];

  second = await emptyDatabase(system.database);
  const { administratorUrl: url } = second;
  system.clock.advance({ minutes: 10 });
  const { passwords } = prepared();
  await loadBackup({ url, passwords, libraries, folder: backup, backup: opened, now: system.clock.now() });
  const returned = await anchorsOf(url, sealing);
  expect((await returned.check(null, Infinity)).faults).toEqual([
    { anchor: since, what: 'records', records: expect.arrayContaining([id]) as string[] },
  ]);
  await returned.takeRestored(opened.manifest.at);
  // The hour has its anchor, and the next one goes on from it.
  expect(await returned.take()).toBeNull();
  system.clock.advance({ hours: 1 });
  await returned.take();
  const { checked, faults } = await returned.check(null, Infinity);
  expect(faults).toEqual([]);
  const restored = checked[2]!;
  expect(checked).toEqual([before, since, restored, expect.stringMatching(/T\d\d\.json$/)]);
  expect(restored).toMatch(/\.restored-\d{4}\.json$/);

  // Whoever alters what comes from the backup is found by those before it and by the new one.
  await source.query('alter table event disable trigger all');
  await source.query(`update event set hash = repeat('0', 64) where stream_id = $1 and seq = 1`, [id]);
  await source.query('alter table stream disable trigger all');
  await source.query(`update stream set hash = repeat('0', 64) where id = $1`, [id]);
  expect((await returned.check(null, Infinity)).faults).toEqual(
    expect.arrayContaining([
      { anchor: before, what: 'records', records: [id] },
      { anchor: restored, what: 'records', records: [id] },
    ]),
  );

  // Nor does anybody but whoever has the key say that the database went back.
  const path = join(folder, 'anchors', restored);
  await writeFile(path, (await readFile(path, 'utf8')).replace(/"restored":"\d{4}/, '"restored":"2001'));
  const found = (await returned.check(null, Infinity)).faults;
  expect(found).toContainEqual({ anchor: restored, what: 'signature' });
  expect(found).toContainEqual({ anchor: since, what: 'records', records: expect.arrayContaining([id]) as string[] });
  expect((await readdir(join(folder, 'anchors'))).sort()).toEqual([...checked].sort());
});
