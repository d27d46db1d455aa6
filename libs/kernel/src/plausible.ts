/** One notion of a plausible day for each meaning a day has here: the same on every route that asks for it. */
import { addMonths, type LocalDate } from './calendar';
import { invalid, type Problem } from './problem';

interface Bounds {
  readonly first: (today: LocalDate) => LocalDate;
  readonly last: (today: LocalDate) => LocalDate;
  /** What it is, as the subject of a sentence. */
  readonly what: string;
}

const today = (day: LocalDate): LocalDate => day;
const months =
  (count: number) =>
  (day: LocalDate): LocalDate =>
    addMonths(day, count);

export const plausible = {
  /** The resident was told. Whoever was told more than a year ago has forgotten, and the record has other readers now. */
  informed: { first: months(-12), last: today, what: 'The day on which the resident was informed' },
  /** The resident said so. */
  objected: { first: months(-24), last: today, what: 'The day of an objection' },
  /** Something was done with the resident. */
  happened: { first: months(-24), last: today, what: 'The day on which it took place' },
  /** What was done is looked for. A whole year may be asked for that has just begun. */
  exported: { first: () => '1900-01-01', last: months(24), what: 'A day of an export' },
  /** A pause. Nobody waits for longer than a year: the referral is returned, and begins again. */
  paused: { first: today, last: months(12), what: 'The day until which it is on hold' },
  /** Somebody is expected. Earlier today, too: it is written down when the phone has been put back. */
  planned: { first: today, last: months(24), what: 'The day of an appointment' },
  /** The State decided; there was no such network before this century. */
  decided: { first: () => '2000-01-01', last: today, what: 'The day of a decision' },
  /** Somebody is employed: nobody works for sixty years, and a contract that begins in years is none yet. */
  employedFrom: { first: months(-12 * 60), last: months(24), what: 'The first day of an employment' },
  employedUntil: { first: months(-12 * 60), last: months(120), what: 'The last day of an employment' },
  /** Somebody is away. What has begun long ago was no absence, and nobody plans one for years to come. */
  absent: { first: months(-12), last: months(24), what: 'A day of an absence' },
  /** The State signs: not before there was such a network, nor for years to come. */
  conventionFrom: { first: () => '2000-01-01', last: months(24), what: 'The first day of a convention' },
  conventionUntil: { first: () => '2000-01-01', last: months(120), what: 'The last day of a convention' },
} as const satisfies Record<string, Bounds>;

export type Meaning = keyof typeof plausible;

/** Null when such a day may be what it says; else the refusal. Its code: `future` or `past` where today is the bound, else `too-late` or `too-old`. */
export function implausible(meaning: Meaning, day: LocalDate, now: LocalDate, pointer: string): Problem | null {
  const { first, last, what }: Bounds = plausible[meaning];
  if (day > last(now))
    return last(now) === now
      ? invalid(pointer, 'future', `${what} cannot lie in the future.`)
      : invalid(pointer, 'too-late', `${what} lies too far ahead: ${last(now)} at the latest.`);
  if (day < first(now))
    return first(now) === now
      ? invalid(pointer, 'past', `${what} cannot be past.`)
      : invalid(pointer, 'too-old', `${what} lies too far back: ${first(now)} at the earliest.`);
  return null;
}

/** Throws 422. */
export function checkDay(meaning: Meaning, day: LocalDate, now: LocalDate, pointer: string): void {
  const problem = implausible(meaning, day, now, pointer);
  if (problem) throw problem;
}

/** Whoever was born more than 120 years ago is not followed, nor whoever has yet to be born. */
export const isPlausibleBirthYear = (year: number, now: LocalDate): boolean =>
  year >= Number(now.slice(0, 4)) - 120 && year <= Number(now.slice(0, 4));
