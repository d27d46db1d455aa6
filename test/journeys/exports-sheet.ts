/** What a workbook holds, told without the library that wrote it: the ZIP by its central directory, the sheet by its cells. */
import { inflateRawSync } from 'node:zlib';

export function entriesOf(zip: Buffer): Record<string, string> {
  const end = zip.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let at = zip.readUInt32LE(end + 16);
  const entries: Record<string, string> = {};
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const [method, packed, name, extra, comment, start] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
      zip.readUInt32LE(at + 42),
    ];
    const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    const bytes = zip.subarray(from, from + packed);
    entries[zip.toString('utf8', at + 46, at + 46 + name)] = (method === 8 ? inflateRawSync(bytes) : bytes).toString();
    at += 46 + name + extra + comment;
  }
  return entries;
}

export interface SheetCell {
  readonly type: string;
  readonly text: string;
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&amp;', '&');

/** Rows of cells of the first sheet; type `n` where none is said. */
export function cellsIn(zip: Buffer): SheetCell[][] {
  const sheet = entriesOf(zip)['xl/worksheets/sheet1.xml']!;
  return [...sheet.matchAll(/<row[^>]*>(.*?)<\/row>/gs)].map(([, row]) =>
    [...row!.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, said, inner = '']) => ({
      type: /\bt="(\w+)"/.exec(said!)?.[1] ?? 'n',
      text: unescaped(inner.replace(/<[^>]+>/g, '')),
    })),
  );
}

/** Days since the end of 1899, as sheets count them. */
export const dayOf = (serial: string): string =>
  new Date(Date.UTC(1899, 11, 30) + Number(serial) * 86_400_000).toISOString().slice(0, 10);
