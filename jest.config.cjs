/** @type {import('jest').Config} */
module.exports = {
  testRegex: ['/(libs|apps)/.*\\.spec\\.ts$', '/test/.*\\.spec\\.ts$'],
  testEnvironment: 'node',
  // Nest 12 and several libraries ship ECMAScript modules only; jest runs CommonJS, so they are transformed too.
  transform: { '^.+\\.(ts|m?js)$': ['@swc/jest', require('./swc.config.cjs')] },
  transformIgnorePatterns: ['/node_modules/playwright-core/'],
  moduleNameMapper: { '^@fil-rouge/([^/]+)$': '<rootDir>/libs/$1/src/index.ts' },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  globalSetup: '<rootDir>/test/support/global-setup.cjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.cjs',
  // To end what hangs, not to time: what takes 60 s alone takes five times that on a machine with other work.
  testTimeout: 300_000,
  // A test waits for PostgreSQL half of the time: the default leaves a core idle, and on two cores that is one file after the other.
  maxWorkers: '100%',
  // A file leaves some of its modules behind: after a hundred of them a worker had once run out of memory, in whichever file came then.
  workerIdleMemoryLimit: '1.5GB',
};
