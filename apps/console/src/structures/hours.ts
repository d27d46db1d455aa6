import type { Shape } from '../api/client';
import type { Words } from '../api/words';

const clock = (time: string): string => time.replace(/^0/, '').replace(':', ' h ');

/** `Lundi : 9 h 00 à 12 h 30, 14 h 00 à 17 h 00`, a line for each day. */
export function hoursOf(openings: readonly Shape<'OpeningShown'>[], words: Words): string[] {
  const days = new Map<string, string[]>();
  for (const { weekday, from, to } of openings)
    days.set(weekday, [...(days.get(weekday) ?? []), `${clock(from)} à ${clock(to)}`]);
  return [...days].map(([weekday, times]) => `${words.say('weekdays', weekday)} : ${times.join(', ')}`);
}
