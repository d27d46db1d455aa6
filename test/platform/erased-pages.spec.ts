/** What somebody finds of an erased resident who has the files of the database, and the master key. */
import { SweepErasures } from '@fil-rouge/platform';
import { newCase, newSession, Person } from '../journeys/driver';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const sealed = [
  ['stream', 'key', 'id'],
  ['piece', 'ciphertext', 'stream_id'],
  ['search_token', 'token', 'case_id'],
  ['claim', 'token', 'stream_id'],
] as const;
const query = <R extends object>(text: string, values: unknown[] = []) =>
  system.database.query<R & Record<string, unknown>>(text, values);

it('no statistics are kept of anything that is sealed, keyed or hashed', async () => {
  await query('analyze');
  expect(
    await query(`select c.relname || '.' || a.attname as kept from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.atttypid = 'bytea'::regtype and a.attstattarget is distinct from 0
        and c.relname not in ('access_token', 'sign_in_attempt', 'known_origin') order by 1`),
  ).toEqual([]);
  for (const [table, column] of sealed)
    expect(
      await query(
        `select 1 from pg_stats where tablename = $1 and attname = $2 and (most_common_vals is not null or histogram_bounds is not null)`,
        [table, column],
      ),
    ).toEqual([]);
});

it('an erasure is noted, and its pages are swept', async () => {
  const enter = (role: string) => Person.signIn(system.baseUrl, system.account(role), system.password);
  const [counsellor, administrator] = [await enter('conseiller'), await enter('administrateur')];
  const { id } = await counsellor.do('/v1/cases', newCase());
  await counsellor.do(`/v1/cases/${id}/sessions`, newSession({ summary: 'À oublier.' }));
  await system.settle();
  const boxes: Buffer[] = [];
  for (const [table, column, of] of sealed)
    boxes.push(
      ...(await query<{ box: Buffer }>(`select ${column} as box from ${table} where ${of} = $1`, [id])).map(
        ({ box }) => box,
      ),
    );
  expect(boxes.length).toBeGreaterThan(10);
  /** In the files of the tables, of what is too long for a row, and of the indexes. */
  const left = async () => {
    await query('checkpoint');
    const files = await query<{ bytes: Buffer }>(
      `select pg_read_binary_file(pg_relation_filepath(f.oid)) as bytes from pg_class t
       join lateral (select t.oid union all select t.reltoastrelid where t.reltoastrelid <> 0 union all select indexrelid from pg_index i where i.indrelid = t.oid) f(oid) on true
       where t.relname = any($1)`,
      [sealed.map(([table]) => table)],
    );
    return boxes.filter((box) => files.some(({ bytes }) => bytes.includes(box))).length;
  };
  expect(await left()).toBeGreaterThan(10);
  await administrator.do(`/v1/cases/${id}/erasure`, { reason: 'request_of_resident' });
  await system.settle();
  // The reason for all this: gone for everybody, and there.
  expect(await left()).toBeGreaterThan(10);
  await system.worker.get(SweepErasures, { strict: false }).sweep();
  expect(await left()).toBe(0);
  expect(await query('select stream_id as id, swept_at is not null as swept from erasure')).toEqual([
    { id, swept: true },
  ]);
});
