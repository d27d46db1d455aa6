/** What befalls a deployment. Each returns when everything runs again, or will by itself. */
import { spawnSync } from 'node:child_process';
import { appendFile, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@fil-rouge/platform';
import { machine } from '../support/clock';
import type { Process } from '../races/processes';
import { canMount, type Queue, type Stage } from './stage';

type Fault = (stage: Stage) => Promise<void>;

/** Milliseconds for which something stands still, or is away; `npm run faults` is more patient. */
export const away = Number(process.env['AWAY'] ?? 1_500);

const restarted = async (processes: readonly Process[], how: 'kill' | 'end', more?: NodeJS.ProcessEnv) => {
  await Promise.all(processes.map((one) => one[how]()));
  await Promise.all(processes.map((one) => one.start(more)));
};

/** The moment at which somebody is about to be told of something: of a referral that was just acknowledged. */
async function atAnEffect({ clients }: Stage): Promise<void> {
  const sent = () => clients.reduce((sum, client) => sum + client.referrals, 0);
  const before = sent();
  while (sent() === before) await pause(1);
}

async function frozen({ pid }: Process): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await pause(away);
  process.kill(pid, 'SIGCONT');
}

/** Five a second, of any process, whatever it was doing. */
async function cut(stage: Stage): Promise<void> {
  for (let n = 0; n < away / 200; n++) {
    await stage.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where usename in ('api', 'worker', 'queue') order by random() limit 3`);
    await pause(200);
  }
}

/** Somebody else takes them: the next one of ours is refused. */
async function noConnection(stage: Stage): Promise<void> {
  const limit = async (most: number) => {
    for (const role of ['api', 'worker']) await stage.query(`alter role ${role} connection limit ${most}`);
  };
  await limit(1);
  await cut(stage);
  await limit(-1);
}

/** Whatever is left of it is taken by somebody else, until people feel it. PostgreSQL may end of it, and begins again when there is room. */
async function full({ folder, clients }: Stage): Promise<void> {
  const refused = () => clients.reduce((sum, client) => sum + client.refused, 0);
  const before = refused();
  const taken = join(folder, 'taken');
  const { bavail, bsize } = await statfs(folder);
  spawnSync('fallocate', ['-l', String(bavail * bsize), taken]);
  for (let n = 0; n < 1_000 && refused() < before + 4; n++) {
    // What PostgreSQL frees meanwhile is taken too.
    await appendFile(taken, Buffer.alloc(bsize)).catch(() => undefined);
    await pause(20);
  }
  if (refused() === before) throw new Error('The disk was not full.');
  await pause(away);
  await rm(taken);
}

/** The clock of one worker, and of one api the other way, for a while. */
const apart =
  (seconds: number): Fault =>
  async ({ processes: { apis, workers } }) => {
    const clock = (by: number) => ({
      LD_PRELOAD: faketime(),
      FAKETIME: `${by > 0 ? '+' : ''}${by}`,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    });
    await Promise.all([
      restarted(apis.slice(0, 1), 'end', clock(-seconds)),
      restarted(workers.slice(0, 1), 'end', clock(seconds)),
    ]);
    const said = Date.parse((await fetch(`${apis[0].baseUrl}/health/live`)).headers.get('date')!);
    // A clock that could not be moved would be no fault.
    if (Math.abs((machine.now() - said) / 1000 - seconds) > 10) throw new Error('The clock of the api was not moved.');
    await pause(away);
    await restarted([apis[0], workers[0]], 'end');
  };

const faketime = (): string =>
  spawnSync('faketime', ['now', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' }).stdout.trim();
const canMoveClocks = spawnSync('faketime', ['now', 'true']).status === 0;

const ofBoth: Readonly<Record<string, Fault>> = {
  'an api is killed': ({ processes: { apis } }) => restarted(apis.slice(0, 1), 'kill'),
  'workers are killed': async (stage) => {
    for (let n = 0; n < 3; n++) {
      await atAnEffect(stage);
      await restarted(stage.processes.workers, 'kill');
    }
  },
  'all of them are killed': ({ processes: { apis, workers } }) => restarted([...apis, ...workers], 'kill'),
  'an api is asked to end': ({ processes: { apis } }) => restarted(apis.slice(0, 1), 'end'),
  'a worker is asked to end': ({ processes: { workers } }) => restarted(workers.slice(0, 1), 'end'),
  'an api stands still': ({ processes: { apis } }) => frozen(apis[0]),
  'a worker stands still': ({ processes: { workers } }) => frozen(workers[0]),
  'connections are cut': cut,
  'no connection is left': noConnection,
  'PostgreSQL is restarted': async (stage) => {
    await stage.server.stop();
    await pause(away / 3);
    const said = await stage.health();
    if (said.some((status) => status !== 503)) throw new Error(`Health says ${said.join(', ')} without PostgreSQL.`);
    stage.server = await startEmbeddedPostgres({ dataDir: stage.folder, fsync: false });
  },
  'PostgreSQL is killed': async (stage) => {
    const pid = await stage.postmaster();
    process.kill(pid, 'SIGKILL');
    // Its supervisor starts another.
    while ((await stage.postmaster().catch(() => pid)) === pid || !(await stage.query('select 1').catch(() => null)))
      await pause(50);
  },
  ...(canMount ? { 'the disk is full': full } : {}),
  ...(canMoveClocks ? { 'clocks are two minutes apart': apart(60), 'clocks are an hour apart': apart(1_800) } : {}),
};

const ofRedis: Readonly<Record<string, Fault>> = {
  'Redis is killed, and empty when it is back': async ({ redis }) => {
    await redis!.kill();
    await pause(away);
    await redis!.start();
  },
  'Redis is emptied': (stage) => stage.atRedis((redis) => redis.flushall()),
  'Redis has no memory left': async (stage) => {
    await stage.atRedis((redis) => redis.config('SET', 'maxmemory', '1'));
    await pause(away);
    await stage.atRedis((redis) => redis.config('SET', 'maxmemory', '0'));
  },
  'Redis may throw away what it holds': async (stage) => {
    await stage.atRedis((redis) => redis.config('SET', 'maxmemory-policy', 'allkeys-lru'));
    await pause(away);
    await stage.atRedis((redis) => redis.config('SET', 'maxmemory-policy', 'noeviction'));
  },
};

const ofPostgres: Readonly<Record<string, Fault>> = {
  'all bells are lost': async (stage) => {
    for (let n = 0; n < away / 50; n++) {
      await stage.query(`delete from bullmq.job`);
      await pause(50);
    }
  },
};

export const faultsWith = (queue: Queue): [name: string, fault: Fault][] =>
  Object.entries({ ...ofBoth, ...(queue === 'Redis' ? ofRedis : ofPostgres) });

if (!canMoveClocks && process.env['CI'] === 'true') throw new Error('Moving clocks needs faketime on the PATH.');
