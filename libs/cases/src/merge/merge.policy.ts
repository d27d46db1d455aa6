/**
 * How far a structure reads in a record that ended in another one. Pure; row-level security decides the same a second time. A structure has two
 * ways into the ended record, and the wider one counts. Its grants on the ended record go on allowing what they allowed. The other way is the
 * record that goes on: a structure that reads that one up to the merge, or beyond, reads all of the ended one, and as a lead the conversations of
 * its referrals too.
 */
import type { Uuid } from '@fil-rouge/kernel';
import { endless, horizonsOf, type GrantRow, type Horizons, type View } from '../case/case.policy';

/** A record that ended, the one it went into, and the number of `RecordsMerged` in that one's log. */
export interface Continuation {
  readonly id: Uuid;
  readonly into: Uuid;
  readonly seq: number;
}

export type GrantOnRecord = GrantRow & { readonly stream_id: Uuid };

/** @param grants the structure's own, on all of the records */
export function horizonsIn(
  record: Uuid,
  structureId: Uuid,
  grants: readonly GrantOnRecord[],
  merges: readonly Continuation[],
): Horizons {
  const own = horizonsOf(
    structureId,
    grants.filter(({ stream_id }) => stream_id === record),
  );
  const merge = merges.find(({ id }) => id === record);
  if (!merge) return own;
  const through = horizonsIn(merge.into, structureId, grants, merges);
  return {
    structureId,
    record: through.record >= merge.seq ? endless : own.record,
    lead: through.lead >= merge.seq ? endless : own.lead,
  };
}

/** As whom it reads an ended record: a former contributor of the one that goes on may have led this one. */
export const viewIn = (view: View, { record }: Horizons): View =>
  view === 'former_contributor' && record > 0 ? 'former_lead' : view;
