import { execFileSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Clock } from '../clock';
import { SettingsError } from '../settings';

/** Who works in a DATA_DIR, as it says of itself in a file there. */
export interface Holder {
  readonly pid: number;
  /** When that process began, as the machine counts: the number alone may be another program's by now. */
  readonly began: string;
  /** `npm start`, `npm run rebuild`, … */
  readonly what: string;
  readonly since: string;
  /** A system that runs: tools may work beside it on its server. */
  readonly serves: boolean;
  readonly address?: string;
  readonly released?: true;
}

export interface HeldFolder {
  readonly path: string;
  /** Where the holder answers, once it does. */
  announce(address: string): void;
  release(): void;
}

/** Two who do not know of each other must never run one database. */
export class FolderHeld extends SettingsError {
  constructor(
    path: string,
    readonly holder: Holder,
  ) {
    const { what, pid, since, address } = holder;
    super([
      `DATA_DIR ${path} is held by \`${what}\` (process ${pid}), since ${since}${address ? `, at ${address}` : ''}. Stop it first, or set another DATA_DIR.`,
    ]);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this account may not write there',
  EPERM: 'this account may not write there',
  EROFS: 'its disk is read-only',
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk is full',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'a part of the path is a file',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'its links lead in a circle',
};
/** What a new cluster takes, and something to begin with. */
const leastSpace = 150 * 2 ** 20;

/**
 * Makes the folder when it is missing and holds it for this process, until `release` or its death. Throws a SettingsError: a FolderHeld when
 * somebody alive has it.
 */
export function holdFolder(
  dataDir: string,
  { what, serves = false, address }: { what: string; serves?: boolean; address?: string },
): HeldFolder {
  try {
    makeFolders(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
    const folder = realpathSync(dataDir);
    const free = statfsSync(folder);
    if (!existsSync(join(folder, 'postgres')) && free.bavail * free.bsize < leastSpace)
      throw Object.assign(new Error(), { code: 'ENOSPC' });
    let holder: Holder = {
      pid: process.pid,
      began: beganAt(process.pid)!,
      what,
      since: new Clock().now(),
      serves,
      ...(address ? { address } : {}),
    };
    const path = claim(folder, holder);
    const say = (more: Partial<Holder>): void => {
      holder = { ...holder, ...more };
      writeFileSync(`${path}.new`, JSON.stringify(holder), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    };
    // Marked, not removed: see `claim`.
    return {
      path: folder,
      announce: (at) => say({ address: at }),
      release: () => existsSync(path) && say({ released: true }),
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof SettingsError || !code) throw error;
    throw new SettingsError([`DATA_DIR ${dataDir} cannot be used: ${reasons[code] ?? code}.`]);
  }
}

/** Who holds the folder now; undefined: nobody alive. */
export function holderOf(dataDir: string): Holder | undefined {
  return existsSync(dataDir) ? holderBy(dataDir, claimsIn(dataDir)) : undefined;
}

function holderBy(folder: string, [last]: readonly number[]): Holder | undefined {
  const holder = last === undefined ? undefined : readClaim(folder, last);
  return holder && !holder.released && beganAt(holder.pid) === holder.began ? holder : undefined;
}

/**
 * Claims are numbered files; the highest is the holder's. No living claim is ever taken away, so two processes that find the same dead claim cannot
 * remove each other's new one. Only one of them makes the next number. A process that makes a number which had been passed already sees the higher
 * one.
 */
function claim(folder: string, holder: Holder): string {
  const draft = join(folder, `holder.draft-${process.pid}`);
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    for (;;) {
      // The claim that was found dead and the number after it are of one look: a claim made in between would be passed over unread.
      const passed = claimsIn(folder);
      const present = holderBy(folder, passed);
      if (present) throw new FolderHeld(folder, present);
      const mine = (passed[0] ?? 0) + 1;
      const path = join(folder, `holder.${mine}`);
      if (!linkedAs(draft, path)) continue;
      if (claimsIn(folder)[0] === mine) {
        for (const number of passed) rmSync(join(folder, `holder.${number}`), { force: true });
        return path;
      }
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Highest first. */
const claimsIn = (folder: string): number[] =>
  readdirSync(folder)
    .flatMap((name) => /^holder\.(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);

function readClaim(folder: string, number: number): Holder | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, `holder.${number}`), 'utf8')) as Holder;
  } catch (error) {
    // Removed between the look and the reading; or a disk that was full kept nothing of it.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function linkedAs(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** When a process began, in words of the machine's own; undefined when it is gone. */
function beganAt(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      // Started and not yet waited for by its parent, it holds nothing any more.
      return state === 'Z' || state === 'X'
        ? undefined
        : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[18]}`;
    }
    if (process.platform !== 'win32')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], LC_ALL: 'C' },
      }).trim();
    process.kill(pid, 0);
    return 'alive';
  } catch {
    return undefined;
  }
}

/** Not `recursive`: where a folder cannot be made (/proc/x), Node tries it again for ever. */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolders(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another start was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
