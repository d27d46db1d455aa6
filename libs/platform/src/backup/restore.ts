import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Instant } from '@fil-rouge/kernel';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { withClient } from '../client';
import type { Library } from '../library';
import { asOwner, migrate } from '../migrations/migrate';
import type { RolePasswords } from '../migrations/roles';
import { SettingsError } from '../settings';
import { copied, everything } from './backup';
import { fileOf, type OpenedBackup, type SavedTable } from './manifest';
import { openStream } from './sealed-stream';

export interface RestoreOptions {
  /** As for `migrate`: an empty database. */
  readonly url: string;
  readonly passwords: RolePasswords;
  readonly libraries: readonly Library[];
  /** One backup, and what it holds: `openBackup`. */
  readonly folder: string;
  readonly backup: OpenedBackup;
  readonly now: Instant;
  readonly onTable?: (name: string) => void;
}

/**
 * Fills an empty database with a backup, all of its rows or none, and brings it up to date: tables are made as they were at that time, so a backup of any
 * earlier version comes back with this one. Then what must not happen twice is ended (`Library.restored`). Throws a SettingsError.
 */
export async function loadBackup({
  url,
  passwords,
  libraries,
  folder,
  backup: { manifest, sealing },
  now,
  onTable,
}: RestoreOptions): Promise<void> {
  await refuseFilled(url);
  const known = new Set(libraries.flatMap(({ migrations }) => migrations.map(({ name }) => name)));
  const newer = manifest.migrations.filter((name) => !known.has(name));
  if (newer.length > 0)
    throw new SettingsError([`${folder} was made by a newer version (${newer[0]}): restore it with that one.`]);
  await migrate(url, libraries, passwords, { only: manifest.migrations });
  await asOwner(url, async (owner) => {
    await owner.query('set statement_timeout = 0');
    await owner.query('begin');
    for (const table of manifest.tables) {
      await load(owner, table, join(folder, fileOf(table.name)), sealing.fileKey(manifest.salt, table.name));
      onTable?.(table.name);
    }
    await owner.query(countOn);
    await owner.query('commit');
  });
  await migrate(url, libraries, passwords);
  await afterwards(url, libraries, now);
}

/** Nothing is ever restored over something: that is for whoever is there to decide. */
const refuseFilled = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    const {
      rows: [table],
    } = await client.query<{ there: boolean }>(`select to_regclass('public.stream') is not null as there`);
    if (!table!.there) return;
    const { rowCount } = await client.query('select from stream union all select from account limit 1');
    if (rowCount !== 0)
      throw new SettingsError([
        'The database is not empty. A backup is restored into an empty one: make a new database, or set another DATA_DIR.',
      ]);
  });

/** Policies and triggers come with the texts, later: what is in a table by now, migrations have put there. */
async function load(owner: Client, { name, columns, rows }: SavedTable, path: string, key: Buffer): Promise<void> {
  await owner.query(`alter table "${name}" no force row level security; truncate "${name}"`);
  const table = owner.query(copyFrom(`copy ${copied(name, columns)} from stdin`));
  try {
    await pipeline(createReadStream(path), openStream(key), createGunzip(), table);
  } catch (error) {
    throw new SettingsError([`${path} does not open (${(error as Error).message}): nothing was restored.`]);
  }
  if (table.rowCount !== rows)
    throw new SettingsError([`${path} holds ${table.rowCount} rows in place of ${rows}: nothing was restored.`]);
}

/** Numbers that tables give go on behind the last one. */
const countOn = /* sql */ `
do $$
declare v_table text; v_column text; v_last bigint;
begin
  for v_table, v_column in select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attidentity <> '' and c.relname <> 'schema_applied'
  loop
    execute format('select coalesce(max(%I), 0) from %I', v_column, v_table) into v_last;
    if v_last > 0 then perform setval(pg_get_serial_sequence(quote_ident(v_table), v_column), v_last); end if;
  end loop;
end $$`;

const afterwards = (url: string, libraries: readonly Library[], now: Instant): Promise<void> =>
  withClient(
    url,
    async (client) => {
      for (const statement of libraries.flatMap(({ restored = [] }) => restored)) await client.query(statement, [now]);
      await client.query('analyze');
    },
    everything,
  );
