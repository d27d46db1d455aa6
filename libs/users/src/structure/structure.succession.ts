/** A structure closes and another one takes it over. Pure. */
import { forbidden, invalid, Problem, type Decided, type Uuid } from '@fil-rouge/kernel';
import type { Deliberation } from '@fil-rouge/platform';
import type { PersonRecord } from '../person/person';
import { goOnIn } from '../person/person.moving';
import { staffEvents } from './staff';
import { decideOnStructure, type DecideInput } from './structure.decider';
import type { StructureRecord, StructureState } from './structure';

export type Staffing = PersonRecord & StructureRecord;

export interface Succession {
  readonly structureId: Uuid;
  readonly successorId: Uuid;
  /** Whom the structure employs, or is to employ, as they were looked up. */
  readonly people: readonly Uuid[];
}

/**
 * The decision on the one, what the other takes over, and for each person the move, in one commit. What the structure leads goes into a batch that proposes
 * the other for all of it; what it was asked for ends, as with each structure that closes.
 * @param records the structure, its successor, then the people
 */
export function succeed(
  { structureId, successorId, people }: Succession,
  input: DecideInput,
  [closing, successor, ...persons]: readonly Deliberation<Staffing>[],
): Decided[][] {
  const { state, context } = closing!;
  const decision = decideOnStructure(state.structure, input, context);
  checkSuccessor(input, successor!.state.structure);
  if (people.includes(context.actor.userId ?? ''))
    throw forbidden('You work for this structure yourself. Have another administrator record this.');
  if (state.structure.staff?.some(({ userId }) => !people.includes(userId)))
    throw new Problem('busy', 'Somebody was hired in this structure just now. Try again.', { retryAfter: 1 });
  const moved = persons.map((one, at) => ({
    userId: people[at]!,
    events: goOnIn(structureId, successorId, one.state.person, one.context),
  }));
  const saidOn = (id: Uuid): Decided[] =>
    moved.flatMap(({ userId, events }) =>
      staffEvents(
        userId,
        events.filter(({ data }) => data['structureId'] === id),
      ),
    );
  return [
    [...decision, ...saidOn(structureId)],
    [{ type: 'StructureTookOver', data: { takenOverId: structureId } }, ...saidOn(successorId)],
    ...moved.map(({ events }) => events),
  ];
}

function checkSuccessor({ status }: DecideInput, successor: StructureState): void {
  if (status !== 'closed')
    throw invalid('/successorId', 'not-for-this-status', 'Only a structure that closes is taken over by another one.');
  if (successor.status === 'none') throw invalid('/successorId', 'unknown', 'There is no structure of this id.');
  if (successor.status !== 'active')
    throw invalid('/successorId', 'not-active', 'Only an active structure takes over another one.');
}

/** @param count of its conventions that have not ended */
export const hasConventions = (count: number): Problem =>
  new Problem(
    'wrong-state',
    `Conventions of this structure with the State that go on: ${count}. End them first, and record what goes on with the structure that takes over.`,
    { status: 'running-conventions', actions: [] },
  );
