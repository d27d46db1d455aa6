/** What a command writes, found by looking: whatever the code is called, these are the rows. */
import { Client } from 'pg';

/** Columns as PostgreSQL's text. */
export type Row = Readonly<Record<string, string | null>>;

export interface Write {
  readonly table: string;
  readonly as: 'insert' | 'update' | 'delete';
  readonly row: Row;
}

export interface Written {
  readonly writes: readonly Write[];
  readonly began: number;
  readonly ended: number;
}

export interface Table {
  readonly name: string;
  /** Type by column. */
  readonly columns: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  /** Columns that the database numbers by itself. */
  readonly numbered: readonly string[];
  /** Columns of any index. */
  readonly indexed: ReadonlySet<string>;
}

/** The product's tables. What the queue keeps is no part of what people wrote. */
export async function tablesOf(url: string): Promise<Map<string, Table>> {
  const client = await connected(url);
  try {
    const { rows } = await client.query<{
      name: string;
      columns: Record<string, string>;
      key: string[];
      numbered: string[];
      indexed: string[];
    }>(`
      select c.relname as name,
        (select jsonb_object_agg(a.attname, format_type(a.atttypid, a.atttypmod)) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
        array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attidentity <> '') as numbered,
        coalesce((select array_agg(a.attname::text) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) where i.indrelid = c.oid and i.indisprimary), '{}') as key,
        coalesce((select array_agg(distinct a.attname::text) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) where i.indrelid = c.oid), '{}') as indexed
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`);
    return new Map(rows.map((row) => [row.name, { ...row, indexed: new Set(row.indexed) }]));
  } finally {
    await client.end();
  }
}

/**
 * Runs something while nobody else writes, and tells every row that it has left, changed or taken away, in however many transactions. A look that began
 * before sees the old versions, which bear the number of whoever replaced them.
 */
export async function writtenBy(
  url: string,
  tables: ReadonlyMap<string, Table>,
  run: () => Promise<unknown>,
): Promise<Written> {
  const [before, after] = [await connected(url), await connected(url)];
  try {
    await before.query('begin isolation level repeatable read');
    const first = await before.query<{ at: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as at');
    const since = first.rows[0]!.at;
    const began = performance.timeOrigin + performance.now();
    await run();
    const ended = performance.timeOrigin + performance.now();
    const present = await rowsWith(after, tables, 'xmin', since);
    const past = await rowsWith(before, tables, 'xmax', since);
    const identity = ({ table, row }: Found): string => `${table} ${keyOf(tables.get(table)!, row)}`;
    const pastKeys = new Set(past.map(identity));
    const presentKeys = new Set(present.map(identity));
    const gone: Found[] = [];
    for (const found of past)
      if (!presentKeys.has(identity(found)) && !(await stands(after, tables.get(found.table)!, found.row)))
        gone.push(found);
    const writes: Write[] = [
      ...present.map((found): Write => ({ ...found, as: pastKeys.has(identity(found)) ? 'update' : 'insert' })),
      ...gone.map((found): Write => ({ ...found, as: 'delete' })),
    ];
    return { writes, began, ended };
  } finally {
    await before.end();
    await after.end();
  }
}

interface Found {
  readonly table: string;
  readonly row: Row;
}

const keyOf = ({ key }: Table, row: Row): string => key.map((column) => row[column]).join(' ');

async function rowsWith(
  client: Client,
  tables: ReadonlyMap<string, Table>,
  system: 'xmin' | 'xmax',
  since: string,
): Promise<Found[]> {
  const select = [...tables.values()]
    .map(
      ({ name, columns }) =>
        `(select '${name}' as "table", jsonb_build_object(${Object.keys(columns)
          .map((column) => `'${column}', t."${column}"::text`)
          .join(', ')}) as row from public."${name}" t where t.${system}::text::bigint >= $1::bigint order by t.ctid)`,
    )
    .join(' union all ');
  return (await client.query<Found>(select, [since])).rows;
}

/** A row that was locked bears a number too, and is there as before. */
async function stands(client: Client, { name, key }: Table, row: Row): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from public."${name}" where ${key.map((column, n) => `"${column}"::text = $${n + 1}`).join(' and ')}`,
    key.map((column) => row[column]),
  );
  return rowCount !== 0;
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
