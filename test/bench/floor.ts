/**
 * The floor under a command: the same rows, written by one prepared function in one round trip, with nothing that was thought about them. The function is
 * made from what the product was seen to write, so that the floor follows whatever becomes of the product's tables.
 */
import { Client } from 'pg';
import type { Parameter } from './loads';
import type { Table, Write, Written } from './written';

export interface Floor {
  readonly text: string;
  readonly parameters: readonly Parameter[];
  /** What it writes, in words: `event +2, stream ±1`. */
  readonly rows: string;
}

/** Copies of the tables as they are now: as many rows, the same indexes, and neither policies nor triggers. */
export async function copyTables(url: string, tables: Iterable<Table>): Promise<void> {
  await inOne(url, async (client) => {
    await client.query('drop schema if exists floor cascade');
    await client.query('create schema floor');
    for (const { name, columns, numbered } of tables) {
      await client.query(`create table floor."${name}" (like public."${name}" including all)`);
      const list = Object.keys(columns)
        .map((column) => `"${column}"`)
        .join(', ');
      await client.query(
        `insert into floor."${name}" (${list}) overriding system value select ${list} from public."${name}"`,
      );
      for (const column of numbered)
        await client.query(
          `select setval(pg_get_serial_sequence('floor."${name}"', '${column}'), coalesce(max("${column}"), 0) + 1) from floor."${name}"`,
        );
      await keepNothingApart(client, name);
    }
    await client.query('analyze');
  });
}

/** Rows that exclude each other (periods of leads) would refuse the second turn: the index stays, the refusal goes. */
async function keepNothingApart(client: Client, table: string): Promise<void> {
  const { rows } = await client.query<{ name: string; index: string }>(
    `select conname as name, pg_get_indexdef(conindid) as index from pg_constraint where conrelid = $1::regclass and contype = 'x'`,
    [`floor."${table}"`],
  );
  for (const { name, index } of rows) {
    await client.query(`alter table floor."${table}" drop constraint "${name}"`);
    await client.query(index);
  }
}

/** @param runs the same command several times, on different records */
export async function makeFloor(
  url: string,
  name: string,
  tables: ReadonlyMap<string, Table>,
  runs: readonly Written[],
): Promise<Floor> {
  const alike = mostAlike(runs);
  const parameters = new Parameters(alike);
  const statements = alike[0]!.writes.map((write, at) => statementOf(write, at, tables.get(write.table)!, parameters));
  const declared = parameters.list.map(({ type }, n) => `p${n + 1} ${type}`).join(', ');
  await inOne(url, (client) =>
    client.query(
      `create function floor."${name}"(${declared}) returns void language plpgsql as $floor$ begin\n${statements.join('\n')}\nend $floor$`,
    ),
  );
  return {
    text: `select floor."${name}"(${parameters.list.map((_, n) => `$${n + 1}`).join(', ')})`,
    parameters: parameters.list.map(({ parameter }) => parameter),
    rows: inWords(alike[0]!.writes),
  };
}

/** A run that happened to write a row more or less (a rare word, a first time) is no pattern for the others. */
function mostAlike(runs: readonly Written[]): Written[] {
  const groups = new Map<string, Written[]>();
  for (const run of runs) groups.set(shapeOf(run.writes), [...(groups.get(shapeOf(run.writes)) ?? []), run]);
  return [...groups.values()].sort((a, b) => b.length - a.length)[0]!;
}

const shapeOf = (writes: readonly Write[]): string => writes.map(({ table, as }) => `${as} ${table}`).join();

function inWords(writes: readonly Write[]): string {
  const signs = { insert: '+', update: '±', delete: '−' };
  const counts = new Map<string, number>();
  for (const { table, as } of writes)
    counts.set(`${table} ${signs[as]}`, (counts.get(`${table} ${signs[as]}`) ?? 0) + 1);
  return [...counts].map(([what, count]) => `${what}${count}`).join(', ');
}

function statementOf(
  { table, as }: Write,
  at: number,
  { columns, key, indexed, numbered }: Table,
  parameters: Parameters,
): string {
  const value = (column: string): string => parameters.of(at, column, columns[column]!, indexed.has(column));
  const names = Object.keys(columns);
  const byKey = key.map((column) => `"${column}" = ${value(column)}`).join(' and ');
  const changes = names.filter((column) => !key.includes(column)).map((column) => `"${column}" = ${value(column)}`);
  if (as === 'delete') return `delete from floor."${table}" where ${byKey};`;
  if (as === 'update')
    return `update floor."${table}" set ${changes.join(', ') || `"${key[0]}" = "${key[0]}"`} where ${byKey};`;
  const given = names.filter((column) => !numbered.includes(column));
  // What has no key of its own (a timer of a record that was there) is there already the second time.
  const apart = key.length === 0 || key.some((column) => numbered.includes(column) || parameters.isFresh(at, column));
  const conflict = apart
    ? ''
    : ` on conflict (${key.map((column) => `"${column}"`).join(', ')}) do update set ${changes.join(', ') || `"${key[0]}" = excluded."${key[0]}"`}`;
  return `insert into floor."${table}" (${given.map((column) => `"${column}"`).join(', ')}) values (${given.map(value).join(', ')})${conflict};`;
}

/** What differs from run to run becomes a parameter where an index holds it, and stays as it was in the first run elsewhere. */
class Parameters {
  readonly list: { readonly type: string; readonly parameter: Parameter }[] = [];
  private readonly places = new Map<string, number>();

  constructor(private readonly runs: readonly Written[]) {}

  of(at: number, column: string, type: string, indexed: boolean): string {
    const given = this.given(at, column);
    if (type.startsWith('timestamp') && this.happenedThen(given))
      return this.place('then', type, () => ({ fresh: 'moment' }));
    if (!indexed || given.every((value) => value === given[0])) return literal(given[0] ?? null, type);
    return this.place(JSON.stringify(given), type, () =>
      this.isFresh(at, column) ? freshOf(type, given[0]!) : { given },
    );
  }

  /** What was the same value in several columns is one parameter. */
  private place(value: string, type: string, parameter: () => Parameter): string {
    if (!this.places.has(value)) {
      this.list.push({ type, parameter: parameter() });
      this.places.set(value, this.list.length);
    }
    return `p${this.places.get(value)}`;
  }

  /** Made by this command itself: an id younger than its beginning, or a text that nothing else would have in common. */
  isFresh(at: number, column: string): boolean {
    const given = this.given(at, column);
    return (
      this.runs.every(({ began }, n) => madeSince(given[n], began)) ||
      (this.writeIs(at, 'insert') && differsLikeChance(given))
    );
  }

  private writeIs(at: number, as: Write['as']): boolean {
    return this.runs[0]!.writes[at]!.as === as;
  }

  private given(at: number, column: string): (string | null)[] {
    return this.runs.map(({ writes }) => writes[at]!.row[column] ?? null);
  }

  private happenedThen(given: readonly (string | null)[]): boolean {
    return this.runs.every(({ began, ended }, n) => {
      const moment = Date.parse(given[n]?.replace(/\+00$/, 'Z') ?? '');
      return moment >= began - 5 && moment <= ended + 5;
    });
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7/;

const madeSince = (value: string | null | undefined, began: number): boolean =>
  value != null && uuid.test(value) && parseInt(value.replace('-', '').slice(0, 12), 16) >= began - 5;

/** Hashes and keys that a client or the product has drawn: sixteen signs at least, and no two runs have one in common. */
const differsLikeChance = (given: readonly (string | null)[]): boolean =>
  given.length > 1 &&
  new Set(given).size === given.length &&
  given.every((value) => value !== null && /^(\\x)?[0-9a-f-]{32,}$/.test(value) && !uuid.test(value));

const freshOf = (type: string, example: string): Parameter => {
  if (type === 'uuid') return { fresh: 'uuid' };
  return type === 'bytea'
    ? { fresh: 'bytes', length: (example.length - 2) / 2 }
    : { fresh: 'text', length: example.length };
};

const literal = (value: string | null, type: string): string =>
  value === null ? 'null' : `'${value.replaceAll("'", "''")}'::${type}`;

async function inOne(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } finally {
    await client.end();
  }
}
