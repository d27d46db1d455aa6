import type { AddressInfo } from 'node:net';
import {
  checkMasterKeys,
  Earshot,
  holdFolder,
  loadKeyFile,
  loadSettings,
  migrate,
  openLog,
  prepareQueueSchema,
  startEmbeddedPostgres,
  type Clock,
  type EmbeddedPostgres,
  type HeldFolder,
  type Settings,
} from '@fil-rouge/platform';
import { checkMail } from '@fil-rouge/notifications';
import { NetworkLoader, networkPeople, type NetworkPerson } from '@fil-rouge/users';
import { createApi } from '../../api/src/api';
import { exposedBy, refuseDemoAccounts } from '../../exposure';
import { addressOf, listening, refuseTakenPort } from '../../listening';
import { bellOf } from '../../process';
import { libraries, type Runtime } from '../../system';
import { createWorker } from '../../worker/src/worker';
import { administratorOf, loginsOf, ownDatabase } from './logins';
import { settle } from './settle';

export interface Launched {
  readonly settings: Settings;
  readonly baseUrl: string;
  /** Demo accounts, only with the embedded database on loopback. */
  readonly accounts: readonly NetworkPerson[];
  /** Their password; null when it was chosen at an earlier start and is not known here. */
  readonly password: string | null;
  /** Nobody can sign in yet. */
  readonly deserted: boolean;
  /** What was done to the machine that somebody should hear about. */
  readonly notices: readonly string[];
  /** Returns when the worker has done whatever is due by the system's clock. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** The command that was typed, for whoever is refused because of this one. */
  readonly what: string;
  /** Another clock than the machine's: for a story that takes weeks. */
  readonly clock?: Clock;
}

/** Everything on one machine, in one process: the embedded PostgreSQL when DATABASE_URL is not set, migrations, api and worker. */
export async function launch(env: NodeJS.ProcessEnv, { what, clock }: LaunchOptions): Promise<Launched> {
  const settings = loadSettings(env);
  const folder = settings.embedded
    ? holdFolder(settings.dataDir, {
        what,
        serves: true,
        ...(settings.port ? { address: addressOf(settings, settings.port) } : {}),
      })
    : undefined;
  let server: EmbeddedPostgres | undefined;
  try {
    await refuseTakenPort(settings);
    const logger = openLog(settings.logLevel, 'all');
    const { keys, created, path } = loadKeyFile(settings);
    server =
      folder &&
      (await startEmbeddedPostgres({ dataDir: folder.path, folder, onTrouble: (trouble) => logger.warn(trouble) }));
    const administrator = server ? await ownDatabase(server) : await administratorOf(settings);
    const logins = loginsOf(settings, administrator, await checkMasterKeys(administrator, keys));
    await migrate(logins.migration, libraries, logins.passwords);
    if (!settings.redisUrl) await prepareQueueSchema(logins.queue);
    const bell = {
      ...bellOf({ redisUrl: settings.redisUrl, queueDatabaseUrl: logins.queue }, logger),
      earshot: new Earshot(),
    };
    const runtime: Runtime = {
      settings,
      masterKeys: keys,
      databaseUrl: logins.api,
      bell,
      logger,
      ...(clock ? { clock } : {}),
    };
    const mail = await checkMail(settings.smtpUrl);
    const system = await serve(runtime, logins.worker, folder);
    return {
      settings,
      ...system,
      notices: [
        ...(created
          ? [
              `Une clé maîtresse a été créée : ${path}. Sans elle, aucun dossier ne peut être relu ; conservez-en une copie à part.`,
            ]
          : []),
        ...(server?.notices ?? []),
        ...(mail ? [mail] : []),
      ],
      async close() {
        await system.close();
        await server?.stop();
      },
    };
  } catch (error) {
    await server?.stop();
    folder?.release();
    throw error;
  }
}

type Serving = Pick<Launched, 'baseUrl' | 'accounts' | 'password' | 'deserted' | 'settle' | 'close'>;

async function serve(runtime: Runtime, workerUrl: string, folder: HeldFolder | undefined): Promise<Serving> {
  const { settings } = runtime;
  const api = await createApi(runtime);
  const { demo, real } = await api.get(NetworkLoader, { strict: false }).accounts();
  refuseDemoAccounts(settings, demo);
  // Never into a database that somebody has begun to work in.
  const isDemo = settings.embedded && exposedBy(settings) === undefined && (demo > 0 || real === 0);
  const worker = await createWorker({ ...runtime, databaseUrl: workerUrl });
  // The worker's login, since nobody is signed in: the api's does nothing for nobody.
  const network = worker.get(NetworkLoader, { strict: false });
  const loaded = isDemo ? await network.load({ password: settings.demoPassword, conventions: true }) : null;
  await listening(settings, () => api.listen(settings.port, settings.host));
  const baseUrl = addressOf(settings, (api.getHttpServer().address() as AddressInfo).port);
  folder?.announce(baseUrl);
  return {
    baseUrl,
    accounts: isDemo ? networkPeople : [],
    password: loaded?.password ?? null,
    deserted: !isDemo && demo + real === 0,
    settle: () => settle(worker),
    async close() {
      await api.close();
      await worker.close();
    },
  };
}
