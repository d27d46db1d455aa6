import { addCalendarDays, endOfDay, type Decided, type OutsideStatus } from '@fil-rouge/kernel';
import {
  evolveOutside,
  initialOutside,
  isOutsideEvent,
  mostOpenOutside,
  outsideDays,
  type OutsideRecord,
} from './outside';
import { lapse } from './outside.decider';
import { projectOutside } from './outside.projection';

const at = '2026-06-01T09:00:00.000Z';
const event = (type: string, outsideId: string, more: object = {}) =>
  ({
    id: `e-${type}`,
    type,
    stream: 'c',
    seq: 4,
    at,
    actor: 'u',
    structure: 's',
    data: { outsideId, ...more },
    pieces: [],
  }) as never;
const made = (id: string) => event('OutsideReferralMade', id, { means: 'printed' });
const record = (open: string[]): OutsideRecord =>
  ({ case: {}, outside: open.map(made).reduce((state, one) => evolveOutside(state, one), initialOutside) }) as never;

describe('what was sent outside', () => {
  it('is waited for to the end of the sixtieth day, and no longer', () => {
    const until = endOfDay(addCalendarDays('2026-06-01', outsideDays));
    const one = record(['a']);
    expect(one.outside.open).toEqual([{ id: 'a', until }]);
    const due = (now: string): Decided[] => lapse(one, { now } as never);
    expect(due(new Date(Date.parse(until) - 1).toISOString())).toEqual([]);
    expect(due(until)).toEqual([{ type: 'OutsideReferralLapsed', about: 'a', data: { outsideId: 'a', nth: 2 } }]);
  });

  it.each(['OutsideReferralReported', 'OutsideReferralLapsed', 'OutsideReferralCancelled'])(
    'is waited for no more after %s',
    (type) => {
      const { open } = evolveOutside(record(['a', 'b']).outside, event(type, 'a'));
      expect(open.map(({ id }) => id)).toEqual(['b']);
      expect(isOutsideEvent({ type, data: {} } as Decided)).toBe(true);
    },
  );

  it.each<[string, OutsideStatus, object]>([
    ['OutsideReferralReported', 'reported', { nth: 3, outcome: 'helped', on: '2026-06-02' }],
    ['OutsideReferralLapsed', 'unknown', { nth: 3 }],
    ['OutsideReferralCancelled', 'entered_in_error', { nth: 3, reason: 'duplicate' }],
  ])('after %s it is %s', (type, status, data) => {
    const [change] = projectOutside(record([]), record([]), event(type, 'a', data));
    expect(change).toMatchObject({ call: 'put_outside_change', rows: [{ id: 'a', status, version: 3 }] });
  });

  it('goes along with a merge, and is gone with an erasure', () => {
    const carried = { takenOver: { outside: record(['a']).outside.open } };
    const merged = evolveOutside(record(['b']).outside, { type: 'RecordsMerged', data: carried } as never);
    expect(merged.open.map(({ id }) => id)).toEqual(['b', 'a']);
    for (const type of ['MergedInto', 'CaseErased'])
      expect(evolveOutside(merged, { type, data: {} } as never)).toEqual(initialOutside);
    expect(mostOpenOutside).toBe(20);
  });
});
