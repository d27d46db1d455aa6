import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openParents, serverUser } from './account';
import { postgresBinaries, postgresPackageFolder } from './binaries';
import { holdFolder, type HeldFolder } from './folder';
import { findOrStart, spawnOptions, urlOf, type Site } from './server';
import { Supervisor } from './supervisor';

const run = promisify(execFile);

export interface EmbeddedPostgres {
  readonly port: number;
  /** For the superuser `postgres`; without a name the database `postgres`. */
  superuserUrl(database?: string): string;
  /** False when the server was running already, left by a process that died. */
  readonly startedByUs: boolean;
  /** What was done to the machine and somebody should hear about, one sentence each. */
  readonly notices: readonly string[];
  /** Fast shutdown; returns when the server is gone and the folder free. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** Held already by the caller; else it is held from here on, until `stop`. */
  readonly folder?: HeldFolder;
  /** False loses committed data when the machine stops: test harness only. */
  readonly fsync?: boolean;
  /** Told in a sentence when the server ended by itself, and when it runs again. */
  readonly onTrouble?: (sentence: string) => void;
}

/**
 * A PostgreSQL of our own in `dataDir/postgres`, on loopback and a free port, with a password of its own; started again whenever it ends
 * by itself. The server is detached on purpose: it outlives a crash of this process, and the next start finds it again. One folder, one
 * holder, one server, one account. Throws an Error whose message says what to do.
 */
export async function startEmbeddedPostgres({
  fsync = true,
  onTrouble = () => undefined,
  ...options
}: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = options.folder ?? holdFolder(options.dataDir, { what: process.argv0 });
  try {
    const dataDir = folder.path;
    const cluster = join(dataDir, 'postgres');
    const user = await serverUser(cluster);
    const notices = user ? await openParents(dataDir, user) : [];
    const bin = await postgresBinaries(postgresPackageFolder(), dataDir, user);
    const site: Site = { dataDir, cluster, bin, user, fsync };
    if (!existsSync(join(cluster, 'PG_VERSION'))) await createCluster(site);
    const password = await passwordOf(cluster);
    const server = await findOrStart(site, password);
    const supervisor = new Supervisor(site, password, server, onTrouble);
    return {
      port: server.port,
      startedByUs: server.startedByUs,
      notices,
      superuserUrl: (database = 'postgres') => urlOf(server.port, password, database),
      stop: () => supervisor.stop().finally(() => folder.release()),
    };
  } catch (error) {
    folder.release();
    throw error;
  }
}

/** The server that another process runs in `dataDir`, for a tool beside it. It is neither started nor stopped from here. */
export async function findEmbeddedPostgres(dataDir: string): Promise<Pick<EmbeddedPostgres, 'superuserUrl'>> {
  const cluster = join(await realpath(dataDir), 'postgres');
  const password = await passwordOf(cluster);
  const { port } = await findOrStart({ dataDir, cluster, bin: '', user: undefined, fsync: true }, password, {
    start: false,
    patience: 30_000,
  });
  return { superuserUrl: (database = 'postgres') => urlOf(port, password, database) };
}

const passwordOf = (cluster: string): Promise<string> =>
  readFile(join(cluster, 'password'), 'utf8').catch(() => {
    throw new Error(
      `${cluster} was not made by this program (no file "password" in it): move it away, or set DATABASE_URL.`,
    );
  });

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
    await run(
      join(site.bin, 'initdb'),
      [...(site.fsync ? [] : ['--no-sync']), ...locale, ...access, '-D', draft],
      spawnOptions(site),
    );
    await rename(passwordFile, join(draft, 'password'));
    await rename(draft, site.cluster);
  } catch (error) {
    await Promise.all([draft, passwordFile].map((path) => rm(path, { recursive: true, force: true })));
    // Somebody else made it in the meantime: then theirs is the one.
    if (existsSync(join(site.cluster, 'PG_VERSION'))) return;
    throw new Error(`The embedded database could not be made: ${(error as Error).message}`, { cause: error });
  }
}
