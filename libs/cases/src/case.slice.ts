import type { Slice } from '@fil-rouge/kernel';
import { caseWrites, evolveCase, initialCase, type CaseRecord, type CaseState } from './case';
import { projectCase } from './case.projection';

/** The case's share of a resident's record; the lowest slice of it. Nothing here falls due. */
export const caseSlice: Slice<CaseState, CaseRecord> = {
  kind: 'case',
  name: 'case',
  version: 1,
  initial: initialCase,
  writes: caseWrites,
  evolve: evolveCase,
  project: projectCase,
};
