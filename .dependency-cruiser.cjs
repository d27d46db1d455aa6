// Imports go one way, through index.ts only. test/architecture.spec.ts shows for each rule that it bites.
const order = require('./libs/order.json');
const machine = require('./libs/machine.json');
const packages = (names) => `(^|/)node_modules/(${names})/`;
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];

const product = '^(libs|apps)/';
// A story is what several specs of one folder have in common.
const spec = '\\.(spec|story)\\.ts$';
// What specs are told with; product files are kept from it with the rest of test/.
const given = '^test/support/given\\.ts$';
// Runs in a browser.
const pages = '^apps/console/';
const index = '^libs/[^/]+/src/index\\.ts$';
// Pure by where it stands: every file in a room, but those whose name says with what part of the machine they deal (libs/machine.json).
const inARoom = `^libs/(?!kernel|platform)[^/]+/src/(?!migrations/|schema/)[^/]+/(?!.+\\.(${machine.join('|')})\\.ts$).+\\.ts$`;
// What the record store makes of rules, and their specs run as it stands.
const pure = [inARoom, '^libs/platform/src/records/(deliberation|slices)\\.ts$'];

const oneWay = order.map((lib, place) => ({
  name: `${lib}-imports-nothing-above-it`,
  comment: `The order is ${order.join(' < ')} < apps.`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: `^(apps|test|libs/(${order.slice(place + 1).join('|') || '(?!)'}))/`, pathNot: given },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...oneWay,
    {
      name: 'every-library-has-a-place',
      comment: 'A new library gets its place in libs/order.json, and in apps/system.ts.',
      severity: 'error',
      from: { path: `^libs/(?!(${order.join('|')})/)` },
      to: {},
    },
    {
      name: 'libraries-through-their-index',
      comment: 'Another library is its index.ts: what is not exported there is free to change.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/(?!$1/)', pathNot: index },
    },
    {
      name: 'apps-through-the-index',
      comment: 'A library is its index.ts for the apps too.',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^libs/', pathNot: index },
    },
    {
      name: 'libraries-by-their-alias',
      comment: 'Another library is named @fil-rouge/<lib>, not by a path that breaks when a file moves.',
      severity: 'error',
      from: { path: '^(libs/[^/]+|apps)/' },
      to: { path: index, pathNot: '^$1/', dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'never-through-the-own-index',
      comment:
        'Inside a library imports are relative; through its own index.ts they make a cycle, and classes arrive undefined.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/', pathNot: index },
      to: { path: '^libs/$1/src/index\\.ts$' },
    },
    {
      name: 'no-cycles',
      comment:
        'A cycle of values depends on who is loaded first. Types alone (two entities that name each other) load nothing.',
      severity: 'error',
      from: { path: product },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'apps-do-not-meet',
      comment: 'api and worker run apart; only apps/all puts them into one process.',
      severity: 'error',
      from: { path: '^apps/(?!all/)([^/]+)/' },
      to: { path: '^apps/(?!$1/)[^/]+/' },
    },
    {
      name: 'what-apps-share-imports-no-app',
      comment: 'A file directly in apps/ is shared by them: through it api and worker would meet after all.',
      severity: 'error',
      from: { path: '^apps/[^/]+\\.ts$' },
      to: { path: '^apps/[^/]+/' },
    },
    {
      name: 'kernel-few-packages',
      comment:
        'The kernel is rules: phonetic codes, telephone plans and the national vocabulary are all it takes from others.',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: spec },
      to: {
        dependencyTypes: npm,
        pathNot: packages('talisman|libphonenumber-js|@gouvfr-anct/lieux-de-mediation-numerique'),
      },
    },
    {
      name: 'rules-without-the-machine',
      comment: 'No file, clock, network or randomness where something is decided: it comes as an argument.',
      severity: 'error',
      from: { path: ['^libs/kernel/', ...pure], pathNot: spec },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'rules-without-the-machinery',
      comment:
        'What decides knows the kernel and its neighbours; of the platform and of packages, types at most. A file that needs more says so by its name.',
      severity: 'error',
      from: { path: pure, pathNot: spec },
      to: { path: ['^libs/platform/', '(^|/)node_modules/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'drivers-in-the-platform-only',
      comment: 'Sessions with their rights, pools and queues are prepared in one place. Types may be named anywhere.',
      severity: 'error',
      from: { path: product, pathNot: ['^libs/platform/', spec] },
      to: { path: packages('pg|pg-[^/]+|bullmq|ioredis'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-development-in-the-product',
      comment:
        'The image is installed without devDependencies and without test/. What the console needs is in its built files.',
      severity: 'error',
      from: { path: product, pathNot: [spec, pages] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: packages('@types/[^/]+') },
    },
    {
      name: 'console-over-http-alone',
      comment:
        'The console is a client like any other: what it knows of the system is the OpenAPI document, and it runs where there is no Node.',
      severity: 'error',
      from: { path: pages },
      to: { path: '^(apps|libs|test)/|^node:', pathNot: pages },
    },
    {
      name: 'no-test-in-the-product',
      comment: 'The image is installed without devDependencies and without test/.',
      severity: 'error',
      from: { path: product, pathNot: spec },
      to: { path: ['^test/', spec] },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that resolves to nothing escapes every other rule.',
      severity: 'error',
      from: { path: product },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' }, // ours only: in node_modules most packages live under a dist/
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
