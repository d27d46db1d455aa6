import crypto from 'node:crypto';
import { newId } from '../ids';
import { Sealing } from './sealing';

describe('a key that has just been unwrapped', () => {
  const [mine, other, event] = [newId(), newId(), newId()];
  let sealing: Sealing;
  let key: Buffer;
  let box: Buffer;
  const open = (stream = mine, wrapped = key) => sealing.open(wrapped, stream, event, 'shared_text', box);

  beforeEach(() => {
    jest.useFakeTimers();
    sealing = new Sealing(Buffer.alloc(32, 7));
    key = sealing.newKey(mine);
    box = sealing.seal(key, mine, event, 'shared_text', { summary: 'un mot' });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('opens what else is read with it, and is wiped a second later', () => {
    const unlocked = jest.spyOn(crypto, 'createDecipheriv');
    const timesFor = (work: () => unknown): number => {
      unlocked.mockClear();
      expect(work()).toEqual({ summary: 'un mot' });
      return unlocked.mock.calls.length;
    };
    timesFor(open);
    jest.advanceTimersByTime(2_000);
    const first = timesFor(open);
    expect(timesFor(open)).toBe(first - 1);
    jest.advanceTimersByTime(1_000);
    expect(timesFor(open)).toBe(first);
  });

  it('is no other record’s, and an altered one is not it', () => {
    expect(open()).toEqual({ summary: 'un mot' });
    expect(() => open(other)).toThrow(/does not open/);
    const altered = Buffer.from(key);
    altered[0]! ^= 1;
    expect(() => open(mine, altered)).toThrow(/does not open/);
  });
});
