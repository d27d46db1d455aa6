import {
  addBusinessDays,
  addCalendarDays,
  atParis,
  isBusinessDay,
  localDateOf,
  type LocalDate,
} from '@fil-rouge/kernel';
import { Clock } from '@fil-rouge/platform';

/** Business days before today on which what is told begins: about a year. */
const longAgo = 250;

/** The `count`-th business day after that day, or before it when `count` is negative; 0 is the day itself, whatever day it is. */
export function businessDayFrom(day: LocalDate, count: number): LocalDate {
  if (count >= 0) return addBusinessDays(day, count);
  let found = day;
  for (let left = -count; left > 0;) {
    found = addCalendarDays(found, -1);
    if (isBusinessDay(found)) left--;
  }
  return found;
}

/**
 * A year behind when it is made: for a system that shall have a past. It is put forward, never back and never beyond the present, and shows the present once
 * it has arrived.
 */
export class PastClock extends Clock {
  /** The day on which it arrives: told once, or a night that falls into the telling would move every date. */
  readonly today: LocalDate;
  private behind: number;

  /** @param present the clock that it catches up with: the machine's, unless told otherwise */
  constructor(private readonly present = new Clock()) {
    super();
    const began = present.now();
    this.today = localDateOf(began);
    this.behind = Date.parse(began) - Date.parse(atParis(businessDayFrom(this.today, -longAgo), '08:00'));
  }

  override now(): string {
    return new Date(Date.parse(this.present.now()) - this.behind).toISOString();
  }

  /** To that time in Paris on the n-th business day from today. */
  advance(businessDay: number, time: string): void {
    const ahead = Date.parse(atParis(businessDayFrom(this.today, businessDay), time)) - Date.parse(this.now());
    this.behind -= Math.min(this.behind, Math.max(0, ahead));
  }

  arrive(): void {
    this.behind = 0;
  }
}
