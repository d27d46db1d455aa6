/** Data in bulk is what the product would have written: it verifies, opens, follows from its log, and is the same again for the same seed. */
import { readLog, rootHash, verifyRows, type Database, type Head } from '@fil-rouge/platform';
import { Person } from '../journeys/driver';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { rebuild } from '../support/rebuild';
import { startSystem } from '../support/system';
import { generate, type Wanted } from './generator';

const wanted: Wanted = { residents: 40, entries: 600, seed: 'spec', until: '2026-11-20' };

/** One hash for each table. */
async function contentsOf(database: TestDatabase): Promise<Record<string, string>> {
  const tables = await database.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await database.query<{ hash: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from public."${name}" t`,
    );
    contents[name] = row!.hash;
  }
  return contents;
}

it('writes the same rows for the same seed, and others for another', async () => {
  const [one, same, other] = await Promise.all([cloneDatabase(), cloneDatabase(), cloneDatabase()]);
  const { residents, entries } = await generate(one.administratorUrl, one.masterKey, wanted);
  expect(residents).toBe(wanted.residents);
  expect(Math.abs(entries - wanted.entries)).toBeLessThan(20);
  await generate(same.administratorUrl, same.masterKey, wanted);
  await generate(other.administratorUrl, other.masterKey, { ...wanted, seed: 'another' });
  expect(await contentsOf(same)).toEqual(await contentsOf(one));
  expect((await contentsOf(other))['event']).not.toBe((await contentsOf(one))['event']);
  await Promise.all([one, same, other].map((database) => database.drop()));
});

it('derives every read table as a rebuild from the log does', async () => {
  const database = await cloneDatabase();
  await generate(database.administratorUrl, database.masterKey, wanted);
  const before = await contentsOf(database);
  expect(await rebuild(database)).toEqual([]);
  expect(await contentsOf(database)).toEqual(before);
  await database.drop();
});

it('chains what it writes, and the product opens it', async () => {
  const system = await startSystem();
  const { database } = system;
  await generate(database.administratorUrl, database.masterKey, wanted);
  const streams = await database.query<{ id: string }>(`select id from stream where kind = 'case'`);
  expect(streams).toHaveLength(wanted.residents);
  const log: Pick<Database, 'query'> = { query: (_name, text, values) => database.query(text, values) };
  for (const { id } of streams) {
    let head: Head = { version: 0, hash: rootHash(id), sealed: true };
    const rows = readLog(log as Database, id, { sawHead: (seen) => (head = seen!) });
    expect(await verifyRows(id, () => head, rows)).toEqual({ events: head.version });
  }
  const counsellor = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
  const cases = await counsellor.all('/v1/cases');
  expect(cases.length).toBeGreaterThan(0);
  for (const { id, resident } of cases) {
    expect(resident?.firstName).toMatch(/./);
    expect((await counsellor.get(`/v1/cases/${id}/timeline?limit=5`)).items[0]).toMatchObject({ type: 'CaseOpened' });
  }
  // Nobody's delay had passed without the clock having done what it does.
  const [late] = await database.query<{ n: number }>(
    `select count(*)::integer as n from timer where due_at < '2026-11-20'`,
  );
  expect(late!.n).toBe(0);
  await system.stop();
});
