/** Erasing what a record says about its resident: final, for every structure at once. Pure. */
import { forbidden, notFound, Problem, stale, type Context, type Decided, type ErasureReason } from '@fil-rouge/kernel';
import { ledBy, type CaseEventData, type CaseRecord, type CaseState } from './case';

export interface Erasing {
  readonly reason: ErasureReason;
  /** The number of the slip under which it is done. */
  readonly slip?: number;
  readonly ifMatch?: number;
}

/** The records are not the whole any more: one was merged since they were looked up. */
export class WholeMoved extends Problem {
  constructor() {
    super('busy', 'This record has just been merged with another one. Try again.', { retryAfter: 1 });
  }
}

/**
 * By an administrator, open or closed, with every record that was merged into it: it is one resident. What is open is cancelled by the
 * modules it belongs to, in the same commit. @param records the one that goes on, then all that ended in it
 */
export function eraseWhole(
  [present, ...merged]: readonly { state: CaseRecord; context: Context }[],
  { reason, slip, ifMatch }: Erasing,
): Decided[][] {
  const { case: state } = present!.state;
  if (state.status === 'none') throw notFound();
  if (present!.context.actor.role !== 'administrator') throw forbidden();
  if (state.mergedInto !== null || state.mergedFrom.length !== merged.length) throw new WholeMoved();
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
  return [present!, ...merged].map((one) =>
    erased(one.state.case, { reason, ...(slip === undefined ? {} : { slip }) }),
  );
}

function erased(state: CaseState, said: Pick<CaseEventData['CaseErased'], 'reason' | 'slip'>): Decided[] {
  const data: CaseEventData['CaseErased'] = { ...said, ...ledBy(state), ended: state.grants.map(({ id }) => id) };
  return [{ type: 'CaseErased', data: { ...data } }];
}
