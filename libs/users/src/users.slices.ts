import type { Slice } from '@fil-rouge/kernel';
import { evolvePerson, initialPerson, personWrites, type PersonRecord, type PersonState } from './person';
import { projectPerson } from './person.projection';
import { evolveStructure, initialStructure, structureWrites, type StructureRecord, type StructureState } from './structure';
import { projectStructure } from './structure.projection';

/** A structure is a record of its own; nothing in it falls due. */
export const structureSlice: Slice<StructureState, StructureRecord> = {
  kind: 'structure',
  name: 'structure',
  version: 1,
  initial: initialStructure,
  writes: structureWrites,
  evolve: evolveStructure,
  project: projectStructure,
};

/** So is a person. The day an employment begins or ends needs no event: rights are read against the date. */
export const personSlice: Slice<PersonState, PersonRecord> = {
  kind: 'person',
  name: 'person',
  version: 1,
  initial: initialPerson,
  writes: personWrites,
  evolve: evolvePerson,
  project: projectPerson,
};
