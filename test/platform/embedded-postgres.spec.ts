import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { serverUser } from '../../libs/platform/src/embedded-postgres/account';
import { postgresBinaries, postgresPackageFolder } from '../../libs/platform/src/embedded-postgres/binaries';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../libs/platform/src/embedded-postgres/embedded-postgres';
import { until } from '../support/until';

// mkdtemp makes the outer folder 0700, like a home: under root the server's account first has to get through.
let outer: string;
let dataDir: string;
const servers: EmbeddedPostgres[] = [];
const sentences: string[] = [];

beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'fil-rouge-embedded-'));
  dataDir = join(outer, 'data');
  sentences.length = 0;
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  rmSync(outer, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, onTrouble: (sentence) => sentences.push(sentence) });
  servers.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(sql);
    return result.rows[0] && Object.values(result.rows[0])[0];
  } finally {
    await client.end();
  }
}

const pidFile = () => join(dataDir, 'postgres', 'postmaster.pid');
const serverPid = () => (existsSync(pidFile()) ? Number(readFileSync(pidFile(), 'utf8').split('\n')[0]) : 0);
const isAlive = (pid: number) => existsSync(`/proc/${pid}/cwd`);

it('starts, answers on loopback with its password only, keeps what was committed over a clean stop', async () => {
  const first = await start();
  expect(first.startedByUs).toBe(true);
  expect(await query(first.superuserUrl(), 'show listen_addresses')).toBe('127.0.0.1');
  expect(await query(first.superuserUrl(), 'show unix_socket_directories')).toBe('');
  expect(await query(first.superuserUrl(), 'show fsync')).toBe('on');
  expect(await query(first.superuserUrl(), `select 'É' < 'z' collate "fr-x-icu"`)).toBe(true);
  await query(first.superuserUrl(), 'create database "dossier suivi"');
  await query(first.superuserUrl('dossier suivi'), 'create table t as select 42 as n');
  await expect(query(`postgres://postgres:wrong@127.0.0.1:${first.port}/postgres`, 'select 1')).rejects.toThrow(
    /password/,
  );
  expect(statSync(join(dataDir, 'postgres', 'password')).mode & 0o777).toBe(0o600);

  await Promise.all([first.stop(), first.stop()]);
  expect(existsSync(pidFile())).toBe(false);
  await expect(query(first.superuserUrl(), 'select 1')).rejects.toThrow(/ECONNREFUSED/);

  const second = await start();
  expect(second.startedByUs).toBe(true);
  expect(await query(second.superuserUrl('dossier suivi'), 'select n from t')).toBe(42);
});

it('outlives a killed supervisor, and the next start takes the running server over', async () => {
  // Another process that dies without a farewell, as after kill -9.
  const source = join(__dirname, '../../libs/platform/src/embedded-postgres/embedded-postgres.ts');
  const script = join(outer, 'supervisor.cjs');
  writeFileSync(
    script,
    `const swc = require(${JSON.stringify(require.resolve('@swc/core'))});
     const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } };
     require.extensions['.ts'] = (module, file) => module._compile(swc.transformFileSync(file, options).code, file);
     require(${JSON.stringify(source)}).startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} })
       .then((server) => { require('node:fs').writeSync(1, String(server.port)); process.kill(process.pid, 'SIGKILL'); });`,
  );
  let port = '';
  try {
    execFileSync(process.execPath, [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  } catch (error) {
    port = (error as { stdout: string }).stdout;
    expect((error as { signal: string }).signal).toBe('SIGKILL');
  }
  const pid = serverPid();
  const next = await start();
  expect(next).toMatchObject({ startedByUs: false, port: Number(port) });
  expect(serverPid()).toBe(pid);
  await next.stop();
  expect(existsSync(pidFile())).toBe(false);
});

it('is started again on the same port when it is killed with -9, with everything that was committed, as often as that happens', async () => {
  const server = await start();
  await query(server.superuserUrl(), 'create table t (n int)');
  for (let killed = 1; killed <= 3; killed++) {
    await query(server.superuserUrl(), 'insert into t select generate_series(1, 1000)');
    const pid = serverPid();
    process.kill(pid, 'SIGKILL');
    await until(
      async () =>
        serverPid() !== pid &&
        (await query(server.superuserUrl(), 'select count(*)::int from t').catch(() => 0)) === killed * 1000,
    );
  }
  expect(sentences.slice(0, 2)).toEqual([
    'The embedded PostgreSQL has ended and is started again.',
    'The embedded PostgreSQL runs again.',
  ]);
});

it('recovers from a backend killed with -9, and is not started again for it', async () => {
  const server = await start();
  const postmaster = serverPid();
  const client = new Client({ connectionString: server.superuserUrl() });
  client.on('error', () => undefined);
  await client.connect();
  const {
    rows: [backend],
  } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  process.kill(backend!.pid, 'SIGKILL');
  await until(async () => (await query(server.superuserUrl(), 'select 1').catch(() => 0)) === 1);
  expect(serverPid()).toBe(postmaster);
  expect(sentences).toEqual([]);
});

it('stays stopped once it was told to stop, also while it was about to be started again', async () => {
  const server = await start();
  process.kill(serverPid(), 'SIGKILL');
  await server.stop();
  expect(existsSync(pidFile()) && isAlive(serverPid())).toBe(false);
  await expect(query(server.superuserUrl(), 'select 1')).rejects.toThrow(/ECONNREFUSED/);
});

it('is not deceived by a stale postmaster.pid whose number now belongs to another program', async () => {
  const first = await start();
  const stale = readFileSync(pidFile(), 'utf8');
  await first.stop();
  // Under the server's own account, else PostgreSQL itself would see through it.
  const { uid, gid } = statSync(join(dataDir, 'postgres'));
  const other = spawn('sleep', ['600'], { cwd: '/', uid, gid });
  try {
    writeFileSync(pidFile(), stale.replace(/^\d+/, String(other.pid)));
    const second = await start();
    expect(second.startedByUs).toBe(true);
    expect(await query(second.superuserUrl(), 'select 1')).toBe(1);
    expect(other.exitCode ?? other.signalCode).toBeNull();
  } finally {
    other.kill();
  }
});

it('of two starts at once, one gets the folder and the other a sentence', async () => {
  const both = await Promise.allSettled([start(), start()]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = both.find((one): one is PromiseRejectedResult => one.status === 'rejected');
  expect((refused!.reason as Error).message).toContain(
    `is held by \`${process.argv0}\` (process ${process.pid}), since 2`,
  );
});

it('says why when the server cannot start, and touches nothing', async () => {
  await (await start()).stop();
  const version = join(dataDir, 'postgres', 'PG_VERSION');
  writeFileSync(version, '12\n');
  await expect(start()).rejects.toThrow(/did not start; .*postgres\.log ends with:\n.*FATAL/s);
  expect(readFileSync(version, 'utf8')).toBe('12\n');
});

it('runs its programs from a closed folder, and restores the links that --ignore-scripts left out', async () => {
  const package_ = join(outer, 'node_modules', 'postgres');
  cpSync(postgresPackageFolder(), package_, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
  chmodSync(outer, 0o700);
  const open = mkdtempSync(join(tmpdir(), 'fil-rouge-programs-'));
  chmodSync(open, 0o711);
  try {
    const user = await serverUser(join(open, 'postgres'));
    const options = { cwd: '/', uid: user?.uid, gid: user?.gid, encoding: 'utf8' as const };
    const bin = await postgresBinaries(package_, open, user);
    expect(bin.startsWith(user ? open : package_)).toBe(true);
    expect(execFileSync(join(bin, 'postgres'), ['--version'], options)).toMatch(/^postgres \(PostgreSQL\) 18/);
    expect(await postgresBinaries(package_, open, user)).toBe(bin);
  } finally {
    rmSync(open, { recursive: true, force: true });
  }
});
