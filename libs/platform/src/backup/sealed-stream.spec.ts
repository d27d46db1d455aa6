import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openStream, sealStream } from './sealed-stream';

const key = randomBytes(32);
const frame = 256 * 1024;
const box = frame + 16;
const through = (bytes: Buffer, stream: ReturnType<typeof sealStream>, piece = 50_000) =>
  buffer(
    Readable.from(
      Array.from({ length: Math.ceil(bytes.length / piece) }, (_, n) => bytes.subarray(n * piece, (n + 1) * piece)),
    ).compose(stream),
  );

it.each([0, 1, frame - 1, frame, frame + 1, 3 * frame])('%i bytes come back', async (length) => {
  const plain = randomBytes(length);
  const sealed = await through(plain, sealStream(key));
  expect(sealed.length).toBe(length + 16 * Math.max(1, Math.ceil(length / frame)));
  expect((await through(sealed, openStream(key), 70_001)).equals(plain)).toBe(true);
});

it('what was cut off, left out, exchanged, added or altered does not open', async () => {
  const sealed = await through(randomBytes(3 * frame + 10), sealStream(key));
  const [first, second] = [sealed.subarray(0, box), sealed.subarray(box, 2 * box)];
  const altered = Buffer.from(sealed);
  altered[box + 5]! ^= 1;
  const wrong = {
    'cut at a frame': sealed.subarray(0, 2 * box),
    'cut in a frame': sealed.subarray(0, 2 * box - 9),
    empty: Buffer.alloc(0),
    'one left out': Buffer.concat([first, sealed.subarray(2 * box)]),
    exchanged: Buffer.concat([second, first, sealed.subarray(2 * box)]),
    'something added': Buffer.concat([sealed, randomBytes(40)]),
    altered,
  };
  for (const [what, bytes] of Object.entries(wrong))
    await expect(through(bytes, openStream(key)).then(() => what)).rejects.toThrow();
  await expect(through(sealed, openStream(randomBytes(32)))).rejects.toThrow();
});
