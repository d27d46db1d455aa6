/** Logins belong to a PostgreSQL server, not to a database: a second installation on it must not take them from the first. */
import { randomBytes } from 'node:crypto';
import { ensureDatabase, migrate } from '@fil-rouge/platform';
import { Client } from 'pg';
import { libraries } from '../../apps/system';
import { cloneDatabase, prepared, type TestDatabase } from '../support/database';

let first: TestDatabase;
let second: string;
beforeAll(async () => {
  first = await cloneDatabase();
  const url = new URL(prepared().administratorUrl);
  const name = `fil_rouge_second_${randomBytes(4).toString('hex')}`;
  await ensureDatabase(url.toString(), name);
  url.pathname = `/${name}`;
  second = url.toString();
});
afterAll(async () => {
  await first.query(`drop database if exists ${new URL(second).pathname.slice(1)} with (force)`);
  await first.drop();
});

const signsIn = async (url: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.end();
};

it('with other passwords it is refused, says why, and has touched nothing', async () => {
  const { api, worker } = prepared().passwords;
  for (const passwords of [
    { api: 'a', worker: 'b', queue: 'c' },
    { api, worker, queue: 'other' },
  ]) {
    await expect(migrate(second, libraries, passwords)).rejects.toThrow(
      /^The logins api, worker, queue of this PostgreSQL server serve another Fil Rouge, in the database "fil_rouge_.*with other passwords: changing them would lock it out\./,
    );
  }
  for (const url of [first.apiUrl, first.workerUrl, first.queueUrl]) await signsIn(url);
  const client = new Client({ connectionString: second });
  await client.connect();
  expect((await client.query(`select to_regclass('stream') as made`)).rows).toEqual([{ made: null }]);
  await client.end();
});

it('with the same ones it is a second database of one installation, and is made', async () => {
  expect((await migrate(second, libraries, prepared().passwords)).length).toBeGreaterThan(4);
  expect(await migrate(second, libraries, prepared().passwords)).toEqual([]);
  for (const url of [first.apiUrl, first.workerUrl, first.queueUrl]) await signsIn(url);
});
