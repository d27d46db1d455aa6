/**
 * The rules against the model, in memory: random commands of random people, the clock moved at random, 300 sequences.
 * `npm run model` runs 10,000 (SEQUENCES=10000). A failure prints a shrunk sequence: keep it in regressions.ts when it is repaired.
 */
import fc from 'fast-check';
import { drawing } from './commands';
import { cast } from './network';
import { drawnOf } from './steps';
import { onOneRecord } from './regressions';
import { tell } from './story';

const sequences = Number(process.env['SEQUENCES'] ?? 300);

// Without bias: a short story has no middle.
const sequence = fc.noBias(fc.array(drawing(cast), { minLength: 1, maxLength: 50, size: 'max' }));

describe('referral and handover against the model', () => {
  it.each(Object.entries(onOneRecord))('%s', (_, steps) => tell(['alpha'], steps.map(drawnOf)));

  it(`hold in ${sequences} sequences`, () => {
    const counts = new Map<string, number>();
    fc.assert(
      fc.property(sequence, (drawn) => tell(['alpha'], drawn, (what) => counts.set(what, (counts.get(what) ?? 0) + 1))),
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
