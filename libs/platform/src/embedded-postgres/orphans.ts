import { readdir, readlink, realpath } from 'node:fs/promises';
import { basename } from 'node:path';

/**
 * Ends what is left of a server whose postmaster was killed. The server's processes look for the postmaster only when they wait for something. A
 * process that is busy, or was stopped, stays: its client waits, and no other server starts without the memory it holds. Linux alone says which
 * folder a process serves; elsewhere such processes are waited for.
 */
export async function endOrphans(cluster: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    // Somebody's shell may stand in the folder too.
    const program = basename(await readlink(`/proc/${pid}/exe`).catch(() => ''));
    if (program !== 'postgres' || (await realpath(`/proc/${pid}/cwd`).catch(() => undefined)) !== cluster) continue;
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has left meanwhile.
    }
  }
}
