import { setTimeout as pause } from 'node:timers/promises';
import { within } from './backend';

/** What a look found due, and how much of that it did: others may be at the rest, or it stands behind what waits. */
export interface Looked {
  readonly due: number;
  readonly done: number;
}

/** Milliseconds between two looks. What is written meanwhile is done together: one transaction where there would be ten. */
const between = 20;
/** A look that takes longer (a batch of a thousand cases) does not hold up what others wait for: they are looked for meanwhile. */
const long = 250;

/**
 * The worker awake: it looks, and looks again, until nobody keeps it awake and nothing is left that it could do. While people work, one look in twenty
 * milliseconds finds what all of them have written; a job of the queue for each cost more than the command.
 */
export class Vigil {
  private until = 0;
  private called = false;
  private ended = false;
  private going: Promise<void> | undefined;
  private readonly looking = new Set<Promise<Looked>>();

  /** @param look never rejects; may be called again while it goes on */
  constructor(private readonly look: () => Promise<Looked>) {}

  /** Looks at once, or once more as soon as it may; and goes on looking for so many milliseconds, whatever it finds. */
  wake(milliseconds = 0): void {
    if (this.ended) return;
    this.until = Math.max(this.until, performance.now() + milliseconds);
    this.called = true;
    this.going ??= this.watch();
  }

  /** Looks no more; settles when the looks that go on have ended. */
  async end(): Promise<void> {
    this.ended = true;
    await Promise.all([this.going, ...this.looking]);
  }

  private async watch(): Promise<void> {
    let more = true;
    while (!this.ended && (this.called || performance.now() < this.until || more)) {
      this.called = false;
      const { due, done } = await this.lookOnce();
      // What is due and was not done is somebody else's, or stands behind what waits: that is left to the next tick.
      more = due > 0 && done > 0;
      await pause(between);
    }
    this.going = undefined;
  }

  private async lookOnce(): Promise<Looked> {
    const looking = this.look();
    this.looking.add(looking);
    void looking.then(() => this.looking.delete(looking));
    return within(long, looking).catch(() => {
      void looking.then(() => this.wake());
      return { due: 1, done: 1 };
    });
  }
}
