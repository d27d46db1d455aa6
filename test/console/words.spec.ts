/** Nothing that the journal or the thread can say is shown to a person by its name in the code. */
import { Slices } from '@fil-rouge/platform';
import { journal, slices } from '../../apps/system';
import { happenings } from '../../apps/console/src/cases/thread/entries';
import { actions } from '../../apps/console/src/journal/actions';

const registered = new Slices();
for (const slice of slices) registered.register(slice);

/** Told in words of what it is about, and never as an act of its own in the journal or the thread. */
const named = new Set(actions.map(({ code }) => code));

test('each event and each word of the journal has a sentence', () => {
  const said = [...registered.eventTypes(), ...journal];
  expect(said.length).toBeGreaterThan(150);
  expect(said.filter((word) => !named.has(word))).toEqual([]);
});

test('and no word is kept that nobody says', () => {
  const said = new Set([...registered.eventTypes(), ...journal]);
  expect([...named].filter((word) => !said.has(word))).toEqual([]);
  expect(Object.keys(happenings).filter((word) => !said.has(word))).toEqual([]);
});
