/**
 * The rules against the model, in memory: random commands of random people, the clock moved at random, 300 sequences.
 * `npm run model` runs 10,000 (SEQUENCES=10000). A failure prints a shrunk sequence: keep it in `regressions` when it is repaired.
 */
import fc from 'fast-check';
import { drawing, type Command } from './commands';
import { cast } from './network';
import { tell } from './story';

const sequences = Number(process.env['SEQUENCES'] ?? 300);

// Without bias: a short story has no middle.
const sequence = fc.noBias(fc.array(drawing(cast), { minLength: 1, maxLength: 50, size: 'max' }));

const acting = { do: 'referral', n: 0, match: 'none', outcome: 'helped', remaining: false, days: 5, comment: true, contact: null, informed: true } as const;

/** What once went wrong, shrunk; and what chance alone finds too seldom. */
const regressions: Record<string, Command[]> = {
  'a late answer is told that it has expired, not that it was sent': [
    { do: 'create', by: 'alpha.counsellor', to: 'delta', needs: 'online', informed: 'yes', onward: false, parent: null, send: true },
    { do: 'wait', days: 31, hours: 0, late: true },
    { ...acting, action: 'accept', by: 'delta.counsellor' },
  ],
  'on hold freezes the days left until the first session is asked for': [
    { do: 'create', by: 'alpha.counsellor', to: 'delta', needs: 'online', informed: 'yes', onward: false, parent: null, send: true },
    { ...acting, action: 'accept', by: 'delta.counsellor' },
    { do: 'wait', days: 9, hours: 0, late: false },
    { ...acting, action: 'hold', by: 'delta.counsellor' },
    { do: 'wait', days: 31, hours: 0, late: false },
    { ...acting, action: 'resume', by: 'delta.counsellor' },
    { do: 'wait', days: 9, hours: 0, late: false },
    { do: 'wait', days: 9, hours: 0, late: false },
  ],
  'what is voided as it expires is not voided again': [
    { do: 'create', by: 'alpha.counsellor', to: 'delta', needs: 'online', informed: 'yes', onward: false, parent: null, send: true },
    { do: 'wait', days: 31, hours: 0, late: true },
    { ...acting, action: 'void', by: 'coordinator' },
    { ...acting, action: 'void', by: 'coordinator' },
  ],
  'what an old lead sent and was held is released though it leads no more': [
    { do: 'create', by: 'alpha.counsellor', to: 'nova', needs: 'online', informed: 'yes', onward: false, parent: null, send: true },
    { do: 'create', by: 'alpha.counsellor', to: 'beta', needs: 'office', informed: 'yes', onward: false, parent: null, send: true },
    { do: 'open-handover', by: 'alpha.counsellor', kind: 'push', to: 'beta', counsellor: null, said: true, days: null },
    { do: 'handover', by: 'beta.counsellor', n: 0, match: 'none', action: 'accept', days: null, counsellor: null },
    { do: 'create', by: 'beta.counsellor', to: 'alpha', needs: 'online', informed: 'yes', onward: false, parent: null, send: true },
    { ...acting, action: 'accept', by: 'alpha.counsellor', n: 2 },
    { do: 'decide', structure: 'nova', status: 'active' },
  ],
};

describe('referral and handover against the model', () => {
  it.each(Object.entries(regressions))('%s', (_, commands) => tell(['alpha'], commands.map((command) => ({ on: 0, command, steer: null }))));

  it(`hold in ${sequences} sequences`, () => {
    const counts = new Map<string, number>();
    fc.assert(fc.property(sequence, (drawn) => tell(['alpha'], drawn, (what) => counts.set(what, (counts.get(what) ?? 0) + 1))), {
      numRuns: sequences, seed: process.env['SEED'] ? Number(process.env['SEED']) : undefined, path: process.env['SEED_PATH'], endOnFailure: process.env['NO_SHRINK'] !== undefined,
    });
    if (process.env['SHOW']) console.log([...counts].sort().map(([what, count]) => `${count} ${what}`).join('\n'));
  }, 3_600_000);
});
