import { addBusinessDays, atParis, localDateOf } from '@fil-rouge/kernel';
import { Clock } from '@fil-rouge/platform';

/** The machine's clock, put forward: for a story that takes weeks. It runs on in between and never goes back. */
export class StoryClock extends Clock {
  private ahead = 0;

  override now(): string {
    return new Date(Date.parse(super.now()) + this.ahead).toISOString();
  }

  /** To `time` in Paris on the n-th business day after the day of `since`. Returns the instant it is then. */
  advance({ since, businessDays, time }: { since: string; businessDays: number; time: string }): string {
    const instant = atParis(addBusinessDays(localDateOf(since), businessDays), time);
    this.ahead += Math.max(0, Date.parse(instant) - Date.parse(this.now()));
    return this.now();
  }
}
