/** Real processes of a deployment, as `npm run api` and `npm run worker` start them: built code, environment, one login each. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { prepareQueueSchema } from '@fil-rouge/platform';
import { freePort } from '../support/redis';

export interface Logins {
  readonly apiUrl: string;
  readonly workerUrl: string;
  readonly queueUrl: string;
  readonly masterKey: Buffer;
}

export interface Process {
  readonly baseUrl: string;
  readonly pid: number;
  /** SIGKILL: nothing is finished, nothing is said. */
  kill(): Promise<void>;
  /** SIGTERM: what is under way is ended first. */
  end(): Promise<void>;
  /** The same process once more, at the same address; with `more` in its environment, this time. */
  start(more?: NodeJS.ProcessEnv): Promise<void>;
}

export interface Processes {
  readonly apis: readonly [Process, ...Process[]];
  readonly worker: Process;
  readonly keyFile: string;
  readonly workers: readonly [Process, ...Process[]];
  stop(): Promise<void>;
}

interface Deployed {
  readonly apis?: number;
  readonly workers?: number;
  /** The queue; of PostgreSQL's when absent. */
  readonly redisUrl?: string;
}

/** Ready to answer when this resolves. */
export async function startProcesses(
  { apiUrl, workerUrl, queueUrl, masterKey }: Logins,
  { apis = 2, workers = 1, redisUrl }: Deployed = {},
): Promise<Processes> {
  await prepareQueueSchema(queueUrl);
  const folder = await mkdtemp(join(tmpdir(), 'fil-rouge-processes-'));
  const keyFile = join(folder, 'master.key');
  await writeFile(keyFile, masterKey.toString('hex'), { mode: 0o600 });
  const env = {
    PATH: process.env['PATH'],
    ...(redisUrl ? { REDIS_URL: redisUrl } : { QUEUE_DATABASE_URL: queueUrl }),
    MASTER_KEY_FILE: keyFile,
    DATA_DIR: folder,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    TZ: process.env['TZ'],
  };
  const several = (name: 'api' | 'worker', count: number, url: string): Promise<Process[]> =>
    Promise.all(Array.from({ length: count }, () => startProcess(name, { ...env, DATABASE_URL: url })));
  const [worker, ...otherWorkers] = await several('worker', workers, workerUrl);
  const [api, ...otherApis] = await several('api', apis, apiUrl);
  return {
    apis: [api!, ...otherApis],
    worker: worker!,
    keyFile,
    workers: [worker!, ...otherWorkers],
    async stop() {
      await Promise.all([api!, worker!, ...otherApis, ...otherWorkers].map((one) => one.kill()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @param log where its lines go; this process's own standard error unless told otherwise */
export async function startProcess(
  name: 'api' | 'worker',
  env: NodeJS.ProcessEnv,
  log: 'inherit' | number = 'inherit',
): Promise<Process> {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  let child: ChildProcess;
  const start = async (more: NodeJS.ProcessEnv = {}): Promise<void> => {
    child = spawn(process.execPath, [resolve(`dist/apps/${name}/src/main.js`)], {
      env: { ...env, ...more, PORT: String(port) },
      stdio: ['ignore', 'inherit', log],
    });
    // There is no event to wait for in another process: it answers, or it has ended.
    for (;;) {
      if (child.exitCode !== null) throw new Error(`The ${name} ended with ${child.exitCode} instead of answering.`);
      const answer = await fetch(`${baseUrl}/health/ready`).catch(() => null);
      if (answer?.ok) return;
      await pause(25);
    }
  };
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(name);
    await ended;
  };
  await start();
  return {
    baseUrl,
    get pid() {
      return child.pid!;
    },
    start,
    kill: () => signal('SIGKILL'),
    end: () => signal('SIGTERM'),
  };
}
