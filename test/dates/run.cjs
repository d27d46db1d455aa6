/**
 * The demo and the tests with the date of the whole process tree moved, Node and PostgreSQL alike (only Redis keeps the machine's):
 *   npm run dates                                     every date below
 *   npm run dates -- 2028-02-29T09:00Z libs test/races    one, or several; what is no date is jest's, and with a path there is no demo
 * Needs `faketime` (Debian: apt-get install faketime), and the machine otherwise to itself, as `npm test` does.
 */
const { spawnSync } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Where somebody may live who runs the tests matters as little as when. */
const dates = {
  '2027-03-28T00:57:00Z': 'Europe/Paris', // Easter Sunday; three minutes later the clocks of Paris go forward
  '2026-10-25T00:57:00Z': 'America/Los_Angeles', // the clocks go back; and before the day on which the movable clock begins
  '2028-02-29T09:00:00Z': 'Pacific/Auckland',
  '2026-12-31T22:56:00Z': 'UTC', // four minutes later it is another year in Paris, one hour after that here
  '2027-05-01T08:00:00Z': 'Asia/Kolkata', // a holiday on a Saturday
  '2029-11-28T21:30:00Z': 'America/St_Johns', // three years ahead
};

const root = join(__dirname, '..', '..');
const isDate = (argument) => /^\d{4}-\d{2}-\d{2}T/.test(argument);
const [chosen, forJest] = [
  process.argv.slice(2).filter(isDate),
  process.argv.slice(2).filter((argument) => !isDate(argument)),
];

const { stdout: library, status } = spawnSync('faketime', ['now', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' });
if (status !== 0) throw new Error('Moving the date needs faketime on the PATH (Debian: apt-get install faketime).');

const failed = (chosen.length > 0 ? chosen : Object.keys(dates)).filter(
  (date) => !passes(date, dates[date] ?? 'Europe/Paris'),
);
if (failed.length > 0) {
  console.error(`\nNot so on: ${failed.join(', ')}`);
  process.exit(1);
}

function passes(date, timezone) {
  console.log(`\n== ${date}, where it is ${timezone}`);
  const seconds = Math.round((Date.parse(date) - Date.now()) / 1000);
  const env = {
    ...process.env,
    DATABASE_URL: undefined,
    TZ: timezone,
    LD_PRELOAD: library.trim(),
    FAKETIME: `${seconds < 0 ? '' : '+'}${seconds}`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
    NODE_OPTIONS: `--require ${join(__dirname, 'inherit.cjs')}`,
    PATH: `${__dirname}:${process.env.PATH}`,
  };
  const run = (more, ...command) =>
    spawnSync('npm', ['run', '--silent', ...command], { cwd: root, env: { ...env, ...more }, stdio: 'inherit' })
      .status === 0;
  const folder = mkdtempSync(join(tmpdir(), 'fil-rouge-dates-'));
  const told =
    forJest.some((argument) => !argument.startsWith('--')) ||
    run({ DATA_DIR: folder, PORT: '0' }, 'demo', '--', '--exit');
  rmSync(folder, { recursive: true });
  return run({}, 'test', '--', ...forJest) && told;
}
