/** One measurement of an operation beside its floor, and what many of them come to. */
import type { Bed } from './bed';
import { copyTables, makeFloor, type Floor } from './floor';
import type { LoadGenerator } from './load';
import type { Asked, Measured } from './loads';
import { reads, signIn, type Command, type Read } from './operations';
import type { Stage } from './stage';
import { tablesOf, writtenBy, type Written } from './written';

export interface Pace {
  /** For one measurement. */
  readonly seconds: number;
  readonly floorSeconds: number;
}

export interface Tools {
  readonly bed: Bed;
  readonly stage: Stage;
  readonly http: LoadGenerator;
  /** Apart, so that a floor is not measured by a process that has just parsed thousands of answers. */
  readonly floor: LoadGenerator;
  readonly pace: Pace;
}

export interface Round {
  readonly product: Measured;
  /** Requests a second that nothing can be faster than. */
  readonly floor: number;
}

export const isRead = (operation: Command | Read): operation is Read => reads.includes(operation as Read);

/** Runs each command some times on different records, while nobody else is at work, and keeps what it was seen to write. */
export async function look(
  { bed, stage }: Tools,
  commands: readonly Command[],
  times: number,
): Promise<Map<Command, Written[]>> {
  const tables = await tablesOf(bed.databaseUrl);
  const seen = new Map<Command, Written[]>();
  for (const command of commands) {
    const runs: Written[] = [];
    for (const request of await command.requests(stage, times))
      runs.push(await writtenBy(bed.databaseUrl, tables, () => send(bed, request)));
    seen.set(command, runs);
  }
  return seen;
}

/** In tables as large as the product's are by now. */
export async function makeFloors({ bed }: Tools, seen: ReadonlyMap<Command, Written[]>): Promise<Map<Command, Floor>> {
  const tables = await tablesOf(bed.databaseUrl);
  await copyTables(bed.databaseUrl, tables.values());
  const floors = new Map<Command, Floor>();
  for (const [command, runs] of seen) floors.set(command, await makeFloor(bed.databaseUrl, command.name, tables, runs));
  return floors;
}

async function send(bed: Bed, { method, path, headers, body }: Asked): Promise<void> {
  const answer = await fetch(new URL(path, bed.baseUrl), { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} → ${answer.status} ${text.slice(0, 600)}`);
}

/** Asks the product with that many connections; a first few requests that are not measured tell how many are needed. */
export async function ask(tools: Tools, operation: Command | Read, connections: number): Promise<Measured> {
  const once = async (count: number): Promise<Measured> =>
    asking(tools, operation, connections, await operation.requests(tools.stage, count));
  const { rate } = await once(connections);
  return once(Math.max(connections * 2, Math.ceil(rate * tools.pace.seconds)));
}

/** These requests, which have been prepared: nothing else is asked meanwhile. */
export async function asking(
  { stage, http, bed }: Tools,
  operation: Command | Read,
  connections: number,
  requests: readonly Asked[],
): Promise<Measured> {
  const kept = 'kept' in operation ? operation.kept : undefined;
  const ids = kept !== undefined;
  const measured = await http.measure({ kind: 'http', baseUrl: bed.baseUrl, connections, requests, ids });
  kept?.(stage, measured.ids!, requests);
  return measured;
}

/** What a command's rows cost by themselves; of a sign-in, the verification of its password too. */
export async function floorOfCommand(
  tools: Tools,
  command: Command,
  floor: Floor,
  connections: number,
): Promise<number> {
  const { bed, pace } = tools;
  const { rate } = await tools.floor.measure({
    kind: 'sql',
    url: bed.databaseUrl,
    connections,
    seconds: pace.floorSeconds,
    ...floor,
  });
  if (command !== signIn) return rate;
  const [account] = await bed.query<{ hash: string }>(
    'select password_hash as hash from account where password_hash is not null limit 1',
  );
  const verified = await tools.floor.measure({
    kind: 'password',
    connections,
    seconds: pace.floorSeconds,
    hash: account!.hash,
    password: bed.password,
  });
  return inSequence([rate, verified.rate]);
}

/** An empty request, the same rows by their index, and the same boxes opened: whoever answers does all three. */
export async function floorOfRead(tools: Tools, read: Read, connections: number): Promise<number> {
  const { bed, pace, stage } = tools;
  const { text, values } = await read.rows(stage);
  const sizes = boxesIn(await bed.query(text, [...values[0]!]));
  const empty = await emptyRequests(tools, connections);
  const rows = await tools.floor.measure({
    kind: 'sql',
    url: byIndex(bed.databaseUrl),
    connections,
    seconds: pace.floorSeconds,
    text,
    parameters: values[0]!.map((_, n) => ({ given: values.map((set) => set[n]) })),
  });
  const opened =
    sizes.length === 0
      ? []
      : [(await tools.floor.measure({ kind: 'open', seconds: pace.floorSeconds / 2, sizes })).rate];
  return inSequence([empty.rate, rows.rate, ...opened]);
}

/** Whatever the planner makes of tables of that size: the rows of a page are few, and the product reads them so, too. */
export function byIndex(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const off = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((way) => `-c enable_${way}=off`);
  url.searchParams.set('options', [...off, '-c jit=off'].join(' '));
  return url.href;
}

export function emptyRequests({ bed, http, pace }: Tools, connections: number): Promise<Measured> {
  const requests = Array.from(
    { length: Math.max(connections * 3, Math.ceil(5000 * pace.floorSeconds)) },
    (): Asked => ({ method: 'GET', path: '/health/live', headers: {} }),
  );
  return http.measure({ kind: 'http', baseUrl: bed.baseUrl, connections, requests });
}

/** One after the other on the same machine: their times add up. */
const inSequence = (rates: readonly number[]): number => 1 / rates.reduce((time, rate) => time + 1 / rate, 0);

/** Lengths of what is sealed in these rows, without iv and tag; a key that stands in several rows is opened once. */
function boxesIn(rows: readonly object[]): number[] {
  const boxes = new Set(rows.flatMap((row) => Object.values(row).filter((value) => Buffer.isBuffer(value))));
  return [...boxes].map(({ length }) => Math.max(0, length - 28));
}
