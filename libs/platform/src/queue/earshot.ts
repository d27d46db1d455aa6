import { drainsAtOnce, ringId, type Ring } from './backend';

/**
 * Where api and worker share a process, the worker hears the bell without a queue: ringing through one cost more than the command itself (three statements and
 * a job's life for each). The queue goes on ringing for everybody else, and with every tick for what was missed here.
 */
export class Earshot {
  private readonly waiting = new Map<string, Ring>();
  private readonly active = new Map<string, Promise<void>>();
  private drain: ((ring: Ring) => Promise<void>) | undefined;

  /** @param drain never rejects */
  listen(drain: (ring: Ring) => Promise<void>): void {
    this.drain = drain;
  }

  /** Hears nothing more; settles when what is being drained has ended. */
  async leave(): Promise<void> {
    this.drain = undefined;
    this.waiting.clear();
    await Promise.all(this.active.values());
  }

  /** False: nobody listens here. Who is rung for while draining drains once more afterwards, however often it was rung. */
  ring(list: readonly Ring[]): boolean {
    if (!this.drain) return false;
    for (const ring of list) this.waiting.set(ringId(ring), ring);
    this.next();
    return true;
  }

  private next(): void {
    for (const [id, ring] of this.waiting) {
      if (!this.drain || this.active.size >= drainsAtOnce) return;
      if (this.active.has(id)) continue;
      this.waiting.delete(id);
      const draining = this.drain(ring).finally(() => {
        this.active.delete(id);
        this.next();
      });
      this.active.set(id, draining);
    }
  }
}
