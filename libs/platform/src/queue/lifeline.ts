import { QueueRefused } from './backend';

/** Says that an outage began and that it ended, once each: an hour without Redis is two lines in the log, not 3,600. */
export class Outage {
  private said: string | undefined;

  constructor(
    private readonly what: string,
    private readonly say: (sentence: string) => void = (sentence) => console.warn(sentence),
  ) {}

  began(error: unknown): void {
    const refused = error instanceof QueueRefused;
    const sentence = refused
      ? error.message
      : `${this.what} (${codeOf(error)}). It goes on by itself as soon as it can.`;
    // A server that comes back and must not be used needs a person: that is said although the outage is known.
    if (this.said !== undefined && (!refused || this.said === sentence)) return;
    this.said = sentence;
    this.say(sentence);
  }

  ended(): void {
    if (this.said === undefined) return;
    this.said = undefined;
    this.say(`${this.what}: this is over.`);
  }
}

/**
 * Something that is opened as soon as its server answers. The first attempt is awaited; if the server is absent, the
 * process starts all the same and the attempts go on once a second. A server that must not be used (QueueRefused)
 * stops the start.
 */
export class Lifeline<T> {
  private opened: T | undefined;
  private closed = false;
  private retry: NodeJS.Timeout | undefined;
  private attempting: Promise<void> = Promise.resolve();

  private constructor(
    private readonly open: () => Promise<T>,
    private readonly shut: (opened: T) => Promise<void>,
    private readonly outage: Outage,
  ) {}

  static async open<T>(
    open: () => Promise<T>,
    shut: (opened: T) => Promise<void>,
    outage: Outage,
  ): Promise<Lifeline<T>> {
    const lifeline = new Lifeline(open, shut, outage);
    await lifeline.attempt((error) => {
      if (error instanceof QueueRefused) throw error;
    });
    return lifeline;
  }

  /** What was opened, or undefined while the server has not answered yet. */
  get present(): T | undefined {
    return this.opened;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    await this.attempting.catch(() => undefined);
    const opened = this.opened;
    this.opened = undefined;
    if (opened) await this.shut(opened);
  }

  private async attempt(onFailure: (error: unknown) => void = () => undefined): Promise<void> {
    try {
      this.opened = await this.open();
      this.outage.ended();
    } catch (error) {
      onFailure(error);
      this.outage.began(error);
      if (this.closed) return;
      this.retry = setTimeout(() => {
        this.attempting = this.attempt();
      }, 1_000);
    }
  }
}

/** The code of a system or server error, else its class. Never the message: an effect's may quote a person's data. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown error';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.constructor.name;
}
