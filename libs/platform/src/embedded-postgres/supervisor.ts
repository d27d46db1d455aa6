import { setTimeout as wait } from 'node:timers/promises';
import { findOrStart, servesFolder, stopServer, type Server, type Site } from './server';

const lookEvery = 250;
/** Whoever has run that long has recovered from what ended it before. */
const settled = 60_000;
const longestPause = 10_000;

/**
 * Keeps the server of a folder running. A server may end without having been told to: killed, out of memory, a full disk. The supervisor starts it
 * again on the same port, at once the first time, then after pauses that grow, and never gives up. Connections are lost; every pool finds its way
 * back to the port.
 */
export class Supervisor {
  private readonly watch: NodeJS.Timeout;
  private readonly giveUp = new AbortController();
  private looking: Promise<void> | undefined;
  private since = performance.now();
  private endings = 0;
  private stopping: Promise<void> | undefined;

  /** @param onTrouble told in a sentence when the server has ended, could not be started, and runs again */
  constructor(
    private readonly site: Site,
    private readonly password: string,
    private server: Server,
    private readonly onTrouble: (sentence: string) => void,
  ) {
    this.watch = setInterval(
      () => void (this.looking ??= this.look().finally(() => (this.looking = undefined))),
      lookEvery,
    );
    this.watch.unref();
  }

  /** Fast shutdown; resolves when the server is gone, also one that was about to be started again. */
  stop(): Promise<void> {
    return (this.stopping ??= this.end());
  }

  private async end(): Promise<void> {
    clearInterval(this.watch);
    this.giveUp.abort();
    await this.looking;
    await stopServer(this.site);
  }

  private async look(): Promise<void> {
    if (await servesFolder(this.server.pid, this.site.cluster)) return;
    if (performance.now() - this.since > settled) this.endings = 0;
    const { signal } = this.giveUp;
    while (!signal.aborted) {
      this.onTrouble('The embedded PostgreSQL has ended and is started again.');
      try {
        await wait(pauseAfter(this.endings++), undefined, { signal });
        this.server = await findOrStart(this.site, this.password, { port: this.server.port, signal });
        this.since = performance.now();
        return this.onTrouble('The embedded PostgreSQL runs again.');
      } catch (error) {
        if (!signal.aborted) this.onTrouble((error as Error).message);
      }
    }
  }
}

const pauseAfter = (endings: number): number => (endings === 0 ? 0 : Math.min(250 * 2 ** endings, longestPause));
