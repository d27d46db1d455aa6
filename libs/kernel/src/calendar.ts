/**
 * Days and instants as the law counts them in France. Pure: the present is always an argument.
 * Wrong input is a programming error here (the edge validates with `isLocalDate` and `isInstant`) and throws a RangeError.
 */

import { weekdayValues, type Weekday } from './vocabulary';

/** ISO 8601 in UTC with milliseconds: `2026-11-22T08:00:00.000Z`. Sorts as text. */
export type Instant = string;

/** A calendar day without time or zone: `2026-11-22`. Sorts as text. */
export type LocalDate = string;

const DAY = 86_400_000;

export function isLocalDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isInstant(`${text}T00:00:00.000Z`);
}

export function isInstant(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text)) return false;
  const time = Date.parse(text);
  // Written back: some engines read 30 February as 2 March.
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

/** -1, 0 or 1, for sorting. */
export function compareInstants(a: Instant, b: Instant): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The day it is in Paris at that instant. */
export function localDateOf(instant: Instant): LocalDate {
  const time = timeOf(instant);
  return new Date(time + parisOffset(time)).toISOString().slice(0, 10);
}

/**
 * The instant at which a clock in Paris shows `time` (`HH:mm` or `HH:mm:ss.SSS`) on that day. In the hour that the last
 * Sunday of March leaves out, one hour later (02:30 → 03:30); in the hour that October repeats, the first of the two.
 */
export function atParis(date: LocalDate, time: string): Instant {
  if (!/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d\.\d{3})?$/.test(time))
    throw new RangeError(`"${time}" is not a time HH:mm or HH:mm:ss.SSS`);
  const wall = dayNumber(date) * DAY + Date.parse(`1970-01-01T${time}Z`);
  const before = parisOffset(wall - DAY);
  const after = parisOffset(wall + DAY);
  const valid = [wall - before, wall - after].find((candidate) => candidate + parisOffset(candidate) === wall);
  return new Date(valid ?? wall - before).toISOString();
}

/** That instant as a clock in Paris shows it, to the minute, and how far that is ahead: `2026-12-01T10:00+01:00`. */
export function parisTimeOf(instant: Instant): string {
  const time = timeOf(instant);
  const offset = parisOffset(time);
  return `${new Date(time + offset).toISOString().slice(0, 16)}+0${offset / 3_600_000}:00`;
}

/** The last millisecond of that day in Paris. */
export function endOfDay(date: LocalDate): Instant {
  return atParis(date, '23:59:59.999');
}

export function addCalendarDays(date: LocalDate, days: number): LocalDate {
  return dateOf(dayNumber(date) + whole(days));
}

/** The same day `months` later or earlier; the month's last day when it has no such day (31 January + 1 → 28 February). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const day = new Date(dayNumber(date) * DAY);
  const dayOfMonth = day.getUTCDate();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() + whole(months));
  const lastDay = new Date(day);
  lastDay.setUTCMonth(day.getUTCMonth() + 1, 0);
  day.setUTCDate(Math.min(dayOfMonth, lastDay.getUTCDate()));
  return dateOf(day.getTime() / DAY);
}

export const weekdayOf = (date: LocalDate): Weekday =>
  weekdayValues[(new Date(dayNumber(date) * DAY).getUTCDay() + 6) % 7]!;

/** Monday to Friday and no public holiday. */
export function isBusinessDay(date: LocalDate): boolean {
  return isBusinessDayNumber(dayNumber(date));
}

/** The `count`-th business day after `date`, which itself never counts, business day or not. 0 is `date`; never backwards. */
export function addBusinessDays(date: LocalDate, count: number): LocalDate {
  if (whole(count) < 0) throw new RangeError(`cannot add ${count} business days: only 0 or more`);
  let day = dayNumber(date);
  for (let left = count; left > 0;) {
    if (isBusinessDayNumber(++day)) left--;
  }
  return dateOf(day);
}

/** How many business days lie after `from` up to and including `to`; 0 when `to` is not later. */
export function businessDaysBetween(from: LocalDate, to: LocalDate): number {
  const last = dayNumber(to);
  let count = 0;
  for (let day = dayNumber(from) + 1; day <= last; day++) {
    if (isBusinessDayNumber(day)) count++;
  }
  return count;
}

/**
 * The public holidays of the whole country (Code du travail, art. L3133-1; Alsace-Moselle has two more), in order.
 * Eleven, ten in the rare year in which Ascension falls on 1 May (2008) or 8 May (1997).
 */
export function frenchHolidays(year: number): LocalDate[] {
  return [...holidaysOf(year)].map(dateOf);
}

const holidaysByYear = new Map<number, ReadonlySet<number>>();

/** Day numbers. Remembered per year: a pure function of it, and every business day asks. */
function holidaysOf(year: number): ReadonlySet<number> {
  const known = holidaysByYear.get(year);
  if (known) return known;
  const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
  const easter = easterSunday(year);
  const days = [...fixed.map((day) => dayNumber(`${fourDigits(year)}-${day}`)), easter + 1, easter + 39, easter + 50];
  const holidays = new Set(days.sort((a, b) => a - b));
  holidaysByYear.set(year, holidays);
  return holidays;
}

/**
 * Anonymous Gregorian computus (Nature, 20 April 1876, p. 487; J. Meeus, Astronomical Algorithms, 2nd ed., chapter 8), with
 * its usual letters.
 */
function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dayNumber(`${fourDigits(year)}-0${Math.floor(n / 31)}-01`) + (n % 31);
}

function isBusinessDayNumber(day: number): boolean {
  const date = new Date(day * DAY);
  const weekday = date.getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidaysOf(date.getUTCFullYear()).has(day);
}

const parisClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const offsetsByDay = new Map<number, number>();
/** Ten years of days: somebody who sends instants from all over the calendar fills no memory. */
const mostDays = 3660;

/**
 * Milliseconds by which a clock in Paris is ahead of UTC at that time (3 600 000 in winter, 7 200 000 in summer).
 * Remembered for each UTC day that begins and ends with the same one: every delay asks, and the formatter is slow.
 */
function parisOffset(time: number): number {
  const day = Math.floor(time / DAY);
  const known = offsetsByDay.get(day);
  if (known !== undefined) return known;
  const offset = offsetShown(time);
  if (offset === offsetShown(day * DAY) && offset === offsetShown((day + 1) * DAY)) {
    if (offsetsByDay.size >= mostDays) offsetsByDay.clear();
    offsetsByDay.set(day, offset);
  }
  return offset;
}

function offsetShown(time: number): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of parisClock.formatToParts(time)) parts[type] = value;
  const wall = `${fourDigits(Number(parts.year))}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}Z`;
  return Date.parse(wall) - Math.floor(time / 1000) * 1000;
}

/** Days since 1 January 1970. */
function dayNumber(date: LocalDate): number {
  if (!isLocalDate(date)) throw new RangeError(`"${date}" is not a calendar date YYYY-MM-DD`);
  return Date.parse(`${date}T00:00:00.000Z`) / DAY;
}

function dateOf(day: number): LocalDate {
  const text = new Date(day * DAY).toISOString();
  if (text.length !== 24) throw new RangeError(`${text} is outside the years 0000 to 9999`);
  return text.slice(0, 10);
}

function timeOf(instant: Instant): number {
  if (!isInstant(instant)) throw new RangeError(`"${instant}" is not an instant YYYY-MM-DDTHH:mm:ss.SSSZ`);
  return Date.parse(instant);
}

function whole(amount: number): number {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} is not a whole number`);
  return amount;
}

function fourDigits(year: number): string {
  return String(year).padStart(4, '0');
}
