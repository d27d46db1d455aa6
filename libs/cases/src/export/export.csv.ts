/** A CSV as the spreadsheets of France open it: semicolons, UTF-8 that says so, lines that end with CR LF. Pure. */
import type { Cell } from './export';

/** Says that what follows is UTF-8: without it Excel reads « Ã© ». */
export const byteOrderMark = '\uFEFF';

/**
 * A spreadsheet takes a text for a formula by how it begins, and a formula may send what stands beside it elsewhere: such a text begins with an apostrophe. White space before the sign
 * does not help against it, nor a sign of the full width that some take for the same.
 */
const likeFormula = /^(?:[\s\0]*[=+\-@＝＋－＠]|[\t\r\n])/u;

const cellOf = (cell: Cell): string => {
  if (typeof cell === 'number') return String(cell);
  const text = typeof cell === 'string' ? cell : cell.day;
  return `"${(likeFormula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
};

export const lineOf = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(';')}\r\n`;
