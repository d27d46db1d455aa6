/** `npm run admin -- rotate-key` beside real processes that work and are killed in the middle, as is the command itself; then the old key is taken away. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { keyIdOf, shortId } from '@fil-rouge/platform';
import { newCase, newSession, Person } from '../journeys/driver';
import { startProcesses, type Processes } from '../races/processes';
import { run } from '../start/product';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { until } from '../support/until';

let database: TestDatabase;
let processes: Processes;
beforeAll(async () => {
  database = await cloneDatabase();
  processes = await startProcesses(database);
});
afterAll(async () => {
  await processes.stop();
  await database.drop();
});

const env = () => ({
  DATABASE_URL: database.apiUrl,
  MIGRATION_DATABASE_URL: database.administratorUrl,
  QUEUE_DATABASE_URL: database.queueUrl,
  MASTER_KEY_FILE: processes.keyFile,
  DATA_DIR: dirname(processes.keyFile),
});
const admin = (...typed: string[]) => run('all/src/admin', typed, env());
const enter = (at: number) =>
  Person.signIn(processes.apis[at]!.baseUrl, 'conseiller@departement-sarthe.demo', database.password);
const reads = (id: string) => `/v1/cases/${id}/timeline`;

it('rotated under load, with kills in the middle: nothing that is asked for fails to open, and the old key may go', async () => {
  const people = await Promise.all([enter(0), enter(1)]);
  const ids: string[] = [];
  const failed: string[] = [];
  const note = (said: string): void => void failed.push(said);
  let going = true;
  const load = people.map(async (person, mine) => {
    for (let n = 0; going; n++) {
      const opened = await person.post('/v1/cases', newCase());
      if (opened.status === 201) ids.push(opened.body.id);
      else note(`${mine}: ${opened.status} ${opened.text}`);
      // What the other process has just written, too.
      for (const id of [ids.at(-1)!, ids[(n * 7) % ids.length]!]) {
        const session = await person.post(`/v1/cases/${id}/sessions`, newSession({ summary: 'Pendant la relève.' }));
        const read = await person.try('GET', reads(id));
        for (const answer of [session, read])
          if (answer.status > 299 && answer.body.code !== 'busy') note(`${mine}: ${answer.status} ${answer.text}`);
      }
      await pause(50);
      const list = await person.try('GET', '/v1/cases');
      if (list.status !== 200 || list.text.includes('"unreadable"')) note(`${mine}: list ${list.status}`);
    }
  });
  const written = (count: number): Promise<void> =>
    until(() => Promise.resolve(ids.length >= count), 60_000, 'a case that is opened');
  await written(5);

  // The command, killed at whatever it is doing: before it has announced, while it waits, after the turn.
  for (const after of [700, 1_600, 3_000]) {
    const child = spawn(process.execPath, [resolve('dist/apps/all/src/admin.js'), 'rotate-key'], {
      env: { PATH: process.env['PATH'], ...env() },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await Promise.race([ended, pause(after)]);
    child.kill('SIGKILL');
    await ended;
    await written(ids.length + 1);
  }
  await processes.worker.kill();
  await processes.worker.start();
  const rotated = await admin('rotate-key');
  expect(rotated).toMatchObject({ code: 0, err: '' });
  await written(ids.length + 3);
  going = false;
  await Promise.all(load);
  expect(failed).toEqual([]);

  // How often it was begun anew depends on the moments; one more turn is as good. In the end one key opens everything.
  const lines = (await readFile(processes.keyFile, 'utf8')).trim().split('\n');
  expect(lines.length).toBeGreaterThan(1);
  const current = Buffer.from(lines[0]!, 'base64');
  let said = rotated;
  await until(async () => (said = await admin('keys')).out.includes('Nothing in this database needs'));
  expect(said.out).toMatch(
    new RegExp(
      `^This database is sealed with the master key ${shortId(keyIdOf(current))}, since .*\nNothing in this database needs .*${shortId(keyIdOf(database.masterKey))}`,
    ),
  );

  await writeFile(processes.keyFile, `${lines[0]}\n`);
  for (const one of [...processes.apis, processes.worker]) {
    await one.kill();
    await one.start();
  }
  const person = await enter(0);
  for (const id of ids) expect((await person.get(reads(id))).items.length).toBeGreaterThan(0);
  expect(await run('all/src/verify', [], { ...env(), ANCHOR_DIR: '' })).toMatchObject({ code: 0 });

  await writeFile(processes.keyFile, database.masterKey.toString('hex'));
  for (const [program, login] of [
    ['api/src/main', database.apiUrl],
    ['worker/src/main', database.workerUrl],
  ] as const)
    expect(await run(program, [], { ...env(), DATABASE_URL: login, PORT: '0' })).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        `^The master key is not the one this database was sealed with \\(its fingerprint is ${shortId(keyIdOf(current))}`,
      ) as string,
    });
}, 600_000);
