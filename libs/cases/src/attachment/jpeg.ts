/** A JPEG without what it says beside the picture: Exif with its place and owner, XMP, IPTC, comments, thumbnails, pictures behind the picture. Pure. */
import { ascii, isAt, viewOf } from './bytes';

export const jpegSign = Uint8Array.of(0xff, 0xd8, 0xff);

const marker = 0xff;
const begin = 0xd8;
const end = 0xd9;
const scan = 0xda;
/** Frames, but for the three numbers among them that say something else. */
const isFrame = (code: number): boolean => code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code);
/** Tables, restarts and lines: what the picture is drawn with. */
const isDrawing = (code: number): boolean => code === 0xc4 || code === 0xcc || (code >= 0xdb && code <= 0xdf);
const isSaid = (code: number): boolean => (code >= 0xe0 && code <= 0xef) || code === 0xfe;
const isRestart = (code: number): boolean => code >= 0xd0 && code <= 0xd7;

export function jpegParts(bytes: Uint8Array): Uint8Array[] | null {
  const view = viewOf(bytes);
  const parts: Uint8Array[] = [Uint8Array.of(marker, begin)];
  let framed = false;
  let drawn = false;
  for (let at = 2; at + 2 <= bytes.length;) {
    if (bytes[at] !== marker) return null;
    const code = bytes[at + 1]!;
    if (code === marker) {
      at += 1;
      continue;
    }
    if (code === end) return drawn ? [...parts, Uint8Array.of(marker, end)] : null;
    const next = at + 4 <= bytes.length ? at + 2 + view.getUint16(at + 2) : Infinity;
    if (next < at + 4 || next > bytes.length) return null;
    const segment = bytes.subarray(at, next);
    at = next;
    if (isSaid(code)) {
      parts.push(...keptOf(code, segment));
    } else if (isFrame(code) || isDrawing(code)) {
      framed ||= isFrame(code);
      parts.push(segment);
    } else if (code === scan && framed) {
      drawn = true;
      at = endOfScan(bytes, next);
      parts.push(segment, bytes.subarray(next, at));
    } else {
      return null;
    }
  }
  return null;
}

/** Within the drawn lines a marker is followed by nought, or numbers their restarts. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(marker, from);
  while (at >= 0 && (bytes[at + 1] === 0 || isRestart(bytes[at + 1] ?? end))) at = bytes.indexOf(marker, at + 2);
  return at < 0 ? bytes.length : at;
}

const jfif = ascii('JFIF\0');
const colours = ascii('ICC_PROFILE\0');
const adobe = ascii('Adobe');
const exif = ascii('Exif\0\0');
const bodyAt = 4;

/** Of what is said beside the picture, what it is drawn wrongly without: its density, its colours, and which way up it is. */
function keptOf(code: number, segment: Uint8Array): Uint8Array[] {
  const says = (name: Uint8Array): boolean => isAt(segment, bodyAt, name);
  if (code === 0xe0 && says(jfif) && segment.length >= 18)
    return [Uint8Array.of(marker, code, 0, 16, ...segment.subarray(bodyAt, 16), 0, 0)];
  if (code === 0xe2 && says(colours)) return [segment];
  if (code === 0xee && says(adobe) && segment.length >= 16)
    return [Uint8Array.of(marker, code, 0, 14, ...segment.subarray(bodyAt, 16))];
  const way = code === 0xe1 && says(exif) ? orientationOf(segment.subarray(bodyAt + exif.length)) : 1;
  return way === 1 ? [] : [Uint8Array.of(marker, code, 0, 34, ...exif, ...tiffSaying(way))];
}

const orientation = 0x0112;

/** 1 to 8, as a camera held it; 1 also where nothing readable says so. */
function orientationOf(tiff: Uint8Array): number {
  const view = viewOf(tiff);
  if (tiff.length < 14) return 1;
  const little = tiff[0] === 0x49;
  const entries = view.getUint32(4, little);
  if (entries + 2 > tiff.length) return 1;
  const count = view.getUint16(entries, little);
  for (let entry = entries + 2, n = 0; n < count && entry + 12 <= tiff.length; entry += 12, n++) {
    if (view.getUint16(entry, little) !== orientation) continue;
    const way = view.getUint16(entry + 8, little);
    return way >= 1 && way <= 8 ? way : 1;
  }
  return 1;
}

/** A directory of that one entry: big-endian, a short, once. */
const tiffSaying = (way: number): number[] => [
  ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
  ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, way, 0, 0],
  ...[0, 0, 0, 0],
];
