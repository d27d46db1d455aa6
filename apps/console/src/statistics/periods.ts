import { fullMonth } from '../api/dates';

export interface Period {
  readonly from: string;
  readonly to: string;
}

const day = (year: number, month: number, of: number): string =>
  new Date(Date.UTC(year, month, of)).toISOString().slice(0, 10);
/** A month and those that follow, up to the last day of the last; months count from 0 and may lie beyond their year. */
const months = (year: number, first: number, last = first): Period => ({
  from: day(year, first, 1),
  to: day(year, last + 1, 0),
});

export const codeOf = ({ from, to }: Period): string => `${from}/${to}`;
export const periodOf = (code: string): Period => {
  const [from = '', to = ''] = code.split('/');
  return { from, to };
};

/** What people ask for, most asked first. Of several structures only months that are over are told. */
export function periodsOn(today: string, own: boolean): { code: string; label: string }[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1];
  const over: [string, Period][] = [
    ['Le mois dernier', months(year, month - 1)],
    ['Les trois derniers mois finis', months(year, month - 3, month - 1)],
    ['Les douze derniers mois finis', months(year, month - 12, month - 1)],
    [`L’année ${year - 1}`, months(year - 1, 0, 11)],
  ];
  const begun: [string, Period][] = own
    ? [
        ['Ce mois-ci', { ...months(year, month), to: today }],
        [`Depuis le 1er janvier ${year}`, { from: day(year, 0, 1), to: today }],
      ]
    : [];
  const each = Array.from({ length: 11 }, (_, back): [string, Period] => {
    const one = months(year, month - 2 - back);
    return [fullMonth(one.from), one];
  });
  return [...begun, ...over, ...each].map(([label, period]) => ({ code: codeOf(period), label }));
}

const ordinals = ['1er', '2e', '3e', '4e'];

/** Quarters that are over, the last one first, and the calendar year before: what several structures are told by. */
export function quartersOn(today: string): { code: string; label: string }[] {
  const [year, quarter] = [Number(today.slice(0, 4)), Math.floor((Number(today.slice(5, 7)) - 1) / 3)];
  const each = Array.from({ length: 8 }, (_, back): [string, Period] => {
    const one = months(year, 3 * (quarter - 1 - back), 3 * (quarter - 1 - back) + 2);
    return [`${ordinals[Math.floor(Number(one.from.slice(5, 7)) / 3)]} trimestre ${one.from.slice(0, 4)}`, one];
  });
  const last: [string, Period] = [`L’année ${year - 1}`, months(year - 1, 0, 11)];
  return [...each.slice(0, 1), last, ...each.slice(1)].map(([label, period]) => ({ code: codeOf(period), label }));
}
