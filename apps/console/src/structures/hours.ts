import type { Shape } from '../api/client';
import type { Words } from '../api/words';

/** `09:00` → `9 h`, `14:30` → `14 h 30` */
const clock = (time: string): string => {
  const [hour, minute] = time.split(':');
  return `${Number(hour)} h${minute === '00' ? '' : ` ${minute}`}`;
};

/** `Lundi, mardi : 9 h à 12 h 30, 14 h à 17 h`: days with the same hours stand together. */
export function hoursOf(openings: readonly Shape<'OpeningShown'>[], words: Words): string[] {
  const times = new Map<string, string[]>();
  for (const { weekday, from, to } of openings)
    times.set(weekday, [...(times.get(weekday) ?? []), `${clock(from)} à ${clock(to)}`]);
  const days = new Map<string, string[]>();
  for (const [weekday, hours] of times)
    days.set(hours.join(', '), [...(days.get(hours.join(', ')) ?? []), words.say('weekdays', weekday)]);
  return [...days].map(
    ([hours, [first = '', ...others]]) => `${[first, ...others.map((day) => day.toLowerCase())].join(', ')} : ${hours}`,
  );
}
