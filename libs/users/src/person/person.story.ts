/** What the specs of a person's rules have in common: a person as invited or as known, and who decides about them. */
import { system, type Actor, type Context, type Decided, type Fact, type StructureStatus } from '@fil-rouge/kernel';
import { given, type Story } from '../../../../test/support/given';
import { createPerson, type EmploymentInput } from './person.decider';
import { initialPerson, type PersonRecord, type PersonState } from './person';
import type { Employed } from '../structure/staff';
import { initialStructure, type StructureState } from '../structure/structure';
import { personSlice } from '../users.slices';

export const today = '2026-11-23';
export const actor = (role: Actor['role'], structureId = 's1'): Actor => ({
  userId: 'u1',
  structureId,
  role,
  territory: null,
});

/** Who works in the structures asked about; a manager unless a test says otherwise. */
export const manager: Employed = {
  userId: 'chief',
  employmentId: 'm',
  role: 'manager',
  from: '2021-01-04',
  until: null,
};

/** A person whose record begins with what was decided, beside the two structures. */
export const person = (...decided: Decided[]): Story<PersonRecord> => {
  const story = given<PersonRecord>('person', [personSlice], { id: 'p1', fact: structuresOf() });
  return decided.length === 0 ? story : story.happened(actor('manager'), ...decided);
};

const structuresOf =
  (status: StructureStatus = 'active', more: Partial<StructureState> = { staff: [manager] }) =>
  (id: string): Pick<Fact, 'kind' | 'state'> | undefined =>
    id === 's1' || id === 's2'
      ? { kind: 'structure', state: { structure: { ...initialStructure, status, ...more } } }
      : undefined;

export function context(who: Actor, status?: StructureStatus, more?: Partial<StructureState>): Context {
  const story = person();
  story.fact = structuresOf(status, more);
  return story.context(who);
}

/** The state, and what is decided on it. */
export const after = (state: PersonState, decided: Decided[]): PersonState => {
  const story = person();
  story.record = { person: state };
  return story.happened(actor('manager'), ...decided).record.person;
};

export const invited = {
  name: 'Anne Martin',
  email: 'anne@exemple.fr',
  structureId: 's1',
  role: 'counsellor',
} as const;
export const known = (employment: Partial<EmploymentInput> = {}): PersonState =>
  after(initialPerson, createPerson('p1', initialPerson, { ...invited, ...employment }, context(system)));
