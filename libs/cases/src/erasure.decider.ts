/** Erasing what a record says about its resident: final, for every structure at once. Pure. */
import { forbidden, notFound, stale, type Context, type Decided } from '@fil-rouge/kernel';
import type { CaseEventData, CaseState } from './case';

/** Why: the resident asked, the time to keep it is over, or it should never have been there. */
export const erasureReasons = ['request_of_resident', 'retention_ended', 'opened_in_error'] as const;

export interface Erasing {
  readonly reason: (typeof erasureReasons)[number];
  readonly ifMatch?: number;
}

/** By an administrator, open or closed. What is open on the record is cancelled by the modules it belongs to, in the same commit. */
export function erase(state: CaseState, { reason, ifMatch }: Erasing, { actor }: Context): Decided[] {
  if (state.status === 'none') throw notFound();
  if (actor.role !== 'administrator') throw forbidden();
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
  const data: CaseEventData['CaseErased'] = { reason, ended: state.grants.map(({ id }) => id) };
  return [{ type: 'CaseErased', data: { ...data } }];
}
