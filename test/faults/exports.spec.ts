/** An export made by a worker of its own: in flat memory, and once or not at all when that one is killed. `ROWS=100000 SHOW=1 npx jest test/faults/exports` */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { newCase, newSession, Person } from '../journeys/driver';
import { cellsIn } from '../journeys/exports-sheet';
import { startProcesses, type Processes } from '../races/processes';
import { machine } from '../support/clock';
import { until } from '../support/until';
import { cloneDatabase, type TestDatabase } from '../support/database';

const rows = Number(process.env['ROWS'] ?? 20_000);
const residents = 20;
const columns = [
  'activity',
  'date',
  'first_name',
  'last_name',
  'themes',
  'minutes',
  'place',
  'commune_name',
  'counsellor',
];

interface Export {
  id: string;
  status: string;
  rows: number;
  total?: number;
}

let database: TestDatabase;
let processes: Processes;
let lead: Person;

beforeAll(async () => {
  database = await cloneDatabase();
  processes = await startProcesses(database, { apis: 1 });
  lead = await Person.signIn(processes.apis[0].baseUrl, 'conseiller@departement-sarthe.demo', database.password);
  const informed = { on: machine.today(), how: 'oral' };
  for (let n = 0; n < residents; n++) {
    const { id } = await lead.do('/v1/cases', { ...newCase(), informed });
    await lead.do(`/v1/cases/${id}/sessions`, newSession({ date: machine.today() }));
  }
  await database.query(
    `insert into session_entry select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'date', s.date - (n % 700)))).*
     from session_entry s, generate_series(1, $1) n`,
    [Math.ceil(rows / residents) - 1],
  );
  await database.query('analyze session_entry');
});
afterAll(async () => {
  await processes.stop();
  await database.drop();
});

const ask = async (format: string): Promise<string> =>
  (await lead.do('/v1/exports', { row: 'session', format, columns })).id;
const read = async (id: string): Promise<Export> => (await lead.get(`/v1/exports/${id}`)) as unknown as Export;
const content = async (id: string): Promise<Buffer> => {
  const answer = await fetch(new URL(`/v1/exports/${id}/file`, processes.apis[0].baseUrl), {
    headers: { authorization: lead.authorization },
  });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
};
const idsIn = (format: string, file: Buffer): string[] =>
  format === 'csv'
    ? file
        .toString()
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => line.slice(1, 37))
    : cellsIn(file)
        .slice(1)
        .map(([id]) => id!.text);

/** MB that a process has in memory. */
const memoryOf = async (pid: number): Promise<number> =>
  Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

it.each(['csv', 'xlsx'])('%s: every row once, in memory that does not grow with them', async (format) => {
  const began = performance.now();
  const id = await ask(format);
  const memory: { done: number; mb: number }[] = [];
  let one = await read(id);
  for (; one.status === 'waiting' || one.status === 'running'; one = await read(id)) {
    if (one.rows > 0) memory.push({ done: one.rows, mb: await memoryOf(processes.worker.pid) });
    await pause(50);
  }
  const seconds = (performance.now() - began) / 1000;
  expect(one).toMatchObject({ status: 'ready', rows, total: rows });
  const ids = idsIn(format, await content(id));
  expect([ids.length, new Set(ids).size]).toEqual([rows, rows]);
  const quarter = (nth: number): number =>
    Math.max(...memory.filter(({ done }) => Math.floor((4 * done) / (rows + 1)) === nth).map(({ mb }) => mb), 0);
  if (process.env['SHOW'])
    console.info(
      `${format}: ${rows} rows in ${seconds.toFixed(1)} s; most MB of the worker by quarter: ${[0, 1, 2, 3].map((nth) => quarter(nth).toFixed(0)).join(', ')}`,
    );
  // The collector takes its time. That no line is read ahead of what is written is told exactly in export-sheet.service.spec.
  if (quarter(1) > 0) expect(quarter(3) - quarter(1)).toBeLessThan(100);
});

it.each(['csv', 'xlsx'])('%s: a worker that is killed in the middle leaves no half of a file', async (format) => {
  const id = await ask(format);
  let one = await read(id);
  for (; one.rows === 0; one = await read(id)) await pause(5);
  await processes.worker.kill();
  expect((await read(id)).status).toBe('running');
  const [before] = await database.query<{ parts: number }>('select parts from export where id = $1', [id]);
  expect((await lead.try('GET', `/v1/exports/${id}/file`)).status).toBe(404);
  // The half minute for which it is that worker's passes.
  await database.query('update export set leased_until = asked_at where id = $1', [id]);
  await processes.worker.start();
  await until(async () => (one = await read(id)).status === 'ready');
  expect(before).toBeDefined();
  const ids = idsIn(format, await content(id));
  expect([ids.length, new Set(ids).size, one.rows]).toEqual([rows, rows, rows]);
  const [row] = await database.query<{ attempt: number; pass: string | null }>(
    'select attempt, pass from export where id = $1',
    [id],
  );
  expect(row).toEqual({ attempt: 2, pass: null });
});
