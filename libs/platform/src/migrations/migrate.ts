import { type Client, escapeIdentifier } from 'pg';
import { DataSource, type MigrationInterface, type MixedList } from 'typeorm';
import { withClient } from '../client';
import { applySchema } from '../schema/apply';
import type { LibrarySchema } from '../schema/schema';
import { prepareRoles, type RolePasswords } from './roles';

type MigrationClass = new () => MigrationInterface;

/**
 * Brings the database of `url` up to date: makes the roles that are missing, then, as role `owner`, runs the migrations that are new and applies the
 * present texts. May be run at any time and by several at once (a session advisory lock lets one at a time through); the previous version may still be
 * running.
 *
 * @param url a superuser, or a role that may create roles; used for nothing else
 * @param libraries from the lowest up
 * @param only of the migrations these alone, and no texts: the tables of an earlier version, for its rows to come back to
 * @returns what was done: names of the migrations that ran, and `presentTexts` when those were applied
 */
export async function migrate(
  url: string,
  libraries: readonly LibrarySchema[],
  passwords: RolePasswords,
  { only }: { only?: readonly string[] } = {},
): Promise<string[]> {
  const migrations = libraries
    .flatMap((library) => library.migrations)
    .filter(({ name }) => only?.includes(name) ?? true);
  return withClient(url, async (client) => {
    await client.query(`select pg_advisory_lock(7273)`);
    await prepareRoles(client, url, passwords);
    const source = ownerSource(url, migrations);
    await source.initialize();
    try {
      const ran = (await source.runMigrations({ transaction: 'each' })).map(({ name }) => name);
      if (only) return ran;
      return (await isNewer(client, migrations)) || !(await asOwner(url, (owner) => applySchema(owner, libraries)))
        ? ran
        : [...ran, presentTexts];
    } finally {
      await source.destroy();
    }
  });
}

/** What `migrate` says when it has applied them. */
export const presentTexts = 'the present texts of the schema';

/** A version that comes back beside a newer one leaves the newer texts: those work with it, its own might not with the newer tables. */
async function isNewer(client: Client, migrations: readonly MigrationClass[]): Promise<boolean> {
  const last = Math.max(...migrations.map(({ name }) => Number(name.slice(-13))));
  const { rowCount } = await client.query('select from migration where timestamp > $1', [last]);
  return rowCount !== 0;
}

/** Work by role `owner`, whatever the login. */
export const asOwner = <R>(url: string, work: (owner: Client) => Promise<R>): Promise<R> =>
  withClient(url, work, '-c role=owner');

/** Makes a database of that name on the server of `url` when there is none. */
export const ensureDatabase = (url: string, name: string): Promise<void> =>
  withClient(url, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(name)}`);
  });

/** A TypeORM source that acts as role `owner`, whatever the login. */
export const ownerSource = (
  url: string,
  migrations: readonly MigrationClass[],
  entities: MixedList<new () => object> = [],
): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations],
    entities,
    migrationsTableName: 'migration',
    extra: { options: '-c role=owner', max: 2 },
  });
