/**
 * Where the worker hears the bell without a queue: it shares a process with the api, or rings itself. Ringing through one cost more than the command itself (three
 * statements and a job's life for each). The queue goes on ringing for everybody else, and with every tick for what was missed here.
 */
export class Earshot {
  private hear: (() => void) | undefined;

  listen(hear: () => void): void {
    this.hear = hear;
  }

  /** Hears nothing more. */
  leave(): void {
    this.hear = undefined;
  }

  /** False: nobody listens here. */
  ring(): boolean {
    this.hear?.();
    return this.hear !== undefined;
  }
}
