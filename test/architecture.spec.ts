import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { libraries } from '../apps/system';
import order from '../libs/order.json';
import { forbidden, permitted, untidy } from './fixtures/architecture/house';
import type { Fixture } from './fixtures/architecture/house';

const root = resolve(__dirname, '..');

describe('the imports', () => {
  let violations: Violation[];
  let house: string;

  // One house for all fixtures: a rule that bites too much shows as well.
  beforeAll(async () => {
    house = await build([...permitted, ...forbidden]);
    violations = await cruise(house);
  });
  afterAll(() => rm(house, { recursive: true, force: true }));

  test.each(forbidden)('$rule forbids $file', ({ rule, file, to }) => {
    expect(violations).toContainEqual({ rule, from: file, to: expect.stringMatching(to) });
  });

  test('every rule has a fixture that shows it bites', () => {
    expect(rulesOfTheProject()).toEqual([...new Set(forbidden.map(({ rule }) => rule))].sort());
  });

  test.each(permitted)('nothing forbids $file', ({ file }) => {
    expect(violations.filter(({ from }) => from === file)).toEqual([]);
  });

  test('the project itself breaks no rule', async () => {
    expect(await cruise(root)).toEqual([]);
  });
});

describe('the files', () => {
  test('none has more than 300 lines, specs included: a longer one is split by what it tells (`.d.ts` are generated)', () => {
    const files = ['apps', 'libs', 'test'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    );
    expect(files.length).toBeGreaterThan(500);
    const long = files.filter(
      (file) =>
        /\.tsx?$/.test(file) &&
        !file.endsWith('.d.ts') &&
        readFileSync(join(root, file), 'utf8').split('\n').length > 301,
    );
    expect(long).toEqual([]);
  });
});

describe('the libraries', () => {
  test('are put together in the order in which they may know each other', () => {
    expect(['kernel', ...libraries.map(({ name }) => name)]).toEqual(order);
    expect(
      readdirSync(join(root, 'libs'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...order].sort());
  });
});

describe('the linter', () => {
  test.each(untidy)('refuses what must not stand in $file', async ({ file, lines }) => {
    const text = lines.map(([code]) => `${code}\n`).join('');
    const { output } = await run(
      root,
      'eslint/bin/eslint.js',
      ['--stdin', '--stdin-filename', file, '--format', 'json'],
      text,
    );
    const [result] = JSON.parse(output) as { messages: { ruleId: string | null; line: number }[] }[];
    expect(result?.messages.map(({ ruleId, line }) => [lines[line - 1]?.[0], ruleId])).toEqual(lines);
  });
});

interface Violation {
  rule: string;
  from: string;
  to: string;
}

/** The names of the rules in .dependency-cruiser.cjs, in order of the alphabet. */
function rulesOfTheProject(): string[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- jest runs CommonJS, and so is this configuration
  const { forbidden: rules } = require('../.dependency-cruiser.cjs') as { forbidden: { name: string }[] };
  return rules.map(({ name }) => name).sort();
}

/** Writes the fixtures, with the project's own configuration and packages beside them, into a folder of their own. */
async function build(fixtures: Fixture[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fil-rouge-house-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await mkdir(join(folder, 'libs'));
  for (const file of [
    '.dependency-cruiser.cjs',
    'tsconfig.json',
    'package.json',
    'libs/order.json',
    'libs/machine.json',
  ])
    await copyFile(join(root, file), join(folder, file));
  for (const { file, code } of fixtures) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), code);
  }
  return folder;
}

/** What `npm run architecture` finds in a folder. */
async function cruise(folder: string): Promise<Violation[]> {
  const options = ['apps', 'libs', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { output, complaint } = await run(folder, 'dependency-cruiser/bin/dependency-cruise.mjs', options);
  if (!output) throw new Error(complaint);
  const { summary } = JSON.parse(output) as {
    summary: { violations: { rule: { name: string }; from: string; to: string }[] };
  };
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

function run(
  cwd: string,
  program: string,
  options: string[],
  input = '',
): Promise<{ output: string; complaint: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', program), ...options], { cwd });
    let output = '';
    let complaint = '';
    child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (complaint += piece.toString()));
    child.on('error', fail).on('close', () => done({ output, complaint }));
    child.stdin.end(input);
  });
}
