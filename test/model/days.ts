/**
 * The calendar of docs/domain.md counted a second time, for the model: holidays copied from the official list (service-public.fr), summer
 * time from the European rule. Nothing here comes from the product.
 */
const holidays = new Set([
  '2026-01-01',
  '2026-04-06',
  '2026-05-01',
  '2026-05-08',
  '2026-05-14',
  '2026-05-25',
  '2026-07-14',
  '2026-08-15',
  '2026-11-01',
  '2026-11-11',
  '2026-12-25',
  '2027-01-01',
  '2027-03-29',
  '2027-05-01',
  '2027-05-06',
  '2027-05-08',
  '2027-05-17',
  '2027-07-14',
  '2027-08-15',
  '2027-11-01',
  '2027-11-11',
  '2027-12-25',
  '2028-01-01',
  '2028-04-17',
  '2028-05-01',
  '2028-05-08',
  '2028-05-25',
  '2028-06-05',
  '2028-07-14',
  '2028-08-15',
  '2028-11-01',
  '2028-11-11',
  '2028-12-25',
  '2029-01-01',
  '2029-04-02',
  '2029-05-01',
  '2029-05-08',
  '2029-05-10',
  '2029-05-21',
  '2029-07-14',
  '2029-08-15',
  '2029-11-01',
  '2029-11-11',
  '2029-12-25',
  '2030-01-01',
  '2030-04-22',
  '2030-05-01',
  '2030-05-08',
  '2030-05-30',
  '2030-06-10',
  '2030-07-14',
  '2030-08-15',
  '2030-11-01',
  '2030-11-11',
  '2030-12-25',
]);
const lastListed = '2030-12-31';

/** Summer time between these two instants. */
const summers: Record<string, [string, string]> = {
  2026: ['2026-03-29T01:00:00.000Z', '2026-10-25T01:00:00.000Z'],
  2027: ['2027-03-28T01:00:00.000Z', '2027-10-31T01:00:00.000Z'],
  2028: ['2028-03-26T01:00:00.000Z', '2028-10-29T01:00:00.000Z'],
  2029: ['2029-03-25T01:00:00.000Z', '2029-10-28T01:00:00.000Z'],
  2030: ['2030-03-31T01:00:00.000Z', '2030-10-27T01:00:00.000Z'],
};

const hour = 3_600_000;
const iso = (time: number): string => new Date(time).toISOString();

function hoursAhead(instant: string): number {
  const summer = summers[instant.slice(0, 4)];
  if (!summer) throw new RangeError(`The model knows no summer time in ${instant}.`);
  return instant >= summer[0] && instant < summer[1] ? 2 : 1;
}

/** `YYYY-MM-DD` in Paris. */
export const dayOf = (instant: string): string => iso(Date.parse(instant) + hoursAhead(instant) * hour).slice(0, 10);

/** That wall clock in Paris; nothing of ours happens in the hours that a change of the clocks leaves out or repeats. */
function wall(day: string, time: string): string {
  const reading = Date.parse(`${day}T${time}Z`);
  return iso(reading - hoursAhead(iso(reading - 2 * hour)) * hour);
}

export const nineOClock = (day: string): string => wall(day, '09:00:00.000');
export const endOf = (day: string): string => wall(day, '23:59:59.999');
export const plusDays = (day: string, days: number): string =>
  iso(Date.parse(`${day}T00:00:00.000Z`) + days * 24 * hour).slice(0, 10);
export const later = (instant: string, { days = 0, hours = 0 }: { days?: number; hours?: number }): string =>
  iso(Date.parse(instant) + (days * 24 + hours) * hour);

function works(day: string): boolean {
  if (day > lastListed) throw new RangeError(`The model knows no holidays after ${lastListed}.`);
  const weekday = new Date(`${day}T12:00:00.000Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5 && !holidays.has(day);
}

const counted = new Map<string, string>();

/** The n-th business day after that day, which does not count itself. */
export function businessDay(after: string, n: number): string {
  const known = counted.get(`${after}+${n}`);
  if (known) return known;
  let day = after;
  for (let left = n; left > 0;) {
    day = plusDays(day, 1);
    if (works(day)) left--;
  }
  counted.set(`${after}+${n}`, day);
  return day;
}

/** Business days after the first up to and including the second. */
export function businessDays(after: string, until: string): number {
  let count = 0;
  for (let day = plusDays(after, 1); day <= until; day = plusDays(day, 1)) if (works(day)) count++;
  return count;
}
