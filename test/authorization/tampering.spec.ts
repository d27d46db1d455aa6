import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordCheck } from '@fil-rouge/cases';
import type { RecordKind } from '@fil-rouge/kernel';
import { Anchors, hashOf, linkOf, rootHash, Sealing, signedText, type Anchor, type LogRow } from '@fil-rouge/platform';
import { Client } from 'pg';
import { chapters } from '../contract/events.chapters';
import { setStage } from '../contract/events.stage';
import { Person } from '../journeys/driver';
import { verifyAll } from '../journeys/verify-all';
import { startSystem, type TestSystem } from '../support/system';

interface Column {
  name: string;
  type: string;
  key: boolean;
}

/** Another value of each type that a column has. */
const otherThan: Record<string, string> = {
  uuid: `gen_random_uuid()`,
  text: `coalesce(%, '') || 'x'`,
  boolean: `not coalesce(%, false)`,
  smallint: `coalesce(%, 0) + 1`,
  integer: `coalesce(%, 0) + 1`,
  bytea: `coalesce(%, '') || '\\x01'`,
  date: `coalesce(%, '2020-01-01') + 1`,
  jsonb: `'{"forged": true}'`,
  'text[]': `array['forged']`,
  'uuid[]': `array[gen_random_uuid()]`,
  'date[]': `array['2020-01-01'::date]`,
  'integer[]': `array[4711]`,
  'timestamp(3) with time zone': `coalesce(%, '2020-01-01') + interval '1 day'`,
  datemultirange: `'{[2020-01-01,2020-01-02)}'`,
  daterange: `'[2020-01-01,2020-01-02)'`,
  numeric: `coalesce(%, 0) + 1`,
  'double precision': `coalesce(%, 0) + 1`,
};

/** How many rows of each table are altered in each way; every column of the first one. */
const places = Number(process.env['PLACES'] ?? 1);

/** Everything the log can hold, told by HTTP; then somebody with the login of the database's owner, whom no trigger stops. */
describe('what was altered behind the product’s back', () => {
  let system: TestSystem;
  let auditor: Person;
  let owner: Client;
  let records: RecordCheck;
  const folder = mkdtempSync(join(tmpdir(), 'anchors-'));

  beforeAll(async () => {
    system = await startSystem({ env: { ANCHOR_DIR: folder } });
    for (const tell of Object.values(chapters)) await tell(await setStage(system));
    await system.settle();
    auditor = await Person.signIn(system.baseUrl, system.account('auditeur'), system.password);
    records = system.worker.get(RecordCheck, { strict: false });
    owner = new Client({ connectionString: system.database.administratorUrl });
    await owner.connect();
    await owner.query('set session_replication_role = replica');
  });
  afterAll(async () => {
    await owner.end();
    await system.stop();
    rmSync(folder, { recursive: true });
  });

  const query = async <R extends object>(text: string, values: unknown[] = []) =>
    (await owner.query<R & Record<string, unknown>>(text, values)).rows;

  const runAll = () => verifyAll(system, auditor);

  const expectClean = async () => {
    const run = await runAll();
    expect(run).toMatchObject({ broken: 0, gaps: 0, differing: 0, offenders: [], faults: [] });
    expect(run.strays).toBeUndefined();
  };

  /** What is said of the record whose row it is, and of the one in which that one goes on. */
  const found = async (record: string): Promise<string[]> => {
    const all = await query<{ id: string; kind: RecordKind }>(
      'select id, kind from stream where id in ($1, present_record($1))',
      [record],
    );
    const said: string[] = [];
    for (const { kind, id } of all) {
      const { brokenAt, differs } = (await records.look([{ kind, id }]))[0]!;
      said.push(...(brokenAt === undefined ? differs : [`broken at ${brokenAt}`]));
    }
    return said;
  };

  const columnsOf = (table: string) =>
    query<Column>(
      `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, coalesce(a.attnum = any(i.indkey), false) as key
       from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
       where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
      [table],
    );
  const altered = ({ name, type }: Column): string => {
    const value = otherThan[type];
    if (value === undefined) throw new Error(`Say another value of type ${type}.`);
    return `${name} = ${value.replaceAll('%', name)}`;
  };

  /** Does it, asks, and takes it back. True when it was refused by the database itself, or found. */
  const tried = async (table: string, record: string, at: string, statement: string): Promise<boolean> => {
    const [{ saved }] = (await query(`select to_jsonb(r) as saved from ${table} r where ctid = $1`, [at])) as [
      { saved: object },
    ];
    let after: { ctid: string }[];
    try {
      after = await query<{ ctid: string }>(statement, [at]);
    } catch (error) {
      if (/^2[23]/.test((error as { code: string }).code)) return true;
      throw error;
    }
    const told = await found(record);
    const added = statement.startsWith('insert');
    for (const { ctid } of statement.startsWith('delete') ? [] : after)
      await query(`delete from ${table} where ctid = $1`, [ctid]);
    if (!added) await query(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [saved]);
    return told.length > 0;
  };

  /** The statements for one row: taken away, another of its kind beside it, each of the columns (or one of them) something else. */
  const alterations = (table: string, columns: readonly Column[], of: string, n: number): [string, string][] => {
    const names = columns.map(({ name }) => name);
    const own = columns.filter(({ name }) => name !== of);
    const freed = own.find(({ key }) => key);
    const changed = n === 0 ? columns : own.filter(({ key }) => !key).slice(n % 5, (n % 5) + 1);
    const copied = names.map((name) => (name === freed?.name ? otherThan[freed.type]!.replaceAll('%', name) : name));
    return [
      ['removed', `delete from ${table} where ctid = $1 returning ctid`],
      ...(freed
        ? ([
            ['added', `insert into ${table} select ${copied.join(', ')} from ${table} where ctid = $1 returning ctid`],
          ] as [string, string][])
        : []),
      ...changed.map((column): [string, string] => [
        column.name,
        `update ${table} set ${altered(column)} where ctid = $1 returning ctid`,
      ]),
    ];
  };

  /** Names of what was done and not found. */
  const unnoticed = async (table: string, of: string, but: readonly string[] = []): Promise<string[]> => {
    const columns = (await columnsOf(table)).filter(({ name }) => !but.includes(name));
    const all = await columnsOf(table);
    const missed: string[] = [];
    for (let n = 0; n < places; n++) {
      const [row] = await query<{ at: string; record: string }>(
        `select r.ctid as at, r.${of} as record from ${table} r join stream s on s.id = r.${of} and s.key is not null
         order by md5(r::text || $1) limit 1`,
        [String(n)],
      );
      if (!row) return n === 0 ? [`${table} has no row of a record that lives`] : missed;
      for (const [what, statement] of alterations(table, but.length > 0 ? columns : all, of, n)) {
        const [{ at }] = (await query(
          `select ctid as at from ${table} r where r.${of} = $1 order by md5(r::text || $2) limit 1`,
          [row.record, String(n)],
        )) as [{ at: string }];
        if (!(await tried(table, row.record, at, statement))) missed.push(`${table}: ${what}`);
      }
    }
    return missed;
  };

  it('calls everything healthy that nobody altered', expectClean);

  it('finds every altered, added and removed row of what people read', async () => {
    const tables = await query<{ name: string; record: string }>(
      'select name, record from read_tables() where name not in (select s.name from shared_tables() s) order by 1',
    );
    expect(tables.length).toBeGreaterThan(25);
    const missed: string[] = [];
    for (const { name, record } of tables) missed.push(...(await unnoticed(name, record)));
    expect(missed).toEqual([]);
    await expectClean();
  }, 900_000);

  it('finds every altered, added and removed event and piece', async () => {
    expect([...(await unnoticed('event', 'stream_id')), ...(await unnoticed('piece', 'stream_id'))]).toEqual([]);
    await expectClean();
  });

  it('finds another state, head or key of a record', async () => {
    const missed: string[] = [];
    for (const column of ['version', 'hash', 'state', 'key']) {
      const [row] = await query<{ id: string; was: unknown }>(
        `select id, ${column} as was from stream where kind = 'case' and key is not null and not exists (select from case_merge m where m.id = stream.id) limit 1`,
      );
      const type = (await columnsOf('stream')).find(({ name }) => name === column)!;
      await query(`update stream set ${altered(type)} where id = $1`, [row!.id]);
      if ((await found(row!.id)).length === 0) missed.push(column);
      await query(`update stream set ${column} = $2 where id = $1`, [row!.id, row!.was]);
    }
    expect(missed).toEqual([]);
  });

  describe('held against what was noted outside the database', () => {
    const faults = async () =>
      (await system.worker.get(Anchors, { strict: false }).check(null, 1_000)).faults.map(({ what }) => what);
    const files = () => readdirSync(folder).sort();
    const kept = (name: string) => readFileSync(join(folder, name), 'utf8');

    beforeAll(async () => {
      const anchors = system.worker.get(Anchors, { strict: false });
      for (let hours = 0; hours < 3; hours++) {
        system.clock.advance({ hours: 1 });
        await anchors.take();
      }
      expect(files().length).toBeGreaterThanOrEqual(3);
      await expectClean();
    });

    it('finds a log that was written anew with all its hashes, and its head', async () => {
      const [record] = await query<{ id: string; hash: string }>(
        `select id, hash from stream where kind = 'workshop' limit 1`,
      );
      const [log] = await query<{ rows: LogRow[] }>('select log_after($1, 0, 1000) as rows', [record!.id]);
      let prev = rootHash(record!.id);
      for (const row of log!.rows) {
        const forged = { ...row, data: { ...row.data, forged: true } };
        const hash = hashOf(linkOf(forged, prev));
        await query('update event set data = $2, prev = $3, hash = $4 where id = $1', [
          ...[row.id, forged.data, prev, hash],
        ]);
        prev = hash;
      }
      await query('update stream set hash = $2 where id = $1', [record!.id, prev]);
      expect(await found(record!.id)).toEqual([]);
      const off = { what: 'records', records: [record!.id] };
      expect((await runAll()).faults).toContainEqual(expect.objectContaining(off));
      for (const row of log!.rows)
        await query('update event set data = $2, prev = $3, hash = $4 where id = $1', [
          ...[row.id, row.data, row.prev, row.hash],
        ]);
      await query('update stream set hash = $2 where id = $1', [record!.id, record!.hash]);
    });

    it('finds an entry of the journal that was taken away, added or altered', async () => {
      const oldest = `(select id from audit_entry order by at, id limit 1)`;
      const [entry] = await query<{ saved: object }>(
        `select to_jsonb(a) as saved from audit_entry a where id = ${oldest}`,
      );
      for (const statement of [
        `update audit_entry set user_id = gen_random_uuid() where id = ${oldest}`,
        `delete from audit_entry where id = ${oldest}`,
        `insert into audit_entry (at, action, outcome) select at, action, outcome from audit_entry where id = ${oldest}`,
      ]) {
        const newer = await query<{ id: string }>(`${statement} returning id`);
        expect(await faults()).toContain('journal');
        for (const { id } of newer) await query('delete from audit_entry where id = $1', [id]);
        await query(
          'insert into audit_entry select * from jsonb_populate_record(null::audit_entry, $1) on conflict do nothing',
          [entry!.saved],
        );
      }
      expect(await faults()).toEqual([]);
    });

    it('finds an anchor that was altered, signed by somebody else or taken away', async () => {
      const name = files()[1]!;
      const text = kept(name);
      const anchor = JSON.parse(text) as { heads: unknown[]; root: string; signature: string };
      const stranger = new Sealing(Buffer.alloc(32, 7));
      for (const altered of [
        { ...anchor, heads: [] },
        { ...anchor, at: '2026-01-01T00:00:00.000Z' },
        { ...anchor, signature: stranger.sign(signedText(anchor as unknown as Anchor)) },
      ]) {
        writeFileSync(join(folder, name), `${JSON.stringify(altered)}\n`);
        expect(await faults()).toContain('signature');
      }
      rmSync(join(folder, name));
      expect(await faults()).toContain('order');
      writeFileSync(join(folder, name), text);
      expect(await faults()).toEqual([]);
    });
  });
});
