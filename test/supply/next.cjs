/**
 * What the newest versions of everything we build on would break, tried in a copy of the last commit that is removed afterwards:
 *   npm run next                          all at once; if that does not do, each by itself
 *   npm run next -- ioredis typescript    these
 * Asks the registry. Ends with 1 if something does not do; nothing of it is taken over.
 */
const { spawnSync } = require('node:child_process');
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** In this order, up to the first that fails: the cheap ones first, the story last. */
const checks = {
  types: ['run', '-s', 'typecheck'],
  lint: ['run', '-s', 'lint'],
  architecture: ['run', '-s', 'architecture'],
  build: ['run', '-s', 'build'],
  'pure rules': ['test', '--', 'libs'],
  story: ['run', '-s', 'demo', '--', '--exit'],
};
/** Not the newest, but what belongs to the oldest Node we promise. */
const held = new Set(['@types/node']);

const root = join(__dirname, '..', '..');
const copy = mkdtempSync(join(tmpdir(), 'fil-rouge-next-'));
const run = (command, args) =>
  spawnSync(command, args, { cwd: copy, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, PORT: '0' } });

function sure(command, args) {
  const { status, stderr, stdout } = run(command, args);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr || stdout}`);
}

/** What fails with these versions; undefined when nothing does. */
function tried(versions) {
  sure('git', ['reset', '-q', '--hard']);
  const install = run('npm', [
    'install',
    '--save-exact',
    '--no-audit',
    ...versions.map(({ name, to }) => `${name}@${to}`),
  ]);
  if (install.status !== 0) return { check: 'install', output: install.stderr };
  for (const [check, args] of Object.entries(checks)) {
    const { status, stdout, stderr } = run('npm', args);
    if (status !== 0) return { check, output: `${stdout}\n${stderr}` };
  }
  return undefined;
}

/** Of what a check printed, the first lines that say something. */
const shortly = (output) =>
  output
    .split('\n')
    .filter((line) => /error|✕|●|×|ERESOLVE|could not|cannot|not /i.test(line))
    .slice(0, 4)
    .map((line) => `      ${line.trim().slice(0, 160)}`)
    .join('\n');

function say({ name, from, to }, failed) {
  console.log(
    `  ${name.padEnd(40)} ${from.padEnd(10)} → ${to.padEnd(10)} ${failed ? `breaks: ${failed.check}` : 'does'}`,
  );
  if (failed) console.log(shortly(failed.output));
}

function main() {
  const chosen = process.argv.slice(2);
  sure('git', ['clone', '-q', root, copy]);
  sure('npm', ['ci']);
  // It ends with 1 when something is out of date.
  const { stdout } = run('npm', ['outdated', '--json']);
  const newer = Object.entries(JSON.parse(stdout || '{}'))
    .map(([name, { current, latest }]) => ({ name, from: current, to: latest }))
    .filter(({ name, from, to }) => from !== to && !held.has(name) && (chosen.length === 0 || chosen.includes(name)));
  if (newer.length === 0) return console.log('Everything is the newest there is.');
  console.log(`${newer.length} newer:`);
  const already = tried([]);
  if (already) throw new Error(`The last commit does not do as it is: ${already.check}\n${shortly(already.output)}`);
  const together = tried(newer);
  if (!together) return newer.forEach((one) => say(one));
  const broken = newer.filter((one) => {
    const failed = newer.length === 1 ? together : tried([one]);
    say(one, failed);
    return failed;
  });
  if (broken.length === 0)
    console.log(`Each by itself does; together they break: ${together.check}\n${shortly(together.output)}`);
  process.exitCode = 1;
}

try {
  main();
} finally {
  rmSync(copy, { recursive: true, force: true });
}
