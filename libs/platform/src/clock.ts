import type { Instant } from '@fil-rouge/kernel';

/** The only place that asks the machine for the time. Tests provide another one and move it. */
export class Clock {
  now(): Instant {
    // eslint-disable-next-line no-restricted-syntax -- here, and nowhere else
    return new Date().toISOString();
  }
}
