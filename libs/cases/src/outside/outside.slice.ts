import type { Slice } from '@fil-rouge/kernel';
import { endLinks, expiredLinks } from './answer-link.decider';
import { lapse } from './outside.decider';
import { evolveOutside, initialOutside, outsideWrites, type OutsideRecord, type OutsideState } from './outside';
import { projectOutside } from './outside.projection';

/** What was sent outside the network, as a share of a resident's record; it stands above the case. It ends with nobody's part, and a merge takes it along. */
export const outsideSlice: Slice<OutsideState, OutsideRecord> = {
  kind: 'case',
  name: 'outside',
  version: 2,
  initial: initialOutside,
  writes: outsideWrites,
  evolve: evolveOutside,
  due: (whole, context) => [...expiredLinks(whole, context), ...lapse(whole, context)],
  timers: ({ outside }) =>
    Object.fromEntries([
      ...outside.open.map(({ id, until }) => [`outside ${id}`, until] as const),
      ...outside.links.map(({ id, until }) => [`answer link ${id}`, until] as const),
    ]),
  react: endLinks,
  merging: {
    endings: () => ({ ofLoser: [], ofSurvivor: [] }),
    carried: ({ outside }) => ({ takenOver: { outside: outside.open, answerLinks: outside.links }, sealed: {} }),
  },
  project: projectOutside,
};
