import type { Slice } from '@fil-rouge/kernel';
import {
  evolveHandover,
  handoverTimers,
  handoverWrites,
  initialHandover,
  type HandoverRecord,
  type HandoverState,
} from './handover';
import { due, handoverMerging, opposes, react, relies } from './handover.consequences.decider';
import { projectHandover } from './handover.projection';

/** The handover's share of a resident's record; it stands above the case. */
export const handoverSlice: Slice<HandoverState, HandoverRecord> = {
  kind: 'case',
  name: 'handover',
  version: 1,
  initial: initialHandover,
  writes: handoverWrites,
  evolve: evolveHandover,
  relies,
  due,
  timers: ({ handover }) => handoverTimers(handover),
  opposes,
  merging: handoverMerging,
  react,
  project: projectHandover,
};
