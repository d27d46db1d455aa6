import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { subjects } from './pictures';

const console_ = resolve(__dirname, '../../apps/console/src');
const help = join(console_, 'help');

const sources = readdirSync(console_, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && name !== join('api', 'contract.d.ts'))
  .map((name) => join(console_, name));

/** What is written in a file: the texts between tags and the strings, each whole. */
function writtenIn(path: string): string[] {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node) || ts.isStringLiteralLike(node)) found.push(node.text.replace(/[\s\u00a0]+/g, ' ').trim());
    node.forEachChild(look);
  };
  look(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, false));
  return found;
}

describe('the help', () => {
  const [inHelp, onScreen] = [true, false].map((of) =>
    sources.filter((path) => path.startsWith(help) === of).flatMap(writtenIn),
  );

  test('quotes only what stands on the screen, word for word', () => {
    const labels = new Set(onScreen);
    const quoted = inHelp!.flatMap((text) => [...text.matchAll(/« (.+?) »/g)].map(([, label]) => label!));
    expect(quoted.length).toBeGreaterThan(60);
    // Of verbs in general, not one of them.
    expect([...new Set(quoted)].filter((label) => label !== '…' && !labels.has(label))).toEqual([]);
  });

  test('has each of its pictures, no other, and they are light', () => {
    const files = readdirSync(join(help, 'pictures'));
    const words = inHelp!.join('\n');
    expect(files.sort()).toEqual(subjects.map(({ name }) => `${name}.webp`).sort());
    for (const { name } of subjects) expect(words).toContain(name);
    const bytes = files.reduce((sum, name) => sum + statSync(join(help, 'pictures', name)).size, 0);
    expect(bytes).toBeLessThan(600_000);
  });
});
