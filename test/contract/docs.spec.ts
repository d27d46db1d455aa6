import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { libraries } from '../../apps/system';
import { dataMap } from '../../apps/all/src/data-map';
import { whoSeesWhat } from '../../apps/all/src/docs';

it('docs/who-sees-what.md is what the policies say (npm run docs)', () => {
  expect(readFileSync(join(__dirname, '../../docs/who-sees-what.md'), 'utf8')).toBe(whoSeesWhat());
});

it('docs/data-map.md is what the tables are (npm run docs)', () => {
  expect(readFileSync(join(__dirname, '../../docs/data-map.md'), 'utf8')).toBe(dataMap(libraries));
});

describe('the documentation', () => {
  const root = join(__dirname, '../..');
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  const files = [join(root, 'README.md'), ...pages.map((name) => join(root, 'docs', name))];

  it('names files that are there', () => {
    // A path from the top; what stands for any of them (`*`, `<lib>`) and the library of an example are nobody's.
    const named = files
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/`((?:libs|apps|test|docs)\/[\w./-]+)`/g)].map(([, path]) => path!),
      )
      .filter((path) => !path.startsWith('libs/appointments'));
    expect(named.length).toBeGreaterThan(30);
    expect(
      named.filter((path) => ![path, `${path}.spec.ts`, `${path}.ts`].some((one) => existsSync(join(root, one)))),
    ).toEqual([]);
  });
});
