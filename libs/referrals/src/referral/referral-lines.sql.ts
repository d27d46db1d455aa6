/** Referrals as lines of their case. */
import { isStaff, type ReferralStatus, type Uuid } from '@fil-rouge/kernel';
import type { Caller } from '@fil-rouge/platform';
import { rowsOf, withMerged } from './referral.sql';
import type { Told } from './referral.status';

export interface LineRow {
  id: Uuid;
  to_structure_id: Uuid | null;
  to_name: string | null;
  status: ReferralStatus;
  outcome: string | null;
  previous_referral_id: Uuid | null;
  broadcast_id: Uuid | null;
  onward_allowed: boolean;
}

/** A referral as its case shows it. */
export type ReferralLine = Told & { toStructure?: { id: Uuid; name: string } };

/**
 * JSON of every referral of a case that the caller may know of; null: of none. Record by record (`offset 0`): an array counts as ten rows to the planner, and for
 * those it would read every referral there is.
 *
 * @param record the column with the case's id
 */
export const linesOf = ({ session }: Caller, record: string): string => /* sql */ `(
  select json_agg(l order by l.id) from (
    select r.id, r.to_structure_id, t.name as to_name, r.status, r.outcome, r.previous_referral_id, r.broadcast_id, r.onward_allowed
    from unnest(records_seen_in(${record})) s(id)
    cross join lateral (select * from (${isStaff(session) ? withMerged : rowsOf.watcher}) v where v.case_id = s.id offset 0) r
    left join structure t on t.id = r.to_structure_id) l)`;

export const lineOf = (row: LineRow): ReferralLine => ({
  id: row.id,
  ...(row.to_structure_id ? { toStructure: { id: row.to_structure_id, name: row.to_name ?? '' } } : {}),
  status: row.status,
  outcome: row.outcome ?? undefined,
  previousId: row.previous_referral_id ?? undefined,
  broadcastId: row.broadcast_id ?? undefined,
});
