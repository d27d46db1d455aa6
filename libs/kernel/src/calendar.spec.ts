import fc from 'fast-check';
import {
  addBusinessDays,
  addCalendarDays,
  addMonths,
  atParis,
  businessDaysBetween,
  compareInstants,
  endOfDay,
  frenchHolidays,
  isBusinessDay,
  isInstant,
  isLocalDate,
  localDateOf,
  parisTimeOf,
} from './calendar';

// In the order of the year: New Year, Easter Monday, 1 and 8 May, Ascension, Whit Monday, 14 July, 15 August, 1 and 11 November, Christmas.
const official: Record<number, string> = {
  2024: '01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25',
  2025: '01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25',
  2026: '01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25',
  2027: '01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25',
  2028: '01-01 04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 11-11 12-25',
  2029: '01-01 04-02 05-01 05-08 05-10 05-21 07-14 08-15 11-01 11-11 12-25',
  2030: '01-01 04-22 05-01 05-08 05-30 06-10 07-14 08-15 11-01 11-11 12-25',
};

const anyDay = fc.integer({ min: 0, max: 30_000 }).map((days) => addCalendarDays('2000-01-01', days));

describe('public holidays', () => {
  it.each(Object.entries(official))('are the official ones in %s', (year, days) => {
    expect(frenchHolidays(Number(year))).toEqual(days.split(' ').map((day) => `${year}-${day}`));
  });

  it('name a day once when two fall on it (Ascension on 1 May 2008)', () => {
    expect(frenchHolidays(2008)).toHaveLength(10);
  });
});

describe('business days', () => {
  it.each([
    ['2026-11-20', true],
    ['2026-11-21', false],
    ['2026-11-22', false],
    ['2026-11-11', false],
    ['2026-05-25', false],
    ['2026-05-26', true],
  ])('%s: %s', (date, expected) => expect(isBusinessDay(date)).toBe(expected));

  it.each([
    ['2026-11-20', 0, '2026-11-20'],
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-11-22', 1, '2026-11-23'],
    ['2026-11-21', 0, '2026-11-21'],
    ['2026-11-10', 1, '2026-11-12'],
    ['2026-11-23', 20, '2026-12-21'],
    ['2026-12-23', 3, '2026-12-29'],
    ['2027-12-30', 2, '2028-01-03'],
    ['2026-04-30', 3, '2026-05-06'],
  ])('%s + %d business days is %s', (from, days, expected) => expect(addBusinessDays(from, days)).toBe(expected));

  it('never go backwards', () => {
    expect(() => addBusinessDays('2026-11-20', -1)).toThrow(RangeError);
    expect(() => addBusinessDays('2026-11-20', 1.5)).toThrow(RangeError);
    expect(businessDaysBetween('2026-11-24', '2026-11-20')).toBe(0);
    expect(businessDaysBetween('2026-11-20', '2026-11-20')).toBe(0);
  });

  it('counting gives back what was added, and the day reached is a business day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (from, days) => {
        const reached = addBusinessDays(from, days);
        expect(businessDaysBetween(from, reached)).toBe(days);
        expect(isBusinessDay(reached)).toBe(true);
      }),
    );
  });

  it('more days, or a later start, never end earlier', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(60), fc.nat(10), fc.nat(10), (from, days, moreDays, later) => {
        const end = addBusinessDays(from, days);
        expect(addBusinessDays(from, days + moreDays) >= end).toBe(true);
        expect(addBusinessDays(addCalendarDays(from, later), days) >= end).toBe(true);
      }),
    );
  });

  it('intervals add up', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(90), fc.nat(90), (from, first, second) => {
        const middle = addCalendarDays(from, first);
        const to = addCalendarDays(middle, second);
        expect(businessDaysBetween(from, to)).toBe(businessDaysBetween(from, middle) + businessDaysBetween(middle, to));
      }),
    );
  });
});

describe('Paris', () => {
  it.each([
    ['2026-11-22T22:59:59.999Z', '2026-11-22'],
    ['2026-11-22T23:00:00.000Z', '2026-11-23'],
    ['2026-07-13T21:59:59.999Z', '2026-07-13'],
    ['2026-07-13T22:00:00.000Z', '2026-07-14'],
    ['2026-12-31T23:00:00.000Z', '2027-01-01'],
    ['2026-03-28T23:00:00.000Z', '2026-03-29'],
    ['2026-10-25T23:00:00.000Z', '2026-10-26'],
  ])('at %s it is %s', (instant, expected) => expect(localDateOf(instant)).toBe(expected));

  it.each([
    ['2026-11-22', '09:00', '2026-11-22T08:00:00.000Z'],
    ['2026-07-14', '09:00', '2026-07-14T07:00:00.000Z'],
    ['2026-07-14', '00:30', '2026-07-13T22:30:00.000Z'],
    ['2026-03-29', '01:59:59.999', '2026-03-29T00:59:59.999Z'],
    ['2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25', '01:59', '2026-10-24T23:59:00.000Z'],
    ['2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
  ])('on %s at %s it is %s', (date, time, expected) => expect(atParis(date, time)).toBe(expected));

  it.each([
    ['2026-03-29T00:59:00.000Z', '2026-03-29T01:59+01:00'],
    ['2026-03-29T01:00:00.000Z', '2026-03-29T03:00+02:00'],
    ['2026-10-25T00:30:00.000Z', '2026-10-25T02:30+02:00'],
    ['2026-10-25T01:30:00.000Z', '2026-10-25T02:30+01:00'],
    ['2026-12-31T23:00:00.000Z', '2027-01-01T00:00+01:00'],
  ])('%s is shown as %s', (instant, expected) => expect(parisTimeOf(instant)).toBe(expected));

  it('is told the same, whatever was asked before, on the days the clocks change and beside them', () => {
    const paris = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });
    const hours = ['2026-03-28', '2026-10-24'].flatMap((day) =>
      Array.from({ length: 96 }, (_, hour) => Date.parse(`${day}T00:00:00.000Z`) + hour * 3_600_000),
    );
    for (const hour of [...hours, ...hours.toReversed()])
      expect(localDateOf(new Date(hour).toISOString())).toBe(paris.format(hour));
  });

  it('ends the short and the long day like any other', () => {
    expect(endOfDay('2026-03-29')).toBe('2026-03-29T21:59:59.999Z');
    expect(endOfDay('2026-10-25')).toBe('2026-10-25T22:59:59.999Z');
    expect(endOfDay('2026-11-22')).toBe('2026-11-22T22:59:59.999Z');
  });

  it('the end of a day is on that day, one millisecond later is the next', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        const end = endOfDay(date);
        expect(localDateOf(end)).toBe(date);
        expect(localDateOf(new Date(Date.parse(end) + 1).toISOString())).toBe(addCalendarDays(date, 1));
        expect(atParis(date, '00:00')).toBe(
          new Date(Date.parse(endOfDay(addCalendarDays(date, -1))) + 1).toISOString(),
        );
      }),
    );
  });

  it.each(['24:00', '9:00', '09:60', '09:00:00', ''])('refuses the time "%s"', (time) => {
    expect(() => atParis('2026-11-22', time)).toThrow(RangeError);
  });
});

describe('calendar arithmetic', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-11-22', 0, '2026-11-22'],
    ['2026-11-22', -24, '2024-11-22'],
  ])('%s + %d months is %s', (date, months, expected) => expect(addMonths(date, months)).toBe(expected));

  it('adds days over the end of a month, a leap day and a change of the clock', () => {
    expect(addCalendarDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addCalendarDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addCalendarDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(() => addCalendarDays('9999-12-31', 1)).toThrow('outside the years');
  });

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-01', '2026-11-22T00:00:00.000Z', ' 2026-11-22', ''])(
    '"%s" is not a date',
    (text) => {
      expect(isLocalDate(text)).toBe(false);
      expect(() => addCalendarDays(text, 1)).toThrow(RangeError);
    },
  );

  it.each([
    '2026-02-30T00:00:00.000Z',
    '2026-11-22T24:00:00.000Z',
    '2026-11-22T08:00:00Z',
    '2026-11-22T08:00:00.000+01:00',
    '2026-11-22',
  ])('"%s" is not an instant', (text) => {
    expect(isInstant(text)).toBe(false);
    expect(() => localDateOf(text)).toThrow(RangeError);
  });

  it('takes what is one', () => {
    expect(isLocalDate('2028-02-29')).toBe(true);
    expect(isInstant('2026-11-22T08:00:00.000Z')).toBe(true);
    expect(['2026-11-22T08:00:00.001Z', '2026-11-22T08:00:00.000Z'].sort(compareInstants)[0]).toBe(
      '2026-11-22T08:00:00.000Z',
    );
    expect(compareInstants('2026-11-22T08:00:00.000Z', '2026-11-22T08:00:00.000Z')).toBe(0);
  });
});
