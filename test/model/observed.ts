/** What a look at one record from outside must find. */
import { timersOf } from './clock.rules';
import { participation, type Model } from './model';

export const sortedByName = (timers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(timers).sort(([a], [b]) => (a < b ? -1 : 1)));

const inOrder = <T extends { n: number }>(all: readonly T[]): T[] => [...all].sort((a, b) => a.n - b.n);

export function observed(model: Model) {
  return {
    case: {
      status: model.status,
      version: model.version,
      lead: model.status === 'open' ? model.lead : null,
      counsellor: model.status === 'open' ? model.counsellor : null,
    },
    participations: Object.fromEntries(
      Object.keys(model.structures).map((structure) => [structure, participation(model, structure)]),
    ),
    referrals: inOrder(model.referrals).map(({ status, version, from, to, reason, outcome }) => ({
      status,
      version,
      from,
      to,
      reason,
      outcome,
    })),
    handovers: inOrder(model.handovers).map(({ kind, status, version, from, to, counsellor }) => ({
      kind,
      status,
      version,
      from,
      to,
      counsellor,
    })),
    timers: sortedByName(timersOf(model)),
  };
}
export type Observed = ReturnType<typeof observed>;

/** What a row of a read table says of a referral or handover; the model's word for a structure or a person comes from `called`. */
export type SeenRow = {
  status: string;
  version: number;
  from_structure_id: string;
  to_structure_id: string | null;
} & Record<'reason' | 'outcome' | 'kind' | 'to_counsellor_id', string | null>;
type Called = (id: string | null) => string | null;

export const referralSeen = (row: SeenRow, called: Called): Observed['referrals'][number] =>
  ({
    status: row.status,
    version: row.version,
    from: called(row.from_structure_id),
    to: called(row.to_structure_id),
    reason: row.reason,
    outcome: row.outcome,
  }) as Observed['referrals'][number];

export const handoverSeen = (row: SeenRow, called: Called): Observed['handovers'][number] =>
  ({
    kind: row.kind,
    status: row.status,
    version: row.version,
    from: called(row.from_structure_id),
    to: called(row.to_structure_id),
    counsellor: called(row.to_counsellor_id),
  }) as Observed['handovers'][number];
