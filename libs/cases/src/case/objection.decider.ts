/** The resident's objections to being passed on: to one structure, or to any. Pure. */
import { checkDay, invalid, notFound, type Context, type Decided, type LocalDate, type Uuid } from '@fil-rouge/kernel';
import type { CaseEventData, CaseState } from './case';
import { allow } from './case.decider';
import { endsOfAlone } from '../merge/merge.objections';

export interface Objecting {
  /** A structure, or `all`. */
  readonly against: Uuid;
  readonly on: LocalDate;
  readonly how: string;
  readonly ifMatch?: number;
}

/** Needs the structure as a fact. Referrals react: those it stands against are cancelled in the same commit. */
export function object(state: CaseState, { against, on, how, ifMatch }: Objecting, context: Context): Decided[] {
  allow(state, 'object', context, ifMatch);
  checkDay('objected', on, context.today, '/on');
  if (against !== 'all' && context.fact(against)?.kind !== 'structure')
    throw invalid('/against', 'unknown', 'There is no such structure.');
  if (state.objections.some((objection) => objection.against === against)) {
    throw invalid('/against', 'already-recorded', 'This objection stands already.');
  }
  const objectionId = context.newId();
  const data: CaseEventData['ObjectionRecorded'] = {
    objectionId,
    against,
    on,
    how,
    ...endsOfAlone(state, (structureId) => against === 'all' || against === structureId),
  };
  return [{ type: 'ObjectionRecorded', data: { ...data } }];
}

export interface EndingObjection {
  readonly objectionId: Uuid;
  readonly ifMatch?: number;
}

export function endObjection(state: CaseState, { objectionId, ifMatch }: EndingObjection, context: Context): Decided[] {
  allow(state, 'object', context, ifMatch);
  if (!state.objections.some(({ id }) => id === objectionId))
    throw notFound('There is no such objection on this case, or it has ended.');
  return [{ type: 'ObjectionEnded', data: { objectionId } satisfies CaseEventData['ObjectionEnded'] }];
}
