import { Clock } from '@fil-rouge/platform';

/** A clock that tests move; it stands still otherwise, so that nothing depends on how fast a test runs. */
export class MovableClock extends Clock {
  private time = Date.parse('2026-11-23T09:00:00.000Z');

  override now(): string {
    // A millisecond per look keeps instants of one test distinct and ordered.
    return new Date(this.time++).toISOString();
  }

  set(instant: string): void {
    this.time = Date.parse(instant);
  }

  advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }: { days?: number; hours?: number; minutes?: number; seconds?: number }): void {
    this.time += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  }
}
