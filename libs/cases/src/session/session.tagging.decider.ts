/** By which of its own labels a structure finds a session again: nobody else's affair, and no activity of the case. Pure. */
import { invalid, wrongState, type Context, type Decided, type Uuid } from '@fil-rouge/kernel';
import { structureOf } from '@fil-rouge/users';
import type { CaseEventData, CaseState } from '../case/case';
import { ownSession, type OnSession } from './session.decider';

export interface Tagging extends OnSession {
  /** All of them. */
  readonly tags: readonly Uuid[];
}

/** Needs the row `tags`. The same again changes nothing. */
export function tagSession(state: CaseState, input: Tagging, context: Context): Decided[] {
  const { row } = ownSession(state, input, 'correct_session', context);
  // The log of a record that has ended is closed.
  if (row.case_id !== input.caseId) throw wrongState('merged');
  const known = structureOf(context.fact(context.actor.structureId))?.tags ?? [];
  input.tags.forEach((id, at) => {
    if (!known.some((tag) => tag.id === id))
      throw invalid(`/tags/${at}`, 'unknown', 'This label is not there any more. Read them anew.');
  });
  const present = context.row<{ tags: Uuid[] }>('tags')?.tags ?? [];
  if (JSON.stringify(present.toSorted()) === JSON.stringify(input.tags.toSorted())) return [];
  const data: CaseEventData['SessionTagged'] = { sessionId: row.id, tags: [...input.tags] };
  return [{ type: 'SessionTagged', about: row.id, audience: 'desk', data: { ...data } }];
}
