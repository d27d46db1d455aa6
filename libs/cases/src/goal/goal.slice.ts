import type { Slice } from '@fil-rouge/kernel';
import { evolveGoals, goalWrites, initialGoals, type GoalRecord, type GoalsState } from './goal';
import { projectGoal } from './goal.projection';

/** The goals' share of a resident's record; it stands above the case. They end with nobody's part, and a merge takes them all along. */
export const goalSlice: Slice<GoalsState, GoalRecord> = {
  kind: 'case',
  name: 'goals',
  version: 1,
  initial: initialGoals,
  writes: goalWrites,
  evolve: evolveGoals,
  merging: {
    endings: () => ({ ofLoser: [], ofSurvivor: [] }),
    carried: ({ goals }) => ({ takenOver: { goals: goals.open }, sealed: {} }),
  },
  project: projectGoal,
};
