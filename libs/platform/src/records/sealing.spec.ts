import { newId } from '../ids';
import { Sealing } from './sealing';

describe('a key that has just been unwrapped', () => {
  const sealing = new Sealing(Buffer.alloc(32, 7));
  const [mine, other, event] = [newId(), newId(), newId()];
  const key = sealing.newKey(mine);
  const box = sealing.seal(key, mine, event, 'shared_text', { summary: 'un mot' });

  afterEach(() => jest.restoreAllMocks());

  it('opens its record again, after it was wiped too', () => {
    const now = performance.now();
    for (const later of [0, 500, 5_000, 5_100]) {
      jest.spyOn(performance, 'now').mockReturnValue(now + later);
      expect(sealing.open(key, mine, event, 'shared_text', box)).toEqual({ summary: 'un mot' });
    }
  });

  it('is no other record’s, and an altered one is not it', () => {
    expect(sealing.open(key, mine, event, 'shared_text', box)).toEqual({ summary: 'un mot' });
    expect(() => sealing.open(key, other, event, 'shared_text', box)).toThrow(/does not open/);
    const altered = Buffer.from(key);
    altered[0]! ^= 1;
    expect(() => sealing.open(altered, mine, event, 'shared_text', box)).toThrow(/does not open/);
  });
});
