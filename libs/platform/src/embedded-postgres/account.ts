import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The account PostgreSQL runs under; undefined = our own. It refuses to run as root, so root lends it a lesser one. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** An existing cluster keeps its owner; a new one made by root belongs to `postgres`, else to `nobody`. */
export async function serverUser(cluster: string): Promise<ServerUser | undefined> {
  const us = process.getuid?.();
  if (us === undefined) return undefined;
  const owner = existsSync(cluster) ? await stat(cluster) : undefined;
  if (us !== 0) {
    if (!owner || owner.uid === us) return undefined;
    throw new Error(
      `${cluster} belongs to the user ${owner.uid}, and this process runs as ${us}: start it as the same user as before.`,
    );
  }
  if (owner && owner.uid !== 0) return { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, name]))).catch(() => undefined);
    const [uid, gid] = ids?.map(({ stdout }) => Number(stdout)) ?? [];
    if (uid && gid) return { name, uid, gid };
  }
  throw new Error(
    'PostgreSQL refuses to run as root and there is no user "postgres" or "nobody": start this as an ordinary user.',
  );
}

/** Lets the server's account pass through (not list) the folders above its own, as far up as one is closed to it. */
export async function openParents(dataDir: string, user: ServerUser): Promise<string[]> {
  const notices: string[] = [];
  for (let folder = dataDir; ; folder = dirname(folder)) {
    const { mode, uid } = await stat(folder);
    if (!(mode & 0o001) && !(uid === user.uid && mode & 0o100)) {
      await chmod(folder, (mode & 0o7777) | 0o011);
      if (folder !== dataDir)
        notices.push(`Opened ${folder} for passing through (chmod go+x): PostgreSQL runs as ${user.name} below it.`);
    }
    if (folder === dirname(folder)) return notices;
  }
}
