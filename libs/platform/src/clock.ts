import type { Instant } from '@fil-rouge/kernel';

/** The only place that asks the machine for the time. Tests provide another one and move it. */
export class Clock {
  now(): Instant {
    return new Date().toISOString();
  }
}
