import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettingsError } from '@fil-rouge/platform';
import { holderOf, holdFolder } from '../../libs/platform/src/embedded-postgres/folder';

let outer: string;
let dataDir: string;
beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'fil-rouge-folder-'));
  dataDir = join(outer, 'a', 'b');
});
afterEach(() => {
  chmodSync(outer, 0o700);
  rmSync(outer, { recursive: true, force: true });
});

const claims = () =>
  readdirSync(dataDir)
    .filter((name) => name.startsWith('holder.'))
    .sort();
const refusal = (path: string): string => {
  try {
    holdFolder(path, { what: 'npm start' }).release();
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'none';
};

it('makes the folder, closed to others, and says who holds it: also by another path', () => {
  const held = holdFolder(dataDir, { what: 'npm start', serves: true });
  held.announce('http://127.0.0.1:4000');
  symlinkSync(dataDir, join(outer, 'link'));
  for (const path of [dataDir, join(outer, 'link')]) {
    expect(refusal(path)).toMatch(
      new RegExp(
        `^DATA_DIR \\S+/a/b is held by \`npm start\` \\(process ${process.pid}\\), since \\d{4}-.*, at http://127.0.0.1:4000\\. Stop it first, or set another DATA_DIR\\.$`,
      ),
    );
  }
  expect(holderOf(dataDir)).toMatchObject({
    pid: process.pid,
    what: 'npm start',
    serves: true,
    address: 'http://127.0.0.1:4000',
  });
  held.release();
  expect(holderOf(dataDir)).toBeUndefined();
  expect(refusal(dataDir)).toBe('none');
});

it('is free again when its holder was killed, even if the number belongs to another process by now', async () => {
  const script = `require('node:fs').writeFileSync(process.argv[1], String(process.pid)); setInterval(() => undefined, 1000)`;
  const child = spawn(process.execPath, ['-e', script, join(outer, 'up')], { stdio: 'ignore' });
  while (!existsSync(join(outer, 'up'))) await new Promise((resolve) => setTimeout(resolve, 20));
  try {
    holdFolder(dataDir, { what: 'npm start' });
    const mine = readFileSync(join(dataDir, claims()[0]!), 'utf8');
    // Whoever wrote this began at another time than the process that has the number today.
    writeFileSync(join(dataDir, claims()[0]!), mine.replace(`"pid":${process.pid}`, `"pid":${child.pid}`));
    expect(holderOf(dataDir)).toBeUndefined();
    expect(refusal(dataDir)).toBe('none');
    expect(claims()).toEqual(['holder.2']);
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
});

it('a claim that a full disk cut off holds nothing', () => {
  holdFolder(dataDir, { what: 'npm start' }).release();
  writeFileSync(join(dataDir, claims()[0]!), '');
  expect(refusal(dataDir)).toBe('none');
});

it('goes to one alone of many that find the same dead claim at once', async () => {
  holdFolder(dataDir, { what: 'the last one' }).release();
  const script = join(outer, 'claim.cjs');
  const source = join(__dirname, '../../libs/platform/src/embedded-postgres/folder.ts');
  writeFileSync(
    script,
    `
    const swc = require(${JSON.stringify(require.resolve('@swc/core'))});
    const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } };
    require.extensions['.ts'] = (module, file) => module._compile(swc.transformFileSync(file, options).code, file);
    const { holdFolder } = require(${JSON.stringify(source)});
    process.stdin.once('data', () => {
      let said = 'held';
      try { holdFolder(${JSON.stringify(dataDir)}, { what: 'one of many' }); } catch { said = 'refused'; }
      process.stdout.write(said);
    });
    process.stdout.write('ready ');`,
  );
  const many = Array.from({ length: 6 }, () =>
    spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const said = many.map(() => '');
  many.forEach((child, n) => child.stdout.on('data', (data: Buffer) => (said[n] += data.toString())));
  try {
    while (said.some((text) => !text.startsWith('ready'))) await new Promise((resolve) => setTimeout(resolve, 20));
    for (const child of many) child.stdin.write('go\n');
    while (said.some((text) => !/held|refused/.test(text))) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(said.filter((text) => text.includes('held'))).toHaveLength(1);
  } finally {
    for (const child of many) child.kill('SIGKILL');
  }
});

it.each([
  ['/proc/x', 'no folder can be made there'],
  ['/proc/x/y/z', 'no folder can be made there'],
  ['/etc/passwd/x', 'a part of the path is a file'],
  [`/tmp/${'x'.repeat(300)}`, 'the path is too long'],
])('%s is refused at once, in a sentence', (path, why) => {
  if (process.platform !== 'linux' && path.startsWith('/proc')) return expect(existsSync('/proc')).toBe(false);
  const began = performance.now();
  expect(refusal(path)).toBe(`DATA_DIR ${path} cannot be used: ${why}.`);
  expect(performance.now() - began).toBeLessThan(1_000);
});

it('a folder in which this account may not write, a disk that is read-only or full: each has its sentence', () => {
  if (process.getuid?.() !== 0) {
    chmodSync(outer, 0o500);
    return expect(refusal(dataDir)).toContain('this account may not write there');
  }
  // Root writes everywhere, but may mount a disk; not in every container.
  for (const [options, why] of [
    ['ro', 'its disk is read-only'],
    ['size=64k', 'its disk is full'],
  ] as const) {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', outer], { stdio: 'ignore' });
    } catch {
      return expect(refusal(dataDir)).toBe('none');
    }
    try {
      expect(refusal(dataDir)).toBe(`DATA_DIR ${dataDir} cannot be used: ${why}.`);
    } finally {
      execFileSync('umount', [outer]);
    }
  }
});
