import { Client } from 'pg';
import { cloneDatabase, type TestDatabase } from '../support/database';

/** Functions of extensions are operators' machinery: they read nothing. */
const ours = `p.pronamespace = 'public'::regnamespace and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;

describe('rights in the database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  const names = async (sql: string): Promise<string[]> =>
    (await database.query<{ name: string }>(sql)).map(({ name }) => name);
  const relations = `select c.oid::regclass::text as name, c.* from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S', 'f')`;

  it('give nothing to everybody', async () => {
    expect(
      await names(
        `select c.name from (${relations}) c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a where a.grantee = 0`,
      ),
    ).toEqual([]);
    expect(
      await names(
        `select c.name || '.' || t.attname as name from (${relations}) c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a where a.grantee = 0`,
      ),
    ).toEqual([]);
    expect(
      await names(
        `select p.proname as name from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where ${ours} and a.grantee = 0`,
      ),
    ).toEqual([]);
  });

  it('give the queue its own schema and nothing of the records', async () => {
    const rights = `has_table_privilege('queue', c.oid, 'select, insert, update, delete, truncate, references, trigger') or has_any_column_privilege('queue', c.oid, 'select, insert, update')`;
    expect(
      await names(
        `select c.name from (${relations}) c where case c.relkind when 'S' then has_sequence_privilege('queue', c.oid, 'usage, select, update') else ${rights} end`,
      ),
    ).toEqual([]);
    expect(
      await names(
        `select p.proname as name from pg_proc p where ${ours} and has_function_privilege('queue', p.oid, 'execute')`,
      ),
    ).toEqual([]);
  });

  it('hold when the queue tries', async () => {
    const client = new Client({ connectionString: database.queueUrl });
    await client.connect();
    try {
      const tables = await names(`select c.name from (${relations}) c where relkind <> 'S'`);
      expect(tables.length).toBeGreaterThan(20);
      const calls = await names(
        `select format('%s(%s)', p.oid::regproc, (select string_agg('null', ',') from generate_series(1, p.pronargs))) as name from pg_proc p where ${ours} and p.prorettype <> 'trigger'::regtype`,
      );
      expect(calls.length).toBeGreaterThan(40);
      for (const asked of [
        ...tables.map((table) => `select * from ${table}`),
        ...calls.map((call) => `select ${call}`),
      ]) {
        await expect(client.query(asked)).rejects.toMatchObject({ code: '42501' });
      }
    } finally {
      await client.end();
    }
  });

  it('let the api write nothing but entries of the journal and requests, the worker what is its own', async () => {
    const writes = (role: string) =>
      names(`
      select c.name || ' ' || verb as name from (${relations}) c, unnest(array['insert', 'update', 'delete', 'truncate']) verb
      where relkind = 'r' and has_table_privilege('${role}', c.oid, verb) order by 1`);
    expect(await writes('api')).toEqual(['audit_entry insert', 'verification insert']);
    expect(await writes('worker')).toEqual([
      'audit_entry insert',
      'delivery delete',
      'delivery insert',
      'delivery update',
      'email insert',
      'email update',
      'idempotency delete',
      'notification insert',
      'notification update',
      'password_wanted delete',
      'statistics_publication insert',
      'statistics_publication update',
      'statistics_recount update',
      'verification update',
    ]);
  });

  it('let neither read what is nobody’s to read', async () => {
    const closed = [
      'stream',
      'claim',
      'timer',
      'idempotency',
      'invitation',
      'access_token',
      'sign_in_attempt',
      'migration',
      'schema_applied',
      'email',
    ];
    expect(
      await names(
        `select c.name from (${relations}) c where has_any_column_privilege('api', c.oid, 'select') and c.name = any(array[${closed.map((name) => `'${name}'`).join()}])`,
      ),
    ).toEqual([]);
    expect(
      await names(
        `select c.name from (${relations}) c where has_any_column_privilege('worker', c.oid, 'select') and c.name = any(array['piece', 'stream', 'claim', 'access_token', 'sign_in_attempt', 'search_token', 'case_access'])`,
      ),
    ).toEqual([]);
    expect(
      await names(
        `select attname as name from pg_attribute where attrelid = 'referral'::regclass and attname in ('needs', 'contact') and has_column_privilege('api', attrelid, attnum, 'select')`,
      ),
    ).toEqual([]);
    expect(
      await names(
        `select attname as name from pg_attribute where attrelid = 'account'::regclass and attname = 'password_hash' and has_column_privilege('api', attrelid, attnum, 'select')`,
      ),
    ).toEqual([]);
  });

  it('are under row-level security everywhere, for the owner too', async () => {
    expect(
      await names(
        `select c.name from (${relations}) c where relkind = 'r' and name not in ('migration', 'schema_applied') and not (relrowsecurity and relforcerowsecurity)`,
      ),
    ).toEqual([]);
    for (const table of ['event', 'structure', 'account', 'employment']) {
      const [{ count }] = (await database.query<{ count: string }>(`select count(*) from ${table}`)) as [
        { count: string },
      ];
      expect(Number(count)).toBeGreaterThan(0);
      expect(await database.queryAs('owner', `select 1 from ${table} limit 1`)).toEqual([]);
    }
  });

  it('turned off on purpose: without FORCE the owner reads the log', async () => {
    const other = await cloneDatabase();
    try {
      await other.query('alter table event no force row level security');
      expect(await other.queryAs('owner', 'select 1 from event limit 1')).toHaveLength(1);
    } finally {
      await other.drop();
    }
  });

  it('run what crosses row-level security as a role that may do no more, on a fixed path', async () => {
    expect(
      await names(`select p.proname as name from pg_proc p join pg_roles r on r.oid = p.proowner where ${ours} and p.prosecdef
      and (r.rolname not in ('writer', 'reader') or not coalesce(p.proconfig @> array['search_path=public, pg_temp'], false))`),
    ).toEqual([]);
    expect(
      await names(
        `select rolname as name from pg_roles where rolname in ('owner', 'writer', 'reader', 'api', 'worker', 'queue') and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
      ),
    ).toEqual([]);
    expect(
      await names(
        `select r.rolname as name from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname in ('writer', 'api', 'worker', 'queue')`,
      ),
    ).toEqual([]);
  });
});
