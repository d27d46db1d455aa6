/** Days as they stand in a calendar, `2026-12-03`: no hour, no zone. */
export function addDays(day: string, days: number): string {
  const moved = new Date(`${day}T12:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** 0 on a Monday, 6 on a Sunday. */
export const weekday = (day: string): number => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;

export const mondayOf = (day: string): string => addDays(day, -weekday(day));

/** The same day of the week so many weeks later; a weekend becomes the Monday after it. */
export function inWeeks(day: string, weeks: number): string {
  const then = addDays(day, 7 * weeks);
  return weekday(then) > 4 ? addDays(then, 7 - weekday(then)) : then;
}
