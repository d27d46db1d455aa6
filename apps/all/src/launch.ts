import { createHmac } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { ensureDatabase, loadMasterKey, loadSettings, migrate, openLog, prepareQueueSchema, SettingsError, startEmbeddedPostgres, type Clock, type EmbeddedPostgres, type RolePasswords, type Settings } from '@fil-rouge/platform';
import { NetworkLoader, networkPeople, type NetworkPerson } from '@fil-rouge/users';
import { createApi } from '../../api/src/api';
import { bellOf } from '../../process';
import { migrations, type Runtime } from '../../system';
import { createWorker } from '../../worker/src/worker';

export interface Launched {
  readonly settings: Settings;
  readonly baseUrl: string;
  /** Demo accounts, only with the embedded database on loopback. */
  readonly accounts: readonly NetworkPerson[];
  /** Their password; null when it was chosen at an earlier start and is not known here. */
  readonly password: string | null;
  /** What was done to the machine that somebody should hear about. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

/**
 * Everything on one machine, in one process: the embedded PostgreSQL when DATABASE_URL is not set, migrations, api and worker.
 * @param clock another clock than the machine's: for a story that takes weeks
 */
export async function launch(env: NodeJS.ProcessEnv, clock?: Clock): Promise<Launched> {
  const settings = loadSettings(env);
  await refuseTakenPort(settings);
  const logger = openLog(settings.logLevel, 'all');
  const key = loadMasterKey(settings);
  const notices = key.created ? [`Une clé maîtresse a été créée : ${key.path}. Sans elle, aucun dossier ne peut être relu ; conservez-en une copie à part.`] : [];

  const server = settings.embedded ? await startEmbeddedPostgres({ dataDir: settings.dataDir }) : undefined;
  notices.push(...(server?.notices ?? []));
  try {
    const logins = loginsOf(settings, server ? await ownDatabase(server) : (settings.migrationDatabaseUrl ?? settings.databaseUrl!), key.key);
    await migrate(logins.migration, migrations, logins.passwords);
    if (!settings.redisUrl) await prepareQueueSchema(logins.queue);
    const bell = bellOf({ redisUrl: settings.redisUrl, queueDatabaseUrl: logins.queue }, logger);
    const runtime: Runtime = { settings, masterKey: key.key, databaseUrl: logins.api, bell, logger, ...(clock ? { clock } : {}) };
    const api = await createApi(runtime);
    const demo = settings.embedded && isLoopback(settings.host);
    const loaded = demo ? await api.get(NetworkLoader, { strict: false }).load({ password: env['DEMO_PASSWORD']?.trim() || undefined }) : null;
    const worker = await createWorker({ ...runtime, databaseUrl: logins.worker });
    await api.listen(settings.port, settings.host);
    const { port } = api.getHttpServer().address() as AddressInfo;
    return {
      settings,
      baseUrl: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`,
      accounts: demo ? networkPeople : [],
      password: loaded?.password ?? null,
      notices,
      async close() {
        await api.close();
        await worker.close();
        await server?.stop();
      },
    };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

interface Logins extends Record<'api' | 'worker' | 'queue' | 'migration', string> {
  readonly passwords: RolePasswords;
}

/**
 * Who logs in as what. A login the settings do not name gets a password derived from the master key, so that a tool started beside a running
 * system, or a second start, uses the same one.
 */
export function loginsOf(settings: Settings, administrator: string, masterKey: Buffer): Logins {
  // DATABASE_URL alone is the administrator's: the narrow logins are then made from it.
  const named = { api: settings.migrationDatabaseUrl && settings.databaseUrl, worker: settings.workerDatabaseUrl, queue: settings.queueDatabaseUrl };
  const login = (role: keyof RolePasswords): string => {
    const given = named[role];
    if (given) return given;
    const url = new URL(administrator);
    url.username = role;
    url.password = createHmac('sha256', masterKey).update(`login|${role}`).digest('hex');
    return url.toString();
  };
  const [api, worker, queue] = [login('api'), login('worker'), login('queue')];
  const passwordOf = (url: string): string => decodeURIComponent(new URL(url).password);
  return { api, worker, queue, migration: administrator, passwords: { api: passwordOf(api), worker: passwordOf(worker), queue: passwordOf(queue) } };
}

const databaseName = 'fil_rouge';

/** The database of the embedded server, made when it is missing. */
export async function ownDatabase(server: EmbeddedPostgres): Promise<string> {
  await ensureDatabase(server.superuserUrl(), databaseName);
  return server.superuserUrl(databaseName);
}

/** Before anything is started: a second start must not disturb the first one's database and then fail. */
async function refuseTakenPort({ port, host }: Settings): Promise<void> {
  if (port === 0) return;
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => reject(new SettingsError([
      error.code === 'EADDRINUSE' ? `PORT ${port} is in use on ${host}: stop what runs there, or set another PORT.` : `PORT ${port} on ${host} cannot be used (${error.code}).`,
    ])));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
