import { Readable } from 'node:stream';
import type { ExportColumn, ExportFormat } from '@fil-rouge/kernel';
import { writeXlsxStream } from 'hucre/xlsx';
import { cellsOf, headOf, type Cell, type Line } from './export';
import { byteOrderMark, lineOf } from './export.csv';

/** The bytes of the file, as its lines come: never all of them at once. */
export const bytesOfSheet = (
  format: ExportFormat,
  columns: readonly ExportColumn[],
  pages: AsyncIterable<readonly Line[]>,
): AsyncIterable<Uint8Array> => (format === 'csv' ? csv(columns, pages) : xlsx(columns, pages));

async function* csv(
  columns: readonly ExportColumn[],
  pages: AsyncIterable<readonly Line[]>,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(byteOrderMark + lineOf(headOf(columns)));
  for await (const page of pages) yield Buffer.from(page.map((line) => lineOf(cellsOf(columns, line))).join(''));
}

/** A text is a cell of type text there: no spreadsheet takes it for a formula. */
function xlsx(columns: readonly ExportColumn[], pages: AsyncIterable<readonly Line[]>): AsyncIterable<Uint8Array> {
  async function* rows(): AsyncGenerator<(string | number | Date)[]> {
    for await (const page of pages) for (const line of page) yield cellsOf(columns, line).map(valueOf);
  }
  const file = writeXlsxStream(rows(), {
    name: 'Activités',
    columns: headOf(columns).map((header, at) => ({
      header,
      ...(columns[at] === 'date' ? { numFmt: 'dd/mm/yyyy' } : {}),
    })),
    freezePane: { rows: 1 },
  });
  return Readable.fromWeb(file as Parameters<typeof Readable.fromWeb>[0]);
}

const valueOf = (cell: Cell): string | number | Date =>
  typeof cell === 'object' ? new Date(`${cell.day}T00:00:00Z`) : cell;
