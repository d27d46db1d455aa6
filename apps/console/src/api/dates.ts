/** Days and hours as people of the Sarthe say them: always Paris, whatever the machine at the desk is set to. */
const paris = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', ...options });

const long = paris({ weekday: 'long', day: 'numeric', month: 'long' });
const longInYear = paris({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const longWithYear = paris({ day: 'numeric', month: 'long', year: 'numeric' });
const month = paris({ month: 'long', year: 'numeric' });
const short = paris({ day: 'numeric', month: 'short' });
const shortWithYear = paris({ day: 'numeric', month: 'short', year: 'numeric' });
const hour = paris({ hour: 'numeric', minute: '2-digit' });
const iso = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });

/** A date alone (`2026-12-03`) is that day at noon: no zone moves it to another. */
const instant = (value: string): Date => new Date(value.length === 10 ? `${value}T12:00:00Z` : value);
const first = (text: string): string => text.replace(/\b1(?= \p{L})/u, '1er');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `2026-12-03`, in Paris. */
export const dayOf = (value: Date | string): string => iso.format(typeof value === 'string' ? instant(value) : value);
export const today = (): string => dayOf(new Date());

/** The day so many days from today. */
export const dayIn = (days: number): string => dayOf(new Date(Date.now() + days * 86_400_000));

const thisYear = (value: string): boolean => dayOf(value).slice(0, 4) === today().slice(0, 4);

/** `jeudi 3 décembre`, with its year when it is not this one. */
export const longDay = (value: string): string => first((thisYear(value) ? long : longInYear).format(instant(value)));
export const titleDay = (value: string): string => capital(longDay(value));
/** `3 décembre 2026` */
export const fullDay = (value: string): string => first(longWithYear.format(instant(value)));
/** `Décembre 2026` */
export const fullMonth = (value: string): string => capital(month.format(instant(value)));
/** `3 déc.`, with its year when it is not this one. */
export const shortDay = (value: string): string =>
  first((thisYear(value) ? short : shortWithYear).format(instant(value)));
/** `10 h 45` */
export const hourOf = (value: string): string => hour.format(instant(value)).replace(':', ' h ');
/** `aujourd’hui, 10 h 45`, `hier, 9 h 00`, `3 déc.` */
export const lately = (value: string): string => {
  const days = daysBetween(dayOf(value), today());
  if (days === 0) return `aujourd’hui, ${hourOf(value)}`;
  return days === 1 ? `hier, ${hourOf(value)}` : shortDay(value);
};
/** `45 min`, `1 h 30` */
export const duration = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`;
};
/** Whole calendar days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((instant(to.slice(0, 10)).getTime() - instant(from.slice(0, 10)).getTime()) / 86_400_000);

/** Whether it is a whole day: a date field that is being written is empty, and an address may hold anything. */
export const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
