/** Where everything is measured: one PostgreSQL with its disk, and api and worker as processes of their own, as in a deployment. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@fil-rouge/platform';
import { Redis } from 'ioredis';
import { Client, Pool, type QueryResultRow } from 'pg';
import { prepareTemplate } from '../../apps/all/src/template';
import { startProcess, type Process } from '../races/processes';
import { machine } from '../support/clock';
import { startRedis, type RedisServer } from '../support/redis';

export type QueueName = 'PostgreSQL' | 'Redis';

export interface Bed {
  readonly baseUrl: string;
  /** Superuser: row-level security does not apply to it. */
  readonly databaseUrl: string;
  readonly masterKey: Buffer;
  readonly password: string;
  query<R extends QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  /** Starts the api on that queue; whatever ran on another one is ended. Effects wait until `startWorker`. */
  startApi(queue: QueueName): Promise<void>;
  startWorker(): Promise<void>;
  /** Returns when every effect has been done: how many had waited, and the seconds it took. */
  settle(): Promise<{ waiting: number; seconds: number }>;
  /** How long the oldest effect has waited, in milliseconds; 0 when none does. */
  oldestEffect(): Promise<number>;
  /** Resident memory now, in MB. */
  memory(): { api: number; worker: number };
  /** What the queue counts of its jobs so far. */
  jobs(): Promise<number>;
  stop(): Promise<void>;
}

const database = 'fil_rouge';
const password = 'une phrase de passe pour les mesures';

/** Migrated, with the network of the Sarthe and its accounts; nothing of the product runs yet. */
export async function makeBed(): Promise<Bed> {
  const folder = await mkdtemp(join(tmpdir(), 'fil-rouge-bench-'));
  const server = await serverWithStatistics(folder);
  const passwords = { api: secret(), worker: secret(), queue: secret() };
  const masterKey = randomBytes(32);
  await prepareTemplate({
    administratorUrl: server.superuserUrl(),
    template: database,
    passwords,
    masterKey,
    demoPassword: password,
  });
  const keyFile = join(folder, 'master.key');
  await writeFile(keyFile, masterKey.toString('hex'), { mode: 0o600 });
  const databaseUrl = server.superuserUrl(database);
  const pool = new Pool({ connectionString: databaseUrl, max: 2 });
  // An idle connection that the server ends when it stops is nobody's trouble any more.
  pool.on('error', () => undefined);
  await pool.query('create extension pg_stat_statements');
  await pool.query(`alter system set pg_stat_statements.track = 'none'`);
  await pool.query('select pg_reload_conf()');
  const log = await open(join(folder, 'product.log'), 'a');
  const as = (role: keyof typeof passwords): string => {
    const url = new URL(databaseUrl);
    [url.username, url.password] = [role, passwords[role]];
    return url.href;
  };
  let redis: RedisServer | undefined;
  let api: Process | undefined;
  let worker: Process | undefined;
  let env: NodeJS.ProcessEnv = {};
  const query = async <R extends QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> =>
    (await pool.query<R>(text, values)).rows;
  const endProduct = async () => {
    await worker?.kill();
    await api?.kill();
    await redis?.kill();
    api = worker = redis = undefined;
  };
  return {
    get baseUrl() {
      return api!.baseUrl;
    },
    databaseUrl,
    masterKey,
    password,
    query,
    async startApi(queue) {
      await endProduct();
      redis = queue === 'Redis' ? await startRedis() : undefined;
      env = {
        PATH: process.env['PATH'],
        TZ: process.env['TZ'],
        DATA_DIR: folder,
        MASTER_KEY_FILE: keyFile,
        ...(redis ? { REDIS_URL: redis.url } : { QUEUE_DATABASE_URL: as('queue') }),
      };
      api = await startProcess('api', { ...env, DATABASE_URL: as('api') }, log.fd);
    },
    async startWorker() {
      worker = await startProcess('worker', { ...env, DATABASE_URL: as('worker') }, log.fd);
    },
    async settle() {
      const waiting = async () =>
        (await query<{ n: number }>('select count(*)::integer as n from delivery where parked_at is null'))[0]!.n;
      const began = performance.now();
      const first = await waiting();
      for (let left = first; left > 0; left = await waiting()) await pause(20);
      return { waiting: first, seconds: (performance.now() - began) / 1000 };
    },
    async oldestEffect() {
      const [row] = await query<{ at: Date | null }>(
        'select min(created_at) as at from delivery where parked_at is null',
      );
      return row!.at ? Math.max(0, machine.now() - row!.at.getTime()) : 0;
    },
    memory: () => ({ api: residentOf(api), worker: residentOf(worker) }),
    async jobs() {
      if (redis) return numbered(redis.url);
      await query('select pg_stat_clear_snapshot()');
      const [row] = await query<{ n: number }>(
        `select n_tup_ins::integer as n from pg_stat_user_tables where schemaname = 'bullmq' and relname = 'job'`,
      );
      return row!.n;
    },
    async stop() {
      await endProduct();
      await pool.end();
      await log.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const secret = () => randomBytes(16).toString('hex');

/** As `npm start` runs it, with the extension that counts statements; it counts only while `pg_stat_statements.track` says so (counted.ts). */
async function serverWithStatistics(dataDir: string): Promise<EmbeddedPostgres> {
  const first = await startEmbeddedPostgres({ dataDir });
  const client = new Client({ connectionString: first.superuserUrl() });
  await client.connect();
  await client.query(`alter system set shared_preload_libraries = 'pg_stat_statements'`);
  await client.end();
  await first.stop();
  return startEmbeddedPostgres({ dataDir });
}

/** BullMQ numbers the jobs of a queue. */
async function numbered(url: string): Promise<number> {
  const client = new Redis(url);
  const last = await client.get('bull:bell:id');
  client.disconnect();
  return Number(last ?? 0);
}

function residentOf(one: Process | undefined): number {
  if (!one) return 0;
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${one.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
