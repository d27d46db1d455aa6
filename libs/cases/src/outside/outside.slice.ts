import type { Slice } from '@fil-rouge/kernel';
import { lapse } from './outside.decider';
import { evolveOutside, initialOutside, outsideWrites, type OutsideRecord, type OutsideState } from './outside';
import { projectOutside } from './outside.projection';

/** What was sent outside the network, as a share of a resident's record; it stands above the case. It ends with nobody's part, and a merge takes it along. */
export const outsideSlice: Slice<OutsideState, OutsideRecord> = {
  kind: 'case',
  name: 'outside',
  version: 1,
  initial: initialOutside,
  writes: outsideWrites,
  evolve: evolveOutside,
  due: lapse,
  timers: ({ outside }) => Object.fromEntries(outside.open.map(({ id, until }) => [`outside ${id}`, until])),
  merging: {
    endings: () => ({ ofLoser: [], ofSurvivor: [] }),
    carried: ({ outside }) => ({ takenOver: { outside: outside.open }, sealed: {} }),
  },
  project: projectOutside,
};
