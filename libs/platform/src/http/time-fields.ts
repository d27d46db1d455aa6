import { applyDecorators } from '@nestjs/common';
import {
  addCalendarDays,
  addMonths,
  atParis,
  isInstant,
  isLocalDate,
  parisTimeOf,
  type Instant as Moment,
  type LocalDate,
} from '@fil-rouge/kernel';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { Optional } from './page';

/**
 * Days that a form may name: far around any follow-up, and well within what PostgreSQL and the calendar hold, so that whatever is counted from one is a
 * day again. Which of them make sense for a field is that field's own rule.
 */
const [firstDay, lastDay] = ['1900-01-01', '2199-12-31'];
const isDay = (text: unknown): boolean =>
  typeof text === 'string' && isLocalDate(text) && text >= firstDay && text <= lastDay;

const check = (name: string, validate: (value: unknown) => boolean, message: string) =>
  ValidateBy({ name, validator: { validate, defaultMessage: () => message } });

/** A calendar day, `YYYY-MM-DD`. */
export const Day = () =>
  applyDecorators(
    check('date', isDay, `must be a day that exists, YYYY-MM-DD, from ${firstDay} to ${lastDay}`),
    ApiProperty({ format: 'date' }),
  );

const zoned = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

function momentOf(text: unknown): Moment | undefined {
  const day = typeof text === 'string' ? zoned.exec(text)?.[1] : undefined;
  const time = isDay(day) ? Date.parse(text as string) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/**
 * An instant with its zone, kept in UTC with milliseconds, or a day: from its beginning in Paris, as the rule says that knows what day it is. What is
 * neither stays as it came, to be refused.
 */
export const InstantOrDay = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => momentOf(value) ?? value),
    check(
      'instant',
      (value) => isDay(value) || momentOf(value) !== undefined,
      'must be a day such as 2026-12-01, or an instant such as 2026-12-01T08:00:00Z',
    ),
  );

/** A year more on either side: midnight in Paris is the day before elsewhere, and the end of the last day the day after. */
const isMoment = (value: unknown): boolean =>
  typeof value === 'string' && isInstant(value) && value > '1899' && value < '2201';

/**
 * When people meet: a time on the clocks of Paris (`2026-12-01T10:00`), or an instant with its zone; kept in UTC. The hour that March leaves out is refused, because nobody
 * knows which one is meant; of the hour that October repeats it is the first, unless an offset says otherwise.
 */
export const MeetingTime = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => momentOf(value) ?? shownInParis(value) ?? value),
    check(
      'meeting',
      isMoment,
      'must be a time that exists in Paris, such as 2026-12-01T10:00, or an instant such as 2026-12-01T10:00:00+01:00',
    ),
    ApiProperty({ format: 'date-time' }),
  );

function shownInParis(text: unknown): Moment | undefined {
  const [, day, time] =
    (typeof text === 'string' && /^(\d{4}-\d{2}-\d{2})T(([01]\d|2[0-3]):[0-5]\d)(:00)?$/.exec(text)) || [];
  if (day === undefined || time === undefined || !isDay(day)) return undefined;
  const moment = atParis(day, time);
  return parisTimeOf(moment).startsWith(`${day}T${time}`) ? moment : undefined;
}

/** A stretch of time as somebody names it; `until` is the first instant after it. */
interface Span {
  readonly from: Moment;
  readonly until: Moment;
}

const local = /^(\d{4}-\d{2}-\d{2})T(([01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?$/;
const later = (moment: Moment, milliseconds: number): Moment =>
  new Date(Date.parse(moment) + milliseconds).toISOString();

/**
 * A month, a day, a minute, a second: the whole of it, on the clocks of Paris unless an offset says otherwise. A `+` that was not encoded has become a
 * space in a query.
 */
export function spanOf(text: string): Span | undefined {
  if (/^\d{4}-\d{2}$/.test(text))
    return isDay(`${text}-01`) ? daysOf(`${text}-01`, addMonths(`${text}-01`, 1)) : undefined;
  if (isDay(text)) return daysOf(text, addCalendarDays(text, 1));
  const named = text.replace(/ (?=\d{2}:\d{2}$)/, '+');
  const [, day, time, , seconds, fraction] = local.exec(named.replace(/(?:Z|[+-]\d{2}:\d{2})$/, '')) ?? [];
  if (day === undefined || time === undefined || !isDay(day)) return undefined;
  const from = local.test(named)
    ? atParis(day, `${time}:${seconds ?? '00'}.${(fraction ?? '').padEnd(3, '0')}`)
    : momentOf(named);
  return from === undefined
    ? undefined
    : { from, until: later(from, fraction !== undefined ? 1 : seconds !== undefined ? 1000 : 60_000) };
}

const daysOf = (first: LocalDate, next: LocalDate): Span => ({
  from: atParis(first, '00:00'),
  until: atParis(next, '00:00'),
});

const bound = (of: (span: Span) => Moment) =>
  applyDecorators(
    Optional(),
    Transform(({ value }: { value: unknown }) => {
      const span = typeof value === 'string' ? spanOf(value) : undefined;
      return span ? of(span) : value;
    }),
    check(
      'moment',
      isMoment,
      'must be a day (2026-11-28), a month (2026-11), or a time of day (2026-11-28T19:59), in Paris unless an offset follows',
    ),
  );

/** Of a list, what is not before the day, month or time that is named. */
export const From = () => bound(({ from }) => from);
/** Of a list, what is not after the day, month or time that is named, all of which counts. */
export const UpTo = () => bound(({ until }) => until);
