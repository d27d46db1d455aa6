// `npm start` and the tests run built code: build what is older than its sources, and only that (the system takes some 7 s, the console 2).
const { execSync } = require('node:child_process');
const { existsSync, readdirSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const pages = join('apps', 'console');
const parts = [
  {
    command: 'npx nest build',
    stamp: '.built',
    sources: ['apps', 'libs', 'package.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'],
    but: pages,
  },
  { command: 'npm run --silent build:console', stamp: '.built-console', sources: [pages, 'package-lock.json'] },
];

const newest = (path, but) => {
  if (path === but) return 0;
  const { mtimeMs } = statSync(join(__dirname, path));
  if (!statSync(join(__dirname, path)).isDirectory()) return mtimeMs;
  return readdirSync(join(__dirname, path)).reduce(
    (latest, name) => Math.max(latest, newest(join(path, name), but)),
    mtimeMs,
  );
};

for (const { command, stamp, sources, but } of parts) {
  const built = join(__dirname, 'dist', stamp);
  if (existsSync(built) && statSync(built).mtimeMs >= Math.max(...sources.map((path) => newest(path, but)))) continue;
  execSync(command, { cwd: __dirname, stdio: 'inherit' });
  writeFileSync(built, '');
}
