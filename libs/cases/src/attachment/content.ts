/**
 * What a file is, told by its own bytes: whoever sends it may call it whatever they like. Whole to its end, one thing alone, and a picture without what it
 * says of where and by whom it was taken. Nothing is drawn anew: a scan stays as sharp as it came. Pure.
 */
import { invalid, Problem, type AttachmentMedia } from '@fil-rouge/kernel';
import { isBegun } from './bytes';
import { jpegParts, jpegSign } from './jpeg';
import { pdfParts, pdfSign } from './pdf';
import { pngParts, pngSign } from './png';

export interface Content {
  readonly media: AttachmentMedia;
  /** One after another they are what is kept. */
  readonly parts: readonly Uint8Array[];
}

/** Null: it begins like one and is not whole, or goes on after its end. */
type Reader = (bytes: Uint8Array) => Uint8Array[] | null;

const kinds: readonly (readonly [AttachmentMedia, Uint8Array, Reader])[] = [
  ['pdf', pdfSign, pdfParts],
  ['jpeg', jpegSign, jpegParts],
  ['png', pngSign, pngParts],
];

/** Problems: 415 for anything else than a PDF, a JPEG or a PNG; 422 for one that is damaged. */
export function contentOf(bytes: Uint8Array): Content {
  const kind = kinds.find(([, sign]) => isBegun(bytes, sign));
  if (!kind) throw new Problem('unsupported-type', 'Only PDF, JPEG and PNG files are kept here. Send one of these.');
  const [media, , read] = kind;
  const parts = read(bytes);
  if (parts === null)
    throw invalid(
      '/file',
      'damaged',
      'This file is damaged or holds more than it says: save it anew, then send it again.',
    );
  return { media, parts };
}
