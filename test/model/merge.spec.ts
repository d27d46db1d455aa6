/**
 * Records of one resident that become one, against the model: who opened the other records is drawn too; what may be done to one record is
 * done to each of them, before and after. A third of the sequences of `npm run model`, which tells of one record.
 */
import fc from 'fast-check';
import { drawing } from './commands';
import { cast } from './network';
import { drawnOf } from './steps';
import { onThreeRecords } from './merge.regressions';
import { tell } from './story';

const sequences = Math.ceil(Number(process.env['SEQUENCES'] ?? 300) / 3);

/** Who opened each of the records, and what is done to them. */
const storyOf = (...leads: readonly string[][]) =>
  fc.tuple(
    fc.constantFrom(...leads),
    fc.noBias(
      fc.array(drawing({ ...cast, records: leads[0]!.length, without: ['cancel-session'] }), {
        minLength: 1,
        maxLength: 60,
        size: 'max',
      }),
    ),
  );
const story = fc.oneof(
  { weight: 3, arbitrary: storyOf(['alpha', 'beta'], ['beta', 'alpha'], ['alpha', 'alpha'], ['alpha', 'nova']) },
  { weight: 1, arbitrary: storyOf(['alpha', 'beta', 'gamma'], ['alpha', 'beta', 'alpha'], ['beta', 'alpha', 'nova']) },
);

describe('records that are merged, against the model', () => {
  it.each(Object.entries(onThreeRecords))('%s', (_, steps) => tell(['alpha', 'beta', 'nova'], steps.map(drawnOf)));

  it(`hold in ${sequences} sequences`, () => {
    const counts = new Map<string, number>();
    fc.assert(
      fc.property(story, ([leads, drawn]) =>
        tell(leads, drawn, (what) => counts.set(what, (counts.get(what) ?? 0) + 1)),
      ),
      {
        numRuns: sequences,
        seed: process.env['SEED'] ? Number(process.env['SEED']) : undefined,
        path: process.env['SEED_PATH'],
        endOnFailure: process.env['NO_SHRINK'] !== undefined,
      },
    );
    if (process.env['SHOW'])
      console.log(
        [...counts]
          .sort()
          .map(([what, count]) => `${count} ${what}`)
          .join('\n'),
      );
  }, 3_600_000);
});
