/**
 * How far a structure reads in a record that ended in another one. Pure; row-level security decides the same a second time.
 * Two ways, the wider counts: what its grants on the ended record allowed, as they were; and through the record that goes on — whoever
 * still took part there when the two became one reads all of the ended one, as lead its referrals' conversations as well.
 */
import type { Uuid } from '@fil-rouge/kernel';
import { endless, horizonsOf, type GrantRow, type Horizons, type View } from './case.policy';

/** A record that ended, the one it went into, and the number of `RecordsMerged` in that one's log. */
export interface Continuation {
  readonly id: Uuid;
  readonly into: Uuid;
  readonly seq: number;
}

export type GrantOnRecord = GrantRow & { readonly stream_id: Uuid };

/** @param grants the structure's own, on all of the records */
export function horizonsIn(record: Uuid, structureId: Uuid, grants: readonly GrantOnRecord[], merges: readonly Continuation[]): Horizons {
  const own = horizonsOf(structureId, grants.filter(({ stream_id }) => stream_id === record));
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
export const viewIn = (view: View, { record }: Horizons): View => (view === 'former_contributor' && record > 0 ? 'former_lead' : view);
