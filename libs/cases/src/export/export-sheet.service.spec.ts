import { exportColumnValues, exportFormatValues } from '@fil-rouge/kernel';
import type { Line } from './export';
import { lineOf } from './export.csv';
import { bytesOfSheet } from './export-sheet.service';

const line: Line = {
  ...{ kind: 'session', id: '01999999-0000-7000-8000-000000000001', case: '01999999-0000-7000-8000-000000000002' },
  ...{ date: '2026-01-20', minutes: 60, themes: ['email', 'sante'], place: 'domicile', equipment: ['ordinateur'] },
  ...{ firstName: 'Zoé', lastName: 'Essai', tags: [], referred: false, corrected: false, status: 'recorded' },
};

it.each(exportFormatValues)(
  '%s: a page is read when what came of the one before has been taken, and never ahead',
  async (format) => {
    let read = 0;
    // Without an end: whoever wanted all of it first would never answer.
    async function* endless(): AsyncGenerator<Line[]> {
      for (;;) {
        read += 500;
        yield await Promise.resolve(Array.from({ length: 500 }, () => line));
      }
    }
    let bytes = 0;
    for await (const chunk of bytesOfSheet(format, exportColumnValues, endless()))
      if ((bytes += chunk.length) > 200_000) break;
    expect(read).toBeLessThan(60_000);
  },
);

it.each([
  ['=1+1', `"'=1+1"`],
  ['+33', `"'+33"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['\r=1', `"'\r=1"`],
  ['  =1', `"'  =1"`],
  ['＝1', `"'＝1"`],
  ['O’Brien; "dit" le Grand', '"O’Brien; ""dit"" le Grand"'],
  ['Anne-Marie', '"Anne-Marie"'],
])('a cell of %j is a text', (text, cell) => {
  expect(lineOf([text, 60, { day: '2026-01-20' }])).toBe(`${cell};60;"2026-01-20"\r\n`);
});
