/** Nothing that the journal or the thread can say is shown to a person by its name in the code. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Slices } from '@fil-rouge/platform';
import { journal, slices } from '../../apps/system';

/** The members of the lists that stand in a file of the console, each on a line: `SessionRecorded: '…'`. */
const namedIn = (file: string): string[] =>
  [...readFileSync(resolve(__dirname, '../../apps/console/src', file), 'utf8').matchAll(/^ {2}'?([\w.-]+)'?: '/gm)].map(
    ([, name]) => name!,
  );

const registered = new Slices();
for (const slice of slices) registered.register(slice);
const said = [...registered.eventTypes(), ...journal];
const named = ['cases/thread/entries.ts', 'journal/actions.ts'].flatMap(namedIn);

test('each event and each word of the journal has a sentence', () => {
  expect(said.length).toBeGreaterThan(150);
  expect(said.filter((word) => !named.includes(word))).toEqual([]);
});

test('and no word is kept that nobody says', () => {
  expect(named.filter((word) => !said.includes(word))).toEqual([]);
});
