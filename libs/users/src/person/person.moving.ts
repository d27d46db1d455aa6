/** Where one structure takes another one over, whoever works there goes on in the other. Pure. */
import type { Context, Decided, Uuid } from '@fil-rouge/kernel';
import { overlaps } from './person.decider';
import type { PersonEventData, PersonState } from './person';

/**
 * Each employment that stands, or is to begin, ends in the one and begins in the other, with all that was agreed on. Who has that role there already keeps
 * it. By the decision on the structure, so that no hiring is needed, and none is told.
 */
export function goOnIn(from: Uuid, to: Uuid, state: PersonState, context: Context): Decided[] {
  const { today } = context;
  const standing = state.employments.filter(
    ({ structureId, ended, until }) => structureId === from && !ended && (until === null || until >= today),
  );
  return standing.flatMap(({ id, role, from: begun, until, placedAt, territory }) => {
    const day = begun > today ? begun : today;
    const ended: PersonEventData['EmploymentEnded'] = {
      employmentId: id,
      structureId: from,
      role,
      until: day,
      atOnce: true,
      movedTo: to,
    };
    const started: PersonEventData['EmploymentStarted'] = {
      employmentId: context.newId(),
      structureId: to,
      role,
      from: day,
      ...(until !== null && { until }),
      ...(placedAt !== null && { placedAt }),
      ...(territory !== null && { territory }),
      movedFrom: from,
    };
    const isThere = state.employments.some(
      (other) => other.structureId === to && other.role === role && overlaps(other, day, until),
    );
    return [
      { type: 'EmploymentEnded', data: { ...ended } },
      ...(isThere ? [] : [{ type: 'EmploymentStarted', data: { ...started } }]),
    ];
  });
}
