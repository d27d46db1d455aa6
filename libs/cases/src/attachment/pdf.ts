/** A PDF is kept as it is: what it says of itself stands in many places of it, and is its author's. Pure. */
import { ascii, isAt, viewOf } from './bytes';

export const pdfSign = ascii('%PDF-');

/** Its last words stand near its end; nothing but space comes after them. */
const tail = 1024;
const lastWords = /startxref\s+\d+\s+%%EOF[\s\0]*$/;

export const pdfParts = (bytes: Uint8Array): Uint8Array[] | null => {
  const end = String.fromCharCode(...bytes.subarray(-tail));
  return lastWords.test(end) && !isArchive(bytes) ? [bytes] : null;
};

/** A ZIP is read from its end, where it says how much comes after: such a file would be two things at once. */
const endOfArchive = ascii('PK\x05\x06');
const recordLength = 22;
const longestComment = 65_535;

function isArchive(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  const first = Math.max(0, bytes.length - recordLength - longestComment);
  for (
    let at = bytes.indexOf(0x50, first);
    at >= 0 && at + recordLength <= bytes.length;
    at = bytes.indexOf(0x50, at + 1)
  )
    if (isAt(bytes, at, endOfArchive) && at + recordLength + view.getUint16(at + 20, true) === bytes.length)
      return true;
  return false;
}
