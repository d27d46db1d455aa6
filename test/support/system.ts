import type { AddressInfo } from 'node:net';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  KeyRing,
  loadSettings,
  openLog,
  prepareQueueSchema,
  type BellSettings,
  type MasterKeys,
} from '@fil-rouge/platform';
import { settle } from '../../apps/all/src/settle';
import { createApi } from '../../apps/api/src/api';
import { createWorker } from '../../apps/worker/src/worker';
import { live, machine, MovableClock } from './clock';
import { cloneDatabase, type TestDatabase } from './database';

export interface TestSystem {
  readonly baseUrl: string;
  /** Of every demo account. */
  readonly password: string;
  readonly clock: MovableClock;
  readonly database: TestDatabase;
  readonly api: NestFastifyApplication;
  readonly worker: INestApplicationContext;
  /** The address of a demo account: `account('conseiller', 'la-poste')`. */
  account(role: string, structure?: string): string;
  /** Returns when the worker has done everything that is due now. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export interface SystemOptions {
  readonly smtpUrl?: string;
  readonly bell?: BellSettings;
  /** The real clock instead of one that stands still. */
  readonly realTime?: boolean;
  /** Where the api listens; 127.0.0.1 unless told otherwise. */
  readonly host?: string;
  /** Settings beside those that every test system has. */
  readonly env?: NodeJS.ProcessEnv;
  /** In place of the database’s key alone. */
  readonly masterKeys?: MasterKeys;
  /** One that is there already, in place of a copy of the template; it goes with the system. */
  readonly database?: TestDatabase;
  /** Gets every line of the log, down to level trace, instead of standard error. */
  readonly log?: { write(line: string): void };
}

/** For whoever reads `/metrics`. */
export const metricsToken = 'jeton-des-mesures-pour-les-essais';

/** The whole system in this process, on a fresh copy of the template database with the network of the Sarthe. */
export async function startSystem({
  smtpUrl,
  bell,
  realTime,
  host = '127.0.0.1',
  env,
  log,
  database: given,
  masterKeys,
}: SystemOptions = {}): Promise<TestSystem> {
  const database = given ?? (await cloneDatabase());
  const clock = new MovableClock();
  if (realTime) live(machine);
  const logger = log ? openLog('trace', 'test', log) : openLog(process.env['TEST_LOG_LEVEL'] ?? 'silent', 'test');
  const loaded = loadSettings({
    PORT: '0',
    METRICS_TOKEN: metricsToken,
    ...(smtpUrl ? { SMTP_URL: smtpUrl } : {}),
    PUBLIC_URL: 'http://fil-rouge.test',
    ...env,
  });
  // No anchors but for who asks for them: a clock that moves by days would take one with each.
  const settings = { ...loaded, anchorFolders: env?.['ANCHOR_DIR'] ? loaded.anchorFolders : [] };
  const runtime = {
    settings,
    masterKeys: masterKeys ?? KeyRing.of(database.masterKey),
    logger,
    bell: bell ?? { postgresUrl: database.queueUrl },
    ...(realTime ? {} : { clock }),
  };
  if (!bell) await prepareQueueSchema(database.queueUrl);
  const api = await createApi({ ...runtime, databaseUrl: database.apiUrl });
  const worker = await createWorker({ ...runtime, databaseUrl: database.workerUrl });
  await api.listen(0, host);
  const { port } = api.getHttpServer().address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    password: database.password,
    clock,
    database,
    api,
    worker,
    account: (role, structure = 'departement-sarthe') => `${role}@${structure}.demo`,
    settle: () => settle(worker),
    async stop() {
      await api.close();
      await worker.close();
      await database.drop();
    },
  };
}
