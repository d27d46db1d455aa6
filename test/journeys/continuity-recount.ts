/** The figures of referrals once more, by somebody who knows no table of ours: over what each referral shows of itself. */
import { localDateOf } from '@fil-rouge/kernel';

interface Cell {
  code: string;
  label: string;
  count?: number;
  medianDays?: number;
  ninetyDays?: number;
}
interface Figure {
  count?: number;
  medianDays?: number;
  ninetyDays?: number;
  maskedMonths?: number;
  definition: string;
  tables: { dimension: string; cells: Cell[] }[];
}
interface Counts {
  open: number;
  waiting: number;
  late: number;
  unstarted: number;
  handovers: number;
  oldest?: string;
}
type Measure = 'sent' | 'answered' | 'ended' | 'handovers' | 'unhelped';
export type Answer = Record<Measure, Figure> & {
  gaps: (Figure & { theme: string })[];
  missingQuarters?: number;
  inFives?: true;
  now?: { withoutLead?: number; total: Counts; byStructure: (Counts & { structure: { id: string; name: string } })[] };
};
export interface Told {
  id: string;
  commune: string;
  fromStructure: { id: string };
  toStructure: { id: string };
  status: string;
  sentAt: string;
  endedAt?: string;
  outcome?: string;
  reason?: string;
  needs: string[];
  history: { at: string; type: string }[];
}

export const cellsOf = (figure: Figure, dimension: string): Record<string, number | undefined> =>
  Object.fromEntries(
    (figure.tables.find((table) => table.dimension === dimension)?.cells ?? []).map(({ code, count }) => [code, count]),
  );
const tally = (codes: readonly string[]): Record<string, number> =>
  codes.reduce<Record<string, number>>((sums, code) => ({ ...sums, [code]: (sums[code] ?? 0) + 1 }), {});

const results: Record<string, string> = {
  ...{ completed: 'answered', returned: 'returned', declined: 'unhelped', expired: 'unhelped' },
  ...{ withdrawn: 'taken_back', cancelled: 'taken_back' },
};

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** What each figure must say. */
export function recounted(told: readonly Told[], from: string, to: string) {
  const within = (at: string | undefined): boolean =>
    at !== undefined && from <= localDateOf(at) && localDateOf(at) <= to;
  const sent = told.filter(({ sentAt }) => within(sentAt));
  const answers = told.flatMap((one) => {
    const at = one.history.find(({ type }) => type === 'ReferralAccepted' || type === 'ReferralDeclined')?.at;
    return within(at) ? [{ to: one.toStructure.id, days: daysBetween(localDateOf(one.sentAt), localDateOf(at!)) }] : [];
  });
  const days = answers.map((one) => one.days).toSorted((a, b) => a - b);
  const ended = told.filter(({ endedAt }) => within(endedAt));
  const unhelped = ended.filter(({ status }) => results[status] === 'unhelped');
  return {
    sent: {
      count: sent.length,
      pair: tally(sent.map((one) => `${one.fromStructure.id}/${one.toStructure.id}`)),
      theme: tally(sent.flatMap(({ needs }) => needs)),
    },
    answered: {
      count: answers.length,
      asked: tally(answers.map((one) => one.to)),
      median: days[Math.ceil(days.length / 2) - 1],
      ninety: days[Math.ceil(days.length * 0.9) - 1],
    },
    ended: {
      count: ended.length,
      result: tally(ended.map(({ status }) => results[status]!)),
      reason: tally(ended.map((one) => `${results[one.status]!}.${one.outcome ?? one.reason ?? one.status}`)),
    },
    unhelped: { count: unhelped.length, theme: tally(unhelped.flatMap(({ needs }) => needs)) },
    gaps: Object.fromEntries(
      [...new Set(unhelped.flatMap(({ needs }) => needs))].map((theme) => [
        theme,
        tally(unhelped.filter(({ needs }) => needs.includes(theme)).map(({ commune }) => commune)),
      ]),
    ),
  };
}

export const shown = ({ sent, answered, ended, unhelped, gaps }: Answer) => ({
  sent: { count: sent.count, pair: cellsOf(sent, 'pair'), theme: cellsOf(sent, 'theme') },
  answered: {
    ...{ count: answered.count, asked: cellsOf(answered, 'asked') },
    ...{ median: answered.medianDays, ninety: answered.ninetyDays },
  },
  ended: { count: ended.count, result: cellsOf(ended, 'result'), reason: cellsOf(ended, 'reason') },
  unhelped: { count: unhelped.count, theme: cellsOf(unhelped, 'theme') },
  gaps: Object.fromEntries(gaps.map((gap) => [gap.theme, cellsOf(gap, 'commune')])),
});
