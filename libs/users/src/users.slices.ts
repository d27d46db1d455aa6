import type { Slice } from '@fil-rouge/kernel';
import {
  conventionTimers,
  conventionWrites,
  evolveConvention,
  initialConvention,
  type ConventionRecord,
  type ConventionState,
} from './convention/convention';
import { due as conventionDue } from './convention/convention.decider';
import { projectConvention } from './convention/convention.projection';
import {
  evolvePerson,
  initialPerson,
  personTimers,
  personWrites,
  type PersonRecord,
  type PersonState,
} from './person/person';
import { due } from './person/person.decider';
import { projectPerson } from './person/person.projection';
import {
  evolveStructure,
  initialStructure,
  structureUpcasters,
  structureWrites,
  type StructureRecord,
  type StructureState,
} from './structure/structure';
import { projectStructure } from './structure/structure.projection';

/** A structure is a record of its own; nothing in it falls due. */
export const structureSlice: Slice<StructureState, StructureRecord> = {
  kind: 'structure',
  name: 'structure',
  version: 3,
  initial: initialStructure,
  writes: structureWrites,
  upcasters: structureUpcasters,
  evolve: evolveStructure,
  project: projectStructure,
};

/** So is a person. Rights are read against the dates of employments; that one has run out is an event for the sake of what it leaves behind. */
export const personSlice: Slice<PersonState, PersonRecord> = {
  kind: 'person',
  name: 'person',
  version: 1,
  initial: initialPerson,
  writes: personWrites,
  evolve: evolvePerson,
  due: ({ person }, context) => due(person, context),
  timers: ({ person }) => personTimers(person),
  project: projectPerson,
};

/** A convention is a record of its own; what comes to its end is called to mind by itself. */
export const conventionSlice: Slice<ConventionState, ConventionRecord> = {
  kind: 'convention',
  name: 'convention',
  version: 1,
  initial: initialConvention,
  writes: conventionWrites,
  evolve: evolveConvention,
  due: ({ convention }, context) => conventionDue(convention, context),
  timers: conventionTimers,
  project: projectConvention,
};
