import { localDateOf, type Instant, type LocalDate } from '@fil-rouge/kernel';
import { Clock } from '@fil-rouge/platform';

/** When every test with a movable clock begins: ten in Paris on a Monday, five business days before December. Dates in such tests are told from here, never from the machine. */
export const start: Instant = '2026-11-23T09:00:00.000Z';

/** A clock that tests move; it stands still otherwise, so that nothing depends on how fast a test runs. */
export class MovableClock extends Clock {
  private time = Date.parse(start);

  constructor() {
    super();
    live({ now: () => this.time });
  }

  override now(): string {
    // A millisecond per look keeps instants of one test distinct and ordered.
    return new Date(this.time++).toISOString();
  }

  set(instant: string): void {
    this.time = Date.parse(instant);
  }

  advance({
    days = 0,
    hours = 0,
    minutes = 0,
    seconds = 0,
  }: {
    days?: number;
    hours?: number;
    minutes?: number;
    seconds?: number;
  }): void {
    this.time += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  }
}

/** For tests with processes of their own, which live by the machine's clock, whatever that shows. */
export const machine = {
  now: (): number => Date.parse(new Clock().now()),
  today: (): LocalDate => localDateOf(new Clock().now()),
};

let lived: { now(): number } = machine;
let begun: LocalDate | undefined;

/** From here on this file lives by that clock: its system was started with it. */
export function live(clock: { now(): number }): void {
  lived = clock;
  begun = clock === machine ? undefined : today();
}

/** The moment it is for the system under test. */
export const moment = (): number => lived.now();

/** The day it is for the system under test. What people say they did is dated by it: a fixed day is too long ago once the clock was moved. */
export const today = (): LocalDate => localDateOf(new Date(lived.now()).toISOString());

/** The day on which the test began: what was done then happened before whatever the test does after moving its clock. */
export const firstDay = (): LocalDate => begun ?? today();
