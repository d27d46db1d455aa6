/** What the store would load of another record, from the model. */
import type { Fact } from '@fil-rouge/kernel';
import { initialStructure } from '../../libs/users/src/structure/structure';
import type { Model } from './model';

export function factOf(model: Model, id: string | null | undefined): Fact | undefined {
  if (!id) return undefined;
  const structure = model.structures[id];
  if (structure) {
    const { status, communes, takes } = structure;
    return {
      id,
      kind: 'structure',
      version: 1,
      state: { structure: { ...initialStructure, status, communes, acceptsReferrals: takes } },
    };
  }
  const person = model.people[id];
  const employments = person && [
    {
      id: `${id}.job`,
      structureId: person.structure,
      role: person.role,
      from: '2020-01-01',
      until: null,
      ended: false,
      placedAt: null,
      territory: person.territory,
    },
  ];
  return person && { id, kind: 'person', version: 1, state: { person: { status: 'known', version: 1, employments } } };
}
