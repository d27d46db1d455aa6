import { readFileSync } from 'node:fs';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** What a file's name says when it deals with the machine; all others in a room are pure. */
const machineNames = JSON.parse(readFileSync(new URL('libs/machine.json', import.meta.url), 'utf8'));

const inMemory =
  'It works in memory: what it carries is lost in a crash, an error in a handler is only logged, and a saga that threw once stays dead. ' +
  'Write a delivery in the commit (or react) instead; for reads inject a …Queries class.';
const overCqrs = {
  name: '@nestjs/cqrs',
  importNames: ['EventBus', 'EventsHandler', 'EventPublisher', 'Saga', 'QueryBus', 'QueryHandler', 'AggregateRoot'],
  message: inMemory,
};
const database = {
  name: 'typeorm',
  importNames: ['DataSource', 'EntityManager', 'Repository'],
  allowTypeImports: true,
  message:
    'Only libs/platform opens connections: rights and row-level security depend on the session it prepares. ' +
    'Take its record store or its reads.',
};
const clock =
  'Inject Clock and ask it: business time comes from there alone, and tests move it. A duration is measured with performance.now().';
const ownClock =
  "Tell dates from the clock's start (test/support/clock.ts), or ask `machine` there when processes of their own live by the machine's clock: `npm run dates` moves it.";
/** Whatever else asks the machine for the time; in the text of a statement, the database's machine. */
const askingForTheTime = (message) => [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message },
  { selector: 'CallExpression[callee.name="Date"]', message },
  ...['Literal[value', 'TemplateElement[value.raw'].map((text) => ({
    selector: `${text}=/(?<![.\\w])(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\\(\\)|\\bcurrent_(date|time|timestamp)\\b|\\blocaltime(stamp)?\\b/i]`,
    message,
  })),
];
const now = 'Rules take the instant from the context, so that a decision can be replayed and tested.';
const elsewhere = [
  'process',
  'Buffer',
  'console',
  'fetch',
  'require',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
];
const chance = 'Rules take ids and chance from the context, so that a decision can be replayed and tested.';
const machine = 'Rules are pure: what they need of the machine comes as an argument.';
const nothingOfNode = { group: ['node:*'], message: machine };

/** Every `eslint-disable` says why, after `--`. */
const reasonedDisable = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { reason: 'Say why after the rule: eslint-disable-next-line <rule> -- <reason>' },
  },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        const silent = /^\s*eslint-disable/.test(comment.value) && !/\s--\s+\S/.test(comment.value);
        if (silent) context.report({ loc: comment.loc, messageId: 'reason' });
      }
    },
  }),
};

export default defineConfig(
  globalIgnores(['dist/', 'node_modules/', 'coverage/', 'apps/console/src/api/contract.d.ts']),
  {
    files: ['**/*.{ts,tsx,mts,cts,js,mjs,cjs}'],
    plugins: { house: { rules: { 'reasoned-disable': reasonedDisable } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { 'house/reasoned-disable': 'error', eqeqeq: ['error', 'always', { null: 'ignore' }] },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // `event` reads better than `String(event)` in a message; an object would still print [object Object].
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // An interface may ask for a promise where this implementation has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Not consistent-type-imports: Nest injects by the class that a constructor's parameter names, and `import type` erases it.
      '@typescript-eslint/no-restricted-imports': ['error', { paths: [overCqrs] }],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: clock }],
      'no-restricted-syntax': ['error', ...askingForTheTime(clock)],
    },
  },
  {
    files: ['libs/**/*.ts', 'apps/**/*.ts'],
    ignores: ['libs/platform/**', '**/*.{spec,story}.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: [overCqrs, database] }] },
  },
  {
    // What decides: the kernel, and in the rooms of the other libraries every file whose name does not say with what part of the machine it deals.
    files: [
      'libs/kernel/**/*.ts',
      'libs/!(platform)/src/!(migrations|schema)/**/*.ts',
      'libs/platform/src/records/{deliberation,slices}.ts',
    ],
    ignores: ['**/*.{spec,story}.ts', ...machineNames.map((name) => `libs/!(kernel)/**/*.${name}.ts`)],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', { paths: [overCqrs, database], patterns: [nothingOfNode] }],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: now },
        { object: 'Math', property: 'random', message: chance },
      ],
      'no-restricted-syntax': ['error', ...askingForTheTime(now)],
      'no-restricted-globals': [
        'error',
        ...elsewhere.map((name) => ({ name, message: machine })),
        { name: 'performance', message: now },
        { name: 'crypto', message: chance },
      ],
    },
  },
  {
    files: ['**/*.{spec,story}.ts', 'test/**/*.ts'],
    rules: {
      // Answers of HTTP and rows of ad hoc SQL are `any` in tests; their shape is exactly what the assertion checks.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      // expect(object.method) does not call it.
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: ownClock }],
      'no-restricted-syntax': [
        'error',
        ...askingForTheTime(ownClock),
        {
          selector: 'MemberExpression[object.name=/^(describe|test|it)$/][property.name=/^(only|skip|todo)$/]',
          message: 'A test runs or is removed.',
        },
      ],
    },
  },
  {
    // The console runs in a browser: its clock is the desk's, and it asks the api for whatever must be true.
    files: ['apps/console/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      'no-restricted-properties': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Whatever somebody typed is text.' },
      ],
      // What an event does may take its time: its failure is shown where it was begun.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    // Holds the text of what is refused.
    files: ['test/fixtures/architecture/house.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
