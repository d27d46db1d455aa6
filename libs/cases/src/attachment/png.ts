/** A PNG without its texts, its time and its Exif, in the chunks that it came in. Pure. */
import { viewOf } from './bytes';

export const pngSign = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** What is needed to draw it, animated ones too. Whatever else there is, known or not, stays out. */
const drawn = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT'.split(' '),
);

/** Length and type before its data, a checksum after it. */
const around = 12;

export function pngParts(bytes: Uint8Array): Uint8Array[] | null {
  const view = viewOf(bytes);
  const parts = [bytes.subarray(0, pngSign.length)];
  let isDrawn = false;
  for (let at = pngSign.length; at + around <= bytes.length;) {
    const end = at + around + view.getUint32(at);
    if (end > bytes.length) return null;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crcOf(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) return null;
    if ((parts.length === 1) !== (type === 'IHDR')) return null;
    if (drawn.has(type)) parts.push(bytes.subarray(at, end));
    isDrawn ||= type === 'IDAT';
    // What comes after its end is no part of it.
    if (type === 'IEND') return isDrawn ? parts : null;
    at = end;
  }
  return null;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

/** CRC-32, as the format wants it. */
export function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
