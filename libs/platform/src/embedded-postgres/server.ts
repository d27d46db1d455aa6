import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile, realpath, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { ServerUser } from './account';
import { endOrphans } from './orphans';

const run = promisify(execFile);
const PATIENCE_MS = 120_000;
/** What the processes of a killed server are given to leave by themselves. */
const farewell = 2_000;

/** Where one server lives and how it is run. */
export interface Site {
  readonly dataDir: string;
  readonly cluster: string;
  readonly bin: string;
  readonly user: ServerUser | undefined;
  readonly fsync: boolean;
}

export const urlOf = (port: number, password: string, database: string) =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;

/** Spawn options of everything of PostgreSQL: nothing of our environment, which holds secrets and perhaps PG… variables. */
export const spawnOptions = ({ dataDir, user }: Site) => ({
  cwd: dataDir,
  uid: user?.uid,
  gid: user?.gid,
  env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], LC_ALL: 'C' },
});

export interface Server {
  readonly pid: number;
  readonly port: number;
  readonly startedByUs: boolean;
}

export interface Finding {
  /** Where it must listen when it is started; a free port by default. */
  readonly port?: number;
  /** False: only look for the server that another process runs. */
  readonly start?: boolean;
  readonly signal?: AbortSignal;
  readonly patience?: number;
}

/** The server of this folder, ready: the one that runs, else a new one. Throws what its log says when it cannot start. */
export async function findOrStart(
  site: Site,
  password: string,
  { port, start = true, signal, patience = PATIENCE_MS }: Finding = {},
): Promise<Server> {
  const deadline = performance.now() + patience;
  let child: ChildProcess | undefined;
  let logged = 0;
  let orphanedSince: number | undefined;
  for (; performance.now() < deadline; await wait(25, undefined, { signal })) {
    const found = await readPidFile(site.cluster);
    const serving = found && (await servesFolder(found.pid, site.cluster));
    if (serving) {
      // "starting" may be a recovery, "stopping" the farewell of the last one: both pass.
      if (found.status === 'ready' && (await answers(found.port, password, site.cluster))) {
        return { pid: found.pid, port: found.port, startedByUs: child?.pid === found.pid };
      }
      continue;
    }
    if (!start || (child && child.exitCode === null && child.signalCode === null)) continue;
    const log = join(site.dataDir, 'postgres.log');
    if (child) {
      const said = (await readFile(log, 'utf8')).slice(logged).trim();
      // Another took the port first, another started the same folder first, or the orphans of a killed server are still leaving.
      const passes =
        /could not (bind|create any TCP)|lock file "postmaster\.pid" already exists|shared memory block .* is still in use/;
      if (!passes.test(said))
        throw new Error(`The embedded PostgreSQL did not start; ${log} ends with:\n${said.slice(-2000)}`);
      if (said.includes('shared memory block')) {
        orphanedSince ??= performance.now();
        if (performance.now() - orphanedSince > farewell) await endOrphans(site.cluster);
      }
      await wait(100, undefined, { signal });
    }
    if (found && isAlive(found.pid)) await disown(site.cluster);
    logged = existsSync(log) ? (await readFile(log, 'utf8')).length : 0;
    child = await launch(site, log, port);
  }
  throw new Error(
    `The embedded PostgreSQL was not ready after ${patience / 1000} s; read ${join(site.dataDir, 'postgres.log')}.`,
  );
}

/**
 * After a restart of the machine the number in postmaster.pid may be another program's; PostgreSQL would then take the folder for in use. With our
 * own number there it knows better, and still looks whether orphans of the last server hold its memory. Without the file it would not.
 */
async function disown(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text !== undefined) await writeFile(path, text.replace(/^\d+/, String(process.pid)));
}

async function launch(site: Site, log: string, port?: number): Promise<ChildProcess> {
  const settings = {
    port: port ?? (await freePort()),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // An error's detail and statement hold the values of the row: personal data that has no place in a log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...(site.fsync ? {} : { fsync: 'off', full_page_writes: 'off' }),
  };
  const file = await open(log, 'a', 0o600);
  try {
    const flags = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
    const child = spawn(join(site.bin, 'postgres'), ['-D', site.cluster, ...flags], {
      ...spawnOptions(site),
      detached: true,
      stdio: ['ignore', file.fd, file.fd],
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    return child;
  } finally {
    await file.close();
  }
}

/** Below the ports that systems give to whoever connects: while the server is down, none of these may take its place. */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = randomInt(15_000, 32_000);
    const probe = createServer().listen(port, '127.0.0.1');
    const free = await new Promise<boolean>((resolve) =>
      probe.once('listening', () => resolve(true)).once('error', () => resolve(false)),
    );
    if (!free) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
  throw new Error('No free port was found for the embedded PostgreSQL.');
}

/** postmaster.pid: line 1 the process, 4 the port, 8 "starting", "ready" or "stopping", padded. */
async function readPidFile(cluster: string): Promise<{ pid: number; port: number; status: string } | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), status: lines[7] ?? '' } : undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Is this process a server of this folder? A number alone proves nothing: they are used again. A zombie is none. */
export async function servesFolder(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  // The server's working directory is its cluster, also after somebody renamed a folder above it.
  if (process.platform === 'linux') return (await realpath(`/proc/${pid}/cwd`).catch(() => undefined)) === cluster;
  if (process.platform === 'win32') return true;
  const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes(cluster);
}

/** True when the server takes the password and serves this very folder; false when it is not there yet. */
async function answers(port: number, password: string, cluster: string): Promise<boolean> {
  const client = new Client({
    connectionString: urlOf(port, password, 'postgres'),
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  client.on('error', () => undefined);
  let serves: string | undefined;
  try {
    await client.connect();
    serves = (await client.query<{ data_directory: string }>('show data_directory')).rows[0]?.data_directory;
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') return false;
    throw new Error(
      `The server on port ${port} does not take the password in ${join(cluster, 'password')}: stop it, or set DATABASE_URL.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  if (serves === cluster) return true;
  throw new Error(
    `The PostgreSQL on port ${port} serves ${serves}, not ${cluster}: if the folder was moved while it ran, stop it first.`,
  );
}

export async function stopServer(site: Site): Promise<void> {
  const found = await readPidFile(site.cluster);
  if (!found || !(await servesFolder(found.pid, site.cluster))) return;
  try {
    await run(
      join(site.bin, 'pg_ctl'),
      ['stop', '-D', site.cluster, '-m', 'fast', '-w', '-t', '60'],
      spawnOptions(site),
    );
  } catch (error) {
    const after = await readPidFile(site.cluster);
    if (after && (await servesFolder(after.pid, site.cluster))) {
      throw new Error(`The embedded PostgreSQL (process ${after.pid}) did not stop within 60 s.`, { cause: error });
    }
  }
}
