import { createHmac } from 'node:crypto';
import {
  checkDatabase,
  ensureDatabase,
  type EmbeddedPostgres,
  type RolePasswords,
  type Settings,
} from '@fil-rouge/platform';

export interface Logins extends Record<'api' | 'worker' | 'queue' | 'migration', string> {
  readonly passwords: RolePasswords;
}

/**
 * Who logs in as what. A login the settings do not name gets a password derived from the first root, so that a tool started beside a running
 * system, or a second start, uses the same one.
 */
export function loginsOf(settings: Settings, administrator: string, root: Buffer): Logins {
  // DATABASE_URL alone is the administrator's: the narrow logins are then made from it.
  const named = {
    api: settings.migrationDatabaseUrl && settings.databaseUrl,
    worker: settings.workerDatabaseUrl,
    queue: settings.queueDatabaseUrl,
  };
  const login = (role: keyof RolePasswords): string => {
    const given = named[role];
    if (given) return given;
    const url = new URL(administrator);
    url.username = role;
    url.password = createHmac('sha256', root).update(`login|${role}`).digest('hex');
    return url.toString();
  };
  const [api, worker, queue] = [login('api'), login('worker'), login('queue')];
  const passwordOf = (url: string): string => decodeURIComponent(new URL(url).password);
  return {
    api,
    worker,
    queue,
    migration: administrator,
    passwords: { api: passwordOf(api), worker: passwordOf(worker), queue: passwordOf(queue) },
  };
}

const databaseName = 'fil_rouge';

/** The database of the embedded server, made when it is missing. */
export async function ownDatabase(server: Pick<EmbeddedPostgres, 'superuserUrl'>): Promise<string> {
  await ensureDatabase(server.superuserUrl(), databaseName);
  return server.superuserUrl(databaseName);
}

/** The login that makes the others, tried out, in a database of yours. */
export async function administratorOf({ migrationDatabaseUrl, databaseUrl }: Settings): Promise<string> {
  const [name, url] = migrationDatabaseUrl
    ? ['MIGRATION_DATABASE_URL', migrationDatabaseUrl]
    : ['DATABASE_URL', databaseUrl!];
  await checkDatabase(name, url, { makesRoles: true });
  return url;
}
