import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresBackend, createRedisBackend, Queue } from 'bullmq';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../libs/platform/src/embedded-postgres/embedded-postgres';
import { prepareQueueSchema } from '../../libs/platform/src/queue/backend';
import type { BellSettings } from '../../libs/platform/src/queue/backend';
import { gateTo } from './gate';
import { freePort, hasRedisServer, startRedis } from './redis';

/** One of the two backends of the bell, started for a test file. */
export interface QueueServer {
  readonly settings: BellSettings;
  /** Takes the server away as a crash would, and brings it back at the same address. Absent on a server we do not own. */
  readonly outage?: { begin(): Promise<void>; end(): Promise<void> };
  /** Everything the queue keeps of its jobs, as text. */
  contents(): Promise<string>;
  stop(): Promise<void>;
}

type Start = () => Promise<QueueServer>;

/** The backends this machine can run. What cannot run is said aloud; with CI=true it is a failure. */
export function queueServers(): [name: string, start: Start][] {
  const foreign = process.env['REDIS_URL'];
  if (hasRedisServer())
    return [
      ['Redis', startOwnRedis],
      ['PostgreSQL', startPostgres],
    ];
  if (foreign)
    return [
      ['Redis', () => Promise.resolve(redisAt(foreign))],
      ['PostgreSQL', startPostgres],
    ];
  const sentence = 'The queue suite did not run on Redis: put redis-server on the PATH, or set REDIS_URL.';
  if (process.env.CI === 'true') throw new Error(sentence);
  console.warn(sentence);
  return [['PostgreSQL', startPostgres]];
}

async function startOwnRedis(): Promise<QueueServer> {
  const redis = await startRedis();
  return { ...redisAt(redis.url), outage: { begin: redis.kill, end: redis.start }, stop: redis.kill };
}

/** A Redis that others may use too: it is neither stopped nor reconfigured. */
function redisAt(redisUrl: string): QueueServer {
  return {
    settings: { redisUrl },
    contents: () => contents(new Queue('bell', { connection: { url: redisUrl } }, createRedisBackend)),
    stop: () => Promise.resolve(),
  };
}

/** A PostgreSQL whose role `queue` owns schema `bullmq` and nothing more, as `npm run migrate` leaves it. */
async function startPostgres(): Promise<QueueServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fil-rouge-queue-'));
  const postgres = await startEmbeddedPostgres({ dataDir, fsync: false });
  const admin = new Client({ connectionString: postgres.superuserUrl('postgres') });
  await admin.connect();
  await admin.query(`create role queue login password 'queue'`);
  await admin.query('create database bell');
  await admin.end();
  const owner = new Client({ connectionString: postgres.superuserUrl('bell') });
  await owner.connect();
  await owner.query('create schema bullmq authorization queue');
  await owner.end();

  const url = new URL(postgres.superuserUrl('bell'));
  url.username = url.password = 'queue';
  await prepareQueueSchema(url.href);
  await prepareQueueSchema(url.href); // as at every later start
  const gate = await gateTo(Number(url.port));
  const connectionString = url.href;
  url.port = String(gate.port);
  return {
    settings: { postgresUrl: url.href },
    outage: { begin: gate.shut, end: gate.open },
    contents: () => contents(new Queue('bell', { connection: { connectionString, max: 1 } }, createPostgresBackend)),
    stop: async () => {
      await gate.shut();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** An address of the same kind at which nobody listens. */
export async function nowhere(settings: BellSettings): Promise<BellSettings> {
  const url = new URL(settings.redisUrl ?? settings.postgresUrl ?? '');
  url.port = String(await freePort());
  return settings.redisUrl ? { redisUrl: url.href } : { postgresUrl: url.href };
}

async function contents(queue: {
  getJobs(states: ('waiting' | 'active' | 'completed' | 'failed' | 'delayed')[]): Promise<{ toJSON(): unknown }[]>;
  close(): Promise<void>;
}): Promise<string> {
  const jobs = await queue.getJobs(['waiting', 'active', 'completed', 'failed', 'delayed']);
  await queue.close();
  return JSON.stringify(jobs.map((job) => job.toJSON()));
}
