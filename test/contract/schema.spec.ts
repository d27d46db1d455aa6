import {
  composed,
  definer,
  internal,
  isFunction,
  migrate,
  presentTexts,
  signatureOf,
  type LibrarySchema,
  type SchemaFunction,
  type TableAccess,
} from '@fil-rouge/platform';
import { Client } from 'pg';
import { libraries } from '../../apps/system';
import { cloneDatabase, prepared, type TestDatabase } from '../support/database';

const nameOf = ({ head }: SchemaFunction): string => head.slice(0, head.indexOf('('));
const functionsOf = ({ texts }: LibrarySchema): SchemaFunction[] => texts.filter(isFunction);
const tablesOf = ({ texts }: LibrarySchema): TableAccess[] =>
  texts.filter((text): text is TableAccess => !isFunction(text));
const policiesOf = (library: LibrarySchema): string[] =>
  tablesOf(library).flatMap(({ table, policies }) => Object.keys(policies).map((name) => `${table}.${name}`));
const triggersOf = (library: LibrarySchema): string[] =>
  tablesOf(library).flatMap(({ table, triggers }) => Object.keys(triggers).map((name) => `${table}.${name}`));

const twice = (names: string[]): string[] => names.filter((name, place) => names.indexOf(name) !== place);

/** What a library's texts say, without comments and without the heads of functions. */
const said = ({ texts }: LibrarySchema): string =>
  texts
    .map((text) => (isFunction(text) ? text.body : JSON.stringify([text.policies, text.triggers])))
    .join('\n')
    .replace(/--.*/g, '');

describe('the texts of the schema', () => {
  it('define each function, policy and trigger once, whichever library it is in', () => {
    expect(twice(libraries.flatMap(functionsOf).map(nameOf))).toEqual([]);
    expect(twice(libraries.flatMap(policiesOf))).toEqual([]);
    expect(twice(libraries.flatMap(triggersOf))).toEqual([]);
  });

  it('say in one place what a role may do with a table', () => {
    expect(
      twice(
        libraries
          .flatMap(tablesOf)
          .flatMap(({ table, rights }) => Object.keys(rights).map((role) => `${table} to ${role}`)),
      ),
    ).toEqual([]);
  });

  it('call no function of a library above, but those that a library asks for', () => {
    const calls = libraries.flatMap((library, place) => {
      const above = libraries
        .slice(place + 1)
        .flatMap(functionsOf)
        .map(nameOf);
      const asked = (library.asks ?? []).map((head) => head.slice(0, head.indexOf('(')));
      return above
        .filter((name) => !asked.includes(name) && new RegExp(`\\b${name}\\(`).test(said(library)))
        .map((name) => `${library.name}: ${name}`);
    });
    expect(calls).toEqual([]);
  });

  it('read no table of a library above', () => {
    const reads = libraries.flatMap((library, place) => {
      const above = [
        ...new Set(
          libraries
            .slice(place + 1)
            .flatMap(tablesOf)
            .map(({ table }) => table),
        ),
      ];
      const own = new Set(
        libraries
          .slice(0, place + 1)
          .flatMap(tablesOf)
          .map(({ table }) => table),
      );
      return above
        .filter(
          (table) => !own.has(table) && new RegExp(`\\b(from|join|into|update)\\s+${table}\\b`).test(said(library)),
        )
        .map((table) => `${library.name}: ${table}`);
    });
    expect(reads).toEqual([]);
  });

  it('answer in one library above whatever a library asks', () => {
    libraries.forEach((library, place) => {
      const above = libraries.slice(place + 1).flatMap(functionsOf);
      for (const asked of library.asks ?? [])
        expect(above.filter(({ head }) => head.startsWith(`${asked} language`))).toHaveLength(1);
    });
  });
});

describe('a database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  const names = async (sql: string): Promise<string[]> =>
    (await database.query<{ name: string }>(sql)).map(({ name }) => name);
  const functionsThere = () =>
    names(`
    select p.oid::regprocedure::text as name from pg_proc p where pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`);
  const bring = (described: readonly LibrarySchema[]) =>
    migrate(database.administratorUrl, described, prepared().passwords);
  /** The schema as if the highest library said more. */
  const with_ = (...more: SchemaFunction[]): LibrarySchema[] => [
    ...libraries,
    { name: 'test', migrations: [], texts: more },
  ];

  it('has the functions and policies of the texts and no others', async () => {
    const told = composed(libraries).functions.map(({ head }) => signatureOf(head));
    const [there, known] = [
      await functionsThere(),
      await names(
        `select to_regprocedure(s)::text as name from unnest('{${told.map((one) => `"${one}"`).join()}}'::text[]) s`,
      ),
    ];
    expect(there.sort()).toEqual(known.sort());
    expect(
      (
        await names(`select tablename || '.' || policyname as name from pg_policies where schemaname = 'public'`)
      ).sort(),
    ).toEqual(libraries.flatMap(policiesOf).sort());
  });

  it('has row-level security on every table', async () => {
    expect(
      await names(`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)
        and relname not in ('migration', 'schema_applied')`),
    ).toEqual([]);
  });

  it('is given a changed text once, by whoever comes first', async () => {
    const changed = with_(definer('test_answer() returns integer language sql stable', ['api'], 'select 1'));
    const done = await Promise.all([bring(changed), bring(changed), bring(changed)]);
    expect(done.flat()).toEqual([presentTexts]);
    expect(await database.queryAs('api', 'select test_answer() as it')).toEqual([{ it: 1 }]);
    await expect(database.queryAs('worker', 'select test_answer()')).rejects.toMatchObject({ code: '42501' });
  });

  it('is given another result, another owner and fewer callers of a function as well', async () => {
    await bring(with_(internal('test_answer() returns text language sql', `select 'two'`)));
    expect(await database.queryAs('writer', 'select test_answer() as it')).toEqual([{ it: 'two' }]);
    await expect(database.queryAs('api', 'select test_answer()')).rejects.toMatchObject({ code: '42501' });
    await bring(
      with_({
        head: 'test_answer() returns text language sql',
        body: `select 'three'`,
        owner: 'owner',
        callers: [],
        options: '',
      }),
    );
    expect(await database.queryAs('owner', 'select test_answer() as it')).toEqual([{ it: 'three' }]);
  });

  it('keeps what is in no text any more until the text changes again: the version before may still call it', async () => {
    await bring(libraries);
    expect(await functionsThere()).toContain('test_answer()');
    await bring(with_(internal('test_other() returns text language sql', `select 'other'`)));
    expect(await functionsThere()).not.toContain('test_answer()');
    await bring(libraries);
  });

  it('keeps what it had when a text cannot be applied', async () => {
    const before = await functionsThere();
    await expect(
      bring(with_(internal('test_wrong() returns integer language sql', 'select count(*) from nowhere'))),
    ).rejects.toThrow(/nowhere/);
    expect(await functionsThere()).toEqual(before);
    expect(await names(`select policyname as name from pg_policies where tablename = 'event'`)).toContain(
      'event_of_the_thread',
    );
    expect(await bring(libraries)).toEqual([]);
  });

  it('answers commands while it is changed: one that holds a table, and then needs another, goes on', async () => {
    const busy = new Client({ connectionString: database.administratorUrl });
    await busy.connect();
    await busy.query(
      'begin; update stream set version = version where false; lock table verification in row exclusive mode',
    );
    const applied = bring(with_(internal('test_later() returns integer language sql', 'select 1')));
    await busy.query(
      `do $$ begin while not exists (select from pg_locks where mode = 'AccessExclusiveLock' and not granted) loop perform pg_sleep(0.01); end loop; end $$`,
    );
    await busy.query('select from access_grant limit 1; select from email limit 1; commit');
    expect(await applied).toEqual([presentTexts]);
    await busy.end();
  });

  it('leaves newer texts alone when an older version starts again', async () => {
    await database.query(`insert into migration (name, timestamp) values ('OfTheFuture9999999999999', 9999999999999)`);
    expect(await bring(libraries)).toEqual([]);
    expect(await functionsThere()).toContain('test_later()');
  });
});
