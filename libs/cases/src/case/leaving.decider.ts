/** Who contributes and has no referral to complete or return (it asked to, or led a record that ended here) says itself when it is done. Pure. */
import { Problem, type Context, type Decided } from '@fil-rouge/kernel';
import type { CaseEventData, CaseState } from './case';
import { allow } from './case.decider';
import { standingAlone } from '../merge/merge.objections';

export interface Leaving {
  readonly reason?: string;
  readonly ifMatch?: number;
}

/** Its part has come to its end by itself: for a while it still writes what was done by then. */
export function leave(state: CaseState, { reason, ifMatch }: Leaving, context: Context): Decided[] {
  allow(state, 'leave', context, ifMatch);
  const own = state.grants.filter(({ structureId }) => structureId === context.actor.structureId);
  const alone = standingAlone(state);
  if (own.some(({ id, kind }) => kind === 'contributor' && !alone.some((grant) => grant.id === id)))
    throw new Problem(
      'open-referrals',
      'Your structure helps with a referral here: complete or return it, and its part ends with it.',
    );
  const data: CaseEventData['ContributorLeft'] = { ended: own.map(({ id }) => id), finished: true };
  return [
    { type: 'ContributorLeft', data: { ...data }, pieces: [{ kind: 'shared_text', value: reason ? { reason } : {} }] },
  ];
}
