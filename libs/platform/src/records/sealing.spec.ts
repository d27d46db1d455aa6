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

describe('a new root', () => {
  const [stream, event] = [newId(), newId()];
  const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const generations = [
    { number: 0, root: first, opensTokens: true },
    { number: 1, root: second, opensTokens: true },
  ];
  const ahead = new Sealing(first);
  let behind: Sealing;
  let asked: number;
  beforeAll(() => ahead.learn(generations, 1));
  beforeEach(() => {
    behind = new Sealing(first);
    asked = 0;
    behind.onUnlearned = () => asked++;
  });

  it('wraps what is new, and what was there before when it is wrapped again', () => {
    const old = behind.newKey(stream);
    const box = behind.seal(old, stream, event, 'shared_text', { summary: 'un mot' });
    expect(ahead.open(old, stream, event, 'shared_text', box)).toEqual({ summary: 'un mot' });
    const again = ahead.rewrap(old, stream)!;
    expect(ahead.open(again, stream, event, 'shared_text', box)).toEqual({ summary: 'un mot' });
    expect(ahead.rewrap(old, newId())).toBeNull();
    const kept = behind.sealKept('second-factor', { secret: 's' });
    expect(ahead.openKept('second-factor', ahead.rewrapKept('second-factor', kept)!)).toEqual({ secret: 's' });
    expect(ahead.openKept('device', kept)).toBeNull();
    expect(ahead.rewrapKept('device', kept)).toBeNull();
    // Whoever has the first root alone, opens none of it.
    const thief = new Sealing(first);
    expect(thief.opens(again, stream)).toBe(false);
    expect(thief.openToken('device', ahead.sealToken('device', { id: 1 }))).toBeNull();
  });

  it('that a process has not learned yet is waited for, and is no damage', () => {
    const key = ahead.newKey(stream);
    const box = ahead.seal(key, stream, event, 'shared_text', { summary: 'un mot' });
    const open = () => behind.open(key, stream, event, 'shared_text', box);
    expect(open).toThrow(expect.objectContaining({ code: 'unavailable' }) as Error);
    expect(() => behind.openKept('second-factor', ahead.sealKept('second-factor', {}))).toThrow(/try again/);
    expect([asked, behind.isAsking]).toEqual([2, true]);
    behind.learn(generations, 0);
    expect(open()).toEqual({ summary: 'un mot' });
    expect(behind.isAsking).toBe(false);
  });

  it('that there is none of is damage, once it has been asked for', () => {
    const key = ahead.newKey(stream);
    for (const damaged of [key.subarray(0, 61), Buffer.concat([key, key]), Buffer.alloc(0)])
      expect(() => ahead.open(damaged, stream, event, 'shared_text', Buffer.alloc(60))).toThrow(/does not open/);
    key.writeUInt16BE(77);
    expect(() => ahead.open(key, stream, event, 'shared_text', Buffer.alloc(60))).toThrow(/does not open/);
    key.writeUInt16BE(2);
    const open = () => ahead.open(key, stream, event, 'shared_text', Buffer.alloc(60));
    expect(open).toThrow(expect.objectContaining({ code: 'unavailable' }) as Error);
    ahead.learn(generations, 1);
    expect(open).toThrow(expect.objectContaining({ code: 'unreadable' }) as Error);
  });

  it('does not change what is compared or verified later: search words, signatures', () => {
    for (const purpose of ['search', 'claim'] as const)
      expect(ahead.token(purpose, 'mot')).toBe(behind.token(purpose, 'mot'));
    expect(behind.signed('un texte', ahead.sign('un texte'))).toBe(true);
  });

  it('leaves what went out with an earlier one behind, when it is told to', () => {
    const link = behind.sealToken('invitation', { id: 1 });
    expect(ahead.openToken('invitation', link)).toEqual({ id: 1 });
    const later = new Sealing(first);
    later.learn([{ ...generations[0]!, opensTokens: false }, generations[1]!], 1);
    expect(later.openToken('invitation', link)).toBeNull();
    expect(later.openKept('invitation', behind.sealKept('invitation', { id: 1 }))).toEqual({ id: 1 });
  });
});
