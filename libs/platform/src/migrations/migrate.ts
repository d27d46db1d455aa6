import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { DataSource, type MigrationInterface, type MixedList } from 'typeorm';

export interface RolePasswords {
  readonly api: string;
  readonly worker: string;
  readonly queue: string;
}

type MigrationClass = new () => MigrationInterface;

/**
 * Brings the database of `url` up to date: makes the roles that are missing, then runs what is new as role `owner`. May be run at any
 * time and by several at once (a session advisory lock lets one at a time through); the previous version may still be running.
 *
 * @param url a superuser, or a role that may create roles; used for nothing else
 * @returns names of the migrations that ran
 */
export async function migrate(url: string, migrations: MigrationClass[], passwords: RolePasswords): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(7273)`);
    await prepareRoles(client, passwords);
    const source = ownerSource(url, migrations);
    await source.initialize();
    try {
      return (await source.runMigrations({ transaction: 'each' })).map(({ name }) => name);
    } finally {
      await source.destroy();
    }
  } finally {
    await client.end();
  }
}

/** Makes a database of that name on the server of `url` when there is none. */
export async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** A TypeORM source that acts as role `owner`, whatever the login. */
export const ownerSource = (url: string, migrations: MigrationClass[], entities: MixedList<new () => object> = []): DataSource =>
  new DataSource({ type: 'postgres', url, migrations, entities, migrationsTableName: 'migration', extra: { options: '-c role=owner', max: 2 } });

/**
 * owner: owns the tables, no login. writer: owns the functions of the write path, no login. api, worker: what the processes log in as, row-level
 * security applies to them. queue: owns the schema of the queue and sees nothing else.
 */
async function prepareRoles(client: Client, passwords: RolePasswords): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(`select rolname from pg_roles where rolname in ('owner', 'writer', 'api', 'worker', 'queue')`);
  const known = new Set(rows.map(({ rolname }) => rolname));
  for (const role of ['owner', 'writer']) if (!known.has(role)) await client.query(`create role ${role} nologin`);
  for (const role of ['api', 'worker', 'queue'] as const) {
    // `alter` as well: a changed password takes effect with the next migration run.
    await client.query(`${known.has(role) ? 'alter' : 'create'} role ${role} login nosuperuser nobypassrls password ${escapeLiteral(passwords[role])}`);
  }
  // owner may hand functions over to writer but does not inherit from it: else writer's policies would apply to owner, and FORCE be void.
  const { rows: [where] } = await client.query<{ name: string }>('select current_database() as name');
  await client.query(`
    grant writer to owner with inherit false, set true;
    grant owner to current_user;
    grant connect, create on database ${escapeIdentifier(where!.name)} to owner;
    grant connect on database ${escapeIdentifier(where!.name)} to api, worker, queue;
    alter schema public owner to owner;
    grant usage, create on schema public to writer;
    grant usage on schema public to api, worker;
    create schema if not exists bullmq authorization queue;
  `);
}
