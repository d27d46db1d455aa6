import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openParents, serverUser } from './embedded-postgres.account';
import { postgresBinaries, postgresPackageFolder } from './embedded-postgres.binaries';
import { findOrStart, spawnOptions, stopServer, urlOf, type Site } from './embedded-postgres.server';

const run = promisify(execFile);

export interface EmbeddedPostgres {
  readonly port: number;
  /** For the superuser `postgres`; without a name the database `postgres`. */
  superuserUrl(database?: string): string;
  /** False when the server was running already: left by a process that died, or used by another one right now. */
  readonly startedByUs: boolean;
  /** What was done to the machine and somebody should hear about, one sentence each. */
  readonly notices: readonly string[];
  /** Fast shutdown; returns when the server is gone. Stops a server that was found running as well. */
  stop(): Promise<void>;
}

/**
 * A PostgreSQL of our own in `dataDir/postgres`, on loopback and a free port, with a password of its own. The server is detached
 * on purpose: it outlives a crash of this process, and the next start finds it again. One folder, one server, one account.
 * `fsync: false` loses committed data when the machine stops: test harness only. Throws an Error whose message says what to do.
 */
export async function startEmbeddedPostgres(options: { dataDir: string; fsync?: boolean }): Promise<EmbeddedPostgres> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = await realpath(options.dataDir);
  const cluster = join(dataDir, 'postgres');
  const user = await serverUser(cluster);
  const notices = user ? await openParents(dataDir, user) : [];
  const bin = await postgresBinaries(postgresPackageFolder(), dataDir, user);
  const site: Site = { dataDir, cluster, bin, user, fsync: options.fsync ?? true };
  if (!existsSync(join(cluster, 'PG_VERSION'))) await createCluster(site);
  const password = await readFile(join(cluster, 'password'), 'utf8').catch(() => {
    throw new Error(`${cluster} was not made by this program (no file "password" in it): move it away, or set DATABASE_URL.`);
  });
  const server = await findOrStart(site, password);
  let stopping: Promise<void> | undefined;
  return {
    ...server,
    notices,
    superuserUrl: (database = 'postgres') => urlOf(server.port, password, database),
    stop: () => (stopping ??= stopServer(site)),
  };
}

/** Made aside and renamed, with its password inside: after a crash there is a whole cluster or none. */
async function createCluster(site: Site): Promise<void> {
  const { user } = site;
  const draft = await mkdtemp(`${site.cluster}.new-`);
  const passwordFile = `${draft}.password`;
  try {
    await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx', flush: true });
    if (user) await Promise.all([draft, passwordFile].map((path) => chown(path, user.uid, user.gid)));
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const access = ['--auth=scram-sha-256', '--username=postgres', `--pwfile=${passwordFile}`];
    await run(join(site.bin, 'initdb'), [...(site.fsync ? [] : ['--no-sync']), ...locale, ...access, '-D', draft], spawnOptions(site));
    await rename(passwordFile, join(draft, 'password'));
    await rename(draft, site.cluster);
  } catch (error) {
    await Promise.all([draft, passwordFile].map((path) => rm(path, { recursive: true, force: true })));
    // Somebody else made it in the meantime: then theirs is the one.
    if (existsSync(join(site.cluster, 'PG_VERSION'))) return;
    throw new Error(`The embedded database could not be made: ${(error as Error).message}`, { cause: error });
  }
}
