import type { Shape } from '../../api/client';

type Entry = Shape<'TimelineEntry'>;

/** How far what was sent on has come: awaited is dotted, taken up is solid. */
export type Stroke = 'awaited' | 'taken';

export interface Lane {
  readonly referralId: string;
  /** Whom it leads to: what they do while it is out stands on it. */
  readonly structureId: unknown;
  readonly stroke: Stroke;
}

export interface Step {
  readonly entry: Entry;
  /** Lanes beside the lead just before the entry and just after it; holes where a lane is free. */
  readonly before: readonly (Lane | undefined)[];
  readonly after: readonly (Lane | undefined)[];
  /** The lane a loop leaves by, comes back from, or on which somebody else worked. */
  readonly opens?: number;
  readonly closes?: { readonly lane: number; readonly fulfilled: boolean };
  readonly on?: number;
}

const opening = new Set(['ReferralDrafted', 'ReferralHeld', 'ReferralSent']);
const taking = new Set(['ReferralAccepted', 'ReferralStarted', 'ReferralResumed']);
const closing = new Set([
  'ReferralCompleted',
  'ReferralDeclined',
  'ReferralWithdrawn',
  'ReferralExpired',
  'ReferralReturned',
  'ReferralCancelled',
  'ReferralVoided',
]);

const referralOf = ({ data }: Entry): string | undefined =>
  typeof data['referralId'] === 'string' ? data['referralId'] : undefined;

/**
 * The thread as it ran: each referral leaves the lead on the first free lane and comes back from it.
 * @param entries oldest first
 */
export function loopsOf(entries: readonly Entry[]): Step[] {
  let lanes: (Lane | undefined)[] = [];
  return entries.map((entry) => {
    const before = lanes;
    const referralId = referralOf(entry);
    const theirs = lanes.findIndex((lane) => lane !== undefined && lane.structureId === entry.structure?.id);
    const on = theirs < 0 ? undefined : theirs;
    if (referralId === undefined) return { entry, before, after: before, on };
    const at = lanes.findIndex((lane) => lane?.referralId === referralId);
    if (at < 0) {
      if (!opening.has(entry.type)) return { entry, before, after: before };
      const free = lanes.findIndex((lane) => lane === undefined);
      const opens = free < 0 ? lanes.length : free;
      lanes = put(lanes, opens, { referralId, structureId: entry.data['toStructureId'], stroke: 'awaited' });
      return { entry, before, after: lanes, opens };
    }
    if (closing.has(entry.type)) {
      lanes = put(lanes, at, undefined);
      return { entry, before, after: lanes, closes: { lane: at, fulfilled: entry.type === 'ReferralCompleted' } };
    }
    if (taking.has(entry.type)) lanes = put(lanes, at, { ...lanes[at]!, stroke: 'taken' });
    return { entry, before, after: lanes, on };
  });
}

const put = (lanes: readonly (Lane | undefined)[], at: number, lane: Lane | undefined): (Lane | undefined)[] => {
  const changed = [...lanes];
  changed[at] = lane;
  while (changed.length > 0 && changed.at(-1) === undefined) changed.pop();
  return changed;
};
