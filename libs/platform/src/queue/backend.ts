import { Redis } from 'ioredis';
import { createPostgresBackend, createRedisBackend, Queue, runMigrations, Worker } from 'bullmq';
import type { IQueueBackend, JobsOptions, PgQueryable, WorkerOptions } from 'bullmq';
import { withClient } from '../client';
import { SettingsError } from '../settings';
import type { Earshot } from './earshot';

/**
 * Where the bell hangs: on Redis when `redisUrl` is set, else on PostgreSQL (`postgresUrl`, the login role that owns
 * schema `bullmq`). `onTrouble` receives one English sentence per outage and one per recovery; it names error codes,
 * never a URL, a message of the server or a person.
 */
export interface BellSettings {
  redisUrl?: string;
  postgresUrl?: string;
  /** Shared by the bell and the worker of one process. */
  earshot?: Earshot;
  onTrouble?: (sentence: string) => void;
}

/** Milliseconds for which a ring through the queue keeps whoever hears it awake. */
export const awake = 600;

/** And for which the same process does not ring again: shorter, by as much as a job may take on a busy machine to be heard. */
export const quiet = 250;

/** The queue answers but must not be used as it is; the sentence says what to change. */
export class QueueRefused extends SettingsError {
  override readonly name = 'QueueRefused';

  constructor(sentence: string) {
    super([sentence]);
  }
}

// @nestjs/bullmq is deliberately not used: it has no option for the backend (only a process-wide default, and our
// tests run both in one process), it starts workers in onModuleInit, before the command handlers are registered, and
// a PostgreSQL that is late at boot leaves its queues dead (BullMQ remembers the failed first connection for ever).
const queueName = 'bell';
const schema = 'bullmq';
const shortWait = 2_000;

// A producer fails fast, because a request waits for it; a worker keeps its commands until Redis is back.
const impatient = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: shortWait };
const patient = { maxRetriesPerRequest: null };
const reconnect = { connectTimeout: shortWait, retryStrategy: (attempt: number) => Math.min(attempt * 100, 1_000) };

const postgres = (connectionString: string, queryTimeout: number) => ({
  connectionString,
  schema,
  // Each Queue and each Worker owns a pool of its own (and a worker one more connection, to LISTEN).
  max: 2,
  connectionTimeoutMillis: shortWait,
  query_timeout: queryTimeout,
});

interface Opened {
  on(event: 'error', listener: (error: Error) => void): unknown;
  waitUntilReady(): Promise<void>;
}

/** What we use of BullMQ's Queue, the same on both backends. */
export interface RingQueue extends Opened {
  add(name: string, data: object, options: JobsOptions): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    template: { name: string; opts: JobsOptions },
  ): Promise<unknown>;
  getJobCounts(...states: ('waiting' | 'active')[]): Promise<Record<string, number>>;
  getBackend(): Pick<IQueueBackend, 'close'>;
}

/** What we use of BullMQ's Worker. */
export interface RingWorker extends Opened {
  pause(): Promise<void>;
  close(force: boolean): Promise<void>;
}

/** A job says only that there is work: never who or what it is about, because queues keep their data in clear. */
type Answer = (job: { name: string }) => Promise<void>;
type Tuning = Omit<WorkerOptions, 'connection'>;

/** A queue that has answered once; from then on it reconnects by itself. Rejects when the backend is absent or refused. */
export async function openQueue(settings: BellSettings, onError: (error: Error) => void): Promise<RingQueue> {
  await refuseEviction(settings);
  return ready(newQueue(settings), shutQueue, onError);
}

/** A worker that has answered once. `options` tune it; the backend is chosen by `settings`. */
export async function openWorker(
  settings: BellSettings,
  answer: Answer,
  options: Tuning,
  onError: (error: Error) => void,
): Promise<RingWorker> {
  await refuseEviction(settings);
  return ready(newWorker(settings, answer, options), shutWorker, onError);
}

/** Creates or updates the tables of the PostgreSQL backend; running it again changes nothing. */
export const prepareQueueSchema = (postgresUrl: string): Promise<void> =>
  withClient(postgresUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_namespace where nspname = $1', [schema]);
    await runMigrations(rowCount ? withoutCreateSchema(client) : client, schema);
  });

/** The promise's value, or a rejection after `milliseconds`. */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })),
      milliseconds,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function newQueue({ redisUrl, postgresUrl = '' }: BellSettings): RingQueue {
  // Nobody reads the stream of events; BullMQ writes it all the same.
  const options = { streams: { events: { maxLen: 100 } } };
  return redisUrl
    ? new Queue(
        queueName,
        { ...options, connection: { url: redisUrl, ...reconnect, ...impatient } },
        createRedisBackend,
      )
    : new Queue(queueName, { ...options, connection: postgres(postgresUrl, shortWait) }, createPostgresBackend);
}

function newWorker({ redisUrl, postgresUrl = '' }: BellSettings, answer: Answer, options: Tuning): RingWorker {
  return redisUrl
    ? new Worker(
        queueName,
        answer,
        { ...options, connection: { url: redisUrl, ...reconnect, ...patient } },
        createRedisBackend,
      )
    : new Worker(queueName, answer, { ...options, connection: postgres(postgresUrl, 10_000) }, createPostgresBackend);
}

async function ready<T extends Opened>(
  opened: T,
  shut: (opened: T) => Promise<void>,
  onError: (error: Error) => void,
): Promise<T> {
  // Without a listener an 'error' event ends the process.
  opened.on('error', onError);
  try {
    await within(5_000, opened.waitUntilReady());
    return opened;
  } catch (error) {
    await shut(opened);
    throw error;
  }
}

/**
 * Drops the connections without waiting for an answer. Queue.close() would send QUIT: to a Redis that is away it fails,
 * and leaves a client that reconnects for ever and keeps the process alive.
 */
export const shutQueue = (queue: RingQueue): Promise<void> => dropped(queue.getBackend().close(true));
export const shutWorker = (worker: RingWorker): Promise<void> => dropped(worker.close(true));

const dropped = (closed: Promise<void>): Promise<void> => within(shortWait, closed).catch(() => undefined);

async function refuseEviction({ redisUrl }: BellSettings): Promise<void> {
  if (!redisUrl) return;
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    retryStrategy: () => null,
    ...impatient,
    connectTimeout: shortWait,
  });
  let cause: Error | undefined;
  redis.on('error', (error) => (cause = error)); // connect() itself only says that the connection is closed
  try {
    await redis.connect().catch((closed: unknown) => {
      throw cause ?? closed;
    });
    const policy = /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1] ?? 'noeviction';
    if (policy !== 'noeviction') {
      throw new QueueRefused(
        `Redis has maxmemory-policy "${policy}": when memory is short it would silently throw queued work away. ` +
          'Set maxmemory-policy to "noeviction" (in redis.conf, or: redis-cli config set maxmemory-policy noeviction).',
      );
    }
  } catch (error) {
    throw refusalOf(error, new URL(redisUrl).host) ?? error;
  } finally {
    redis.disconnect();
  }
}

/** What no waiting mends; undefined for a server that is away, or for a refusal that was said already. */
function refusalOf(error: unknown, place: string): QueueRefused | undefined {
  const { message = '', name } = error as Error;
  if (/^(WRONGPASS|NOAUTH|NOPERM)|without any password configured|invalid password|invalid username/i.test(message))
    return new QueueRefused(`REDIS_URL: Redis at ${place} refuses the login: wrong password, or none.`);
  if (name === 'ParserError') return new QueueRefused(`REDIS_URL: what answers at ${place} is no Redis.`);
  return /DB index is out of range/.test(message)
    ? new QueueRefused(`REDIS_URL: Redis at ${place} has no database of that number.`)
    : undefined;
}

/**
 * PostgreSQL checks the right to create schemas in the database before `if not exists`, so the migrations would fail
 * for role `queue`, which owns the schema and should own nothing more. The one statement is answered here instead.
 */
function withoutCreateSchema(client: PgQueryable): PgQueryable {
  return {
    query: (text, params) =>
      text.startsWith('CREATE SCHEMA IF NOT EXISTS') ? Promise.resolve({ rows: [] }) : client.query(text, params),
  };
}
