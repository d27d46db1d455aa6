import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { withClient } from '../client';
import type { Clock } from '../clock';
import type { MasterKeys } from '../records/master-keys';
import { backupsIn, fileOf, manifestFile, newRoot, signManifest, type Manifest, type SavedTable } from './manifest';
import { sealStream } from './sealed-stream';

/** What migrations and texts make by themselves is not saved, nor who runs. Parts of tables do not occur: those who have them are saved whole. */
const tablesSql = `
  select c.relname as name, array(select a.attname::text from pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname not in ('migration', 'schema_applied', 'key_holder') order by 1`;

/** Row-level security off: who may not do without it is refused, and nothing is left out quietly; and no table takes too long. */
export const everything = '-c row_security=off -c statement_timeout=0';

export interface BackupOptions {
  /** A superuser's, or another one to whom row-level security does not apply. */
  readonly url: string;
  /** The one that the database is sealed with seals the backup. */
  readonly keys: MasterKeys;
  readonly clock: Clock;
  /** Where backups lie; this one becomes a folder in it. */
  readonly folder: string;
  readonly onTable?: (name: string, rows: number) => void;
}

/**
 * Writes what the database holds at one moment, while people go on working: each table in a file, compressed and sealed. The folder has its name once
 * everything is on the disk; what was broken off never looks like a backup. Its name is the answer.
 */
export async function writeBackup({ url, keys, clock, folder, onTable }: BackupOptions): Promise<string> {
  const at = clock.now();
  const name = `fil-rouge-${at.slice(0, 19).replaceAll(':', '-')}Z`;
  const draft = join(folder, `.${name}.${process.pid}`);
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    const salt = randomBytes(32).toString('hex');
    const manifest = await withClient(
      url,
      async (client) => {
        await client.query('begin isolation level repeatable read, read only');
        // Of the same moment as the roots among the rows: who rotates meanwhile leaves a backup that one key opens whole.
        const { rows: sealed } = await client.query<{ fingerprint: string }>(
          `select fingerprint from sealing_key where purpose = 'records'`,
        );
        const fingerprint = sealed[0]?.fingerprint ?? keys.current();
        const { sealing, box } = await newRoot(keys, fingerprint);
        const saved = await saveAll(client, async (table) => {
          const rows = await save(client, table, join(draft, fileOf(table.name)), sealing.fileKey(salt, table.name));
          onTable?.(table.name, rows);
          return rows;
        });
        await client.query('commit');
        return signManifest({ format: 2, at, fingerprint, box, salt, ...saved }, sealing);
      },
      everything,
    );
    await writeFile(join(draft, manifestFile), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true });
    await rename(draft, join(folder, name));
    await synced(folder);
    return name;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

type Columns = Omit<SavedTable, 'rows'>;

/** @param saving writes a table, and says of how many rows */
async function saveAll(
  client: Client,
  saving: (table: Columns) => Promise<number>,
): Promise<Pick<Manifest, 'migrations' | 'tables'>> {
  const { rows: migrations } = await client.query<{ name: string }>('select name from migration order by timestamp');
  const { rows: found } = await client.query<Columns>(tablesSql);
  const tables: SavedTable[] = [];
  for (const table of found) tables.push({ ...table, rows: await saving(table) });
  return { migrations: migrations.map(({ name }) => name), tables };
}

/** As text, which every version of PostgreSQL reads. */
async function save(client: Client, { name, columns }: Columns, path: string, key: Buffer): Promise<number> {
  const rows = client.query(copyTo(`copy ${copied(name, columns)} to stdout`));
  await pipeline(rows, createGzip(), sealStream(key), createWriteStream(path, { mode: 0o600, flush: true }));
  return rows.rowCount;
}

export const copied = (name: string, columns: readonly string[]): string =>
  `"${name}" (${columns.map((column) => `"${column}"`).join(', ')})`;

/** The newest `keep` stay: an erasure is final where no older copy is kept either. Names of those that went. */
export async function thinBackups(folder: string, keep: number): Promise<string[]> {
  const gone = (await backupsIn(folder)).slice(0, -keep);
  for (const name of gone) await rm(join(folder, name), { recursive: true });
  return gone;
}

/** A name is on the disk when its folder is. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
