import { Client } from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { codeOf } from './database';
import { SettingsError } from './settings';

const patience = 5_000;
/** A server that says it is starting is waited for, a little. */
const startingUp = 15_000;
const oldest = 180_000;

export interface DatabaseCheck {
  /** The login every policy of this process is written for; it must be nobody to whom row-level security does not apply. */
  readonly as?: 'api' | 'worker';
  /** Makes the other logins. */
  readonly makesRoles?: true;
  /** Migrated already. */
  readonly ready?: true;
}

/** Tries what a setting names before anything is built on it. Throws a SettingsError: one sentence, within seconds, that repeats no password. */
export async function checkDatabase(
  name: string,
  url: string,
  { as, makesRoles, ready }: DatabaseCheck = {},
): Promise<void> {
  const client = await connected(name, url);
  try {
    const {
      rows: [found],
    } = await client.query<{
      version: number;
      login: string;
      above: boolean;
      makes: boolean;
      member: boolean;
      known: boolean;
      migrated: boolean;
    }>(
      `
      select current_setting('server_version_num')::int as version, current_user as login, rolsuper or rolbypassrls as above, rolsuper or rolcreaterole as makes,
        exists (select from pg_roles where rolname = $1) as known, current_user = $1 as member, to_regclass('public.stream') is not null as migrated
      from pg_roles where rolname = current_user`,
      [as ?? ''],
    );
    const { version, login, above, makes, known, member, migrated } = found!;
    const refuse = (why: string): never => {
      throw new SettingsError([`${name} ${why}.`]);
    };
    if (version < oldest) refuse(`names a PostgreSQL ${Math.floor(version / 10_000)}; this program needs 18`);
    if (makesRoles && !makes)
      refuse(`signs in as "${login}", who may not make the other logins: give one that may (create role)`);
    if (as && above)
      refuse(
        `signs in as "${login}", to whom row-level security does not apply: give the login \`${as}\`, made by \`npm run migrate\``,
      );
    if (as && !member)
      refuse(`signs in as "${login}": give the login \`${as}\`${known ? '' : ', made by `npm run migrate`'}`);
    if ((as || ready) && !migrated) refuse('names a database that is empty: run `npm run migrate` first');
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function connected(name: string, url: string): Promise<Client> {
  for (const deadline = performance.now() + startingUp; ; await wait(250)) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: patience, query_timeout: patience });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      void client.end().catch(() => undefined);
      if (codeOf(error) === '57P03' && performance.now() < deadline) continue;
      throw new SettingsError([`${name}: ${whyNot(error, new URL(url))}.`]);
    }
  }
}

function whyNot(error: unknown, { hostname, port, username, pathname }: URL): string {
  const place = `${hostname}:${port || 5432}`;
  const code = codeOf(error);
  if (code === '28P01' || code === '28000')
    return `PostgreSQL at ${place} refuses the login "${decodeURIComponent(username)}": wrong password, or no such login`;
  if (code === '3D000') return `PostgreSQL at ${place} has no database "${decodeURIComponent(pathname.slice(1))}"`;
  if (code === '42501')
    return `the login "${decodeURIComponent(username)}" may not enter the database "${decodeURIComponent(pathname.slice(1))}"`;
  if (code === '53300') return `PostgreSQL at ${place} has no connection left`;
  if (code === '57P03') return `PostgreSQL at ${place} is still starting`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `the host "${hostname}" is not known here`;
  if (/^E[A-Z]+$/.test(code)) return `nobody answers at ${place} (${code})`;
  if (code !== '') return `PostgreSQL at ${place} refuses (${code})`;
  return /SSL|certificate|self-signed/i.test((error as Error).message)
    ? `no encrypted connection with ${place} comes about: ${(error as Error).message}`
    : `what answers at ${place} is no PostgreSQL, or does not answer in time`;
}
