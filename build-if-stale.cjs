// `npm start` and the tests run built code: build it when a source is newer than the last build, and only then (a build takes some 7 s).
const { execSync } = require('node:child_process');
const { existsSync, readdirSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const stamp = join(__dirname, 'dist', '.built');
const sources = ['apps', 'libs', 'package.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'];

const newest = (path) => {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), mtimeMs);
};

const changed = Math.max(...sources.map((name) => newest(join(__dirname, name))));
if (!existsSync(stamp) || statSync(stamp).mtimeMs < changed) {
  execSync('npm run --silent build', { cwd: __dirname, stdio: 'inherit' });
  writeFileSync(stamp, '');
}
