import type { Slice } from '@fil-rouge/kernel';
import { caseWrites, initialCase, type CaseRecord, type CaseState } from './case';
import { evolveCase } from './case.fold';
import { projectCase } from './case.projection';
import { fallSilent, silentAt } from './case.silence';

/** The case's share of a resident's record; the lowest slice of it. */
export const caseSlice: Slice<CaseState, CaseRecord> = {
  kind: 'case',
  name: 'case',
  version: 4,
  initial: initialCase,
  writes: caseWrites,
  evolve: evolveCase,
  due: ({ case: state }, context) => (state.status === 'open' ? fallSilent(state.silence, context) : []),
  timers: ({ case: { status, silence } }): Record<string, string> => {
    const at = status === 'open' ? silentAt(silence) : undefined;
    return at === undefined ? {} : { silence: at };
  },
  goesOnIn: ({ case: { mergedInto } }) => mergedInto,
  project: projectCase,
};
