import { setTimeout as pause } from 'node:timers/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mayAsk, type Permission } from '@fil-rouge/kernel';
import { Database } from '@fil-rouge/platform';
import type { Pool } from 'pg';
import { newCase, Person } from '../journeys/driver';
import { routes } from '../support/routes';
import { startSystem, type TestSystem } from '../support/system';

// A connection that is thrown away costs the next request a new one: ten times the time of the request itself.
describe('a refusal costs no connection', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system.stop());

  /** How many connections of the api's pool were thrown away meanwhile: those that are gone without another having been opened in their place. */
  async function lost(work: () => Promise<unknown>): Promise<number> {
    const pool = Reflect.get(system.api.get(Database, { strict: false }), 'pool') as Pool;
    // A turn is given back when the answer has gone already, and a new key is looked for at any time, on a connection that may just be opening: it is no lost one.
    const quiet = async (): Promise<void> => {
      while (pool.idleCount < pool.totalCount) await pause(1);
    };
    await pool.query('select 1');
    await quiet();
    let opened = 0;
    const open = (): void => void opened++;
    pool.on('connect', open);
    const before = pool.totalCount;
    await work();
    await quiet();
    pool.off('connect', open);
    return before + opened - pool.totalCount;
  }

  const libs = join(__dirname, '../../libs');
  const texts = readdirSync(libs, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sql.ts'))
    .map((file) => readFileSync(join(libs, file), 'utf8'));
  const ours = [...new Set(texts.join('\n').match(/(?<=errcode = ')FR\d{3}/g))].toSorted();

  it('finds our own refusals in the functions of the database', () => expect(ours.length).toBeGreaterThan(5));

  it.each(ours)('whichever is raised (%s)', async (code) => {
    const database = system.api.get(Database, { strict: false });
    const raise = () =>
      database.query(
        `raise_${code}`,
        `do $$ begin raise exception 'no' using errcode = '${code}', detail = '[]'; end $$`,
      );
    expect(await lost(() => expect(raise()).rejects.toMatchObject({ code }))).toBe(0);
  });

  it('of a cursor that is not ours', async () => {
    const people = {
      coordinator: await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password),
      administrator: await Person.signIn(system.baseUrl, system.account('administrateur'), system.password),
      counsellor: await Person.signIn(system.baseUrl, system.account('conseiller'), system.password),
    };
    const { id } = await people.counsellor.do('/v1/cases', newCase());
    const cursor = Buffer.from('["","y"]').toString('base64url');
    const more: Record<string, string> = { '/v1/referrals': '&box=sent', '/v1/communes': '&q=mans' };
    const lists = routes().filter(({ method, query }) => method === 'GET' && query !== undefined);
    expect(lists.length).toBeGreaterThan(9);
    for (const { path, permission } of lists) {
      const person =
        people[
          (['counsellor', 'coordinator', 'administrator'] as const).find((role) =>
            mayAsk(role, permission as Permission),
          )!
        ];
      const address = path.replace('/structures/{id}', `/structures/${person.structureId}`).replace('{id}', id);
      expect([
        path,
        await lost(async () => {
          const { status, body } = await person.try('GET', `${address}?cursor=${cursor}${more[path] ?? ''}`);
          // A list without pages has no such member to name.
          expect([path, status, body.errors?.map(({ pointer }) => pointer)]).toEqual([path, 422, ['?cursor']]);
        }),
      ]).toEqual([path, 0]);
    }
  });

  it('of a resident who resembles another', async () => {
    const counsellor = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
    const opening = { ...newCase(), confirmNotDuplicate: false };
    await counsellor.do('/v1/cases', opening);
    expect(
      await lost(async () =>
        expect((await counsellor.post('/v1/cases', opening)).body.code).toBe('possible-duplicate'),
      ),
    ).toBe(0);
  });

  it('while one that may be the connection’s own fault begins the next on another', async () => {
    const database = system.api.get(Database, { strict: false });
    expect(
      await lost(() =>
        expect(database.query('nowhere', 'select from nowhere')).rejects.toMatchObject({ code: '42P01' }),
      ),
    ).toBe(1);
  });
});
