/** Every setting, with values that cannot work: one plain sentence within seconds, an exit code, no stack, no password. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadSettings, SettingsError } from '@fil-rouge/platform';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { freePort } from '../support/redis';
import { run, type Ended } from './product';

/** Shapes that no setting of that name can have. What has the right shape and names nothing stands further down. */
const misshapen: Readonly<Record<string, readonly string[]>> = {
  PORT: ['abc', '-1', '65536', '3000.5', '0x10', '3000 3001'],
  HOST: ['http://localhost', 'localhost:3000', 'a b', '-', '/'],
  DATABASE_URL: ['db', 'mysql://db/x', 'postgres://db', 'postgres:///x', 'postgres://'],
  MIGRATION_DATABASE_URL: ['db', 'http://db/x', 'postgres://db'],
  WORKER_DATABASE_URL: ['db', 'http://db/x', 'postgres://db'],
  QUEUE_DATABASE_URL: ['db', 'http://db/x', 'postgres://db'],
  REDIS_URL: ['localhost:6379', 'http://localhost', 'redis://'],
  SMTP_URL: ['mail.exemple.fr', 'http://mail', 'smtp://'],
  PUBLIC_URL: ['suivi.exemple.fr', 'ftp://suivi', 'https://a:b@suivi.exemple.fr', 'https://suivi.exemple.fr/?x'],
  SECOND_FACTOR: ['yes', 'REQUIRED'],
  NETWORK_NAME: ['deux\nlignes', 'x'.repeat(61)],
  NETWORK_LOGO: ['logo.jpg', '/etc/passwd'],
  DATA_DIR: [__filename],
  ANCHOR_DIR: [__filename],
  ANCHOR_COPY_DIR: [__filename],
  LOG_LEVEL: ['loud', 'INFO!'],
  DOCS: ['yes', 'ON'],
  METRICS_TOKEN: ['short', 'sixteen and a blank'],
  REQUEST_TIMEOUT: ['0', '-1', '1000', 'soon'],
  MAIL_FROM: ['personne', 'Suivi <suivi@>'],
  DUPLICATE_HINTS_PER_DAY: ['0', '-1', '10000', 'many'],
  TRUSTED_PROXIES: ['-1', 'two', '10', '1.5'],
};
/** Looked at where they are used: a file that is read, a text that may be anything. */
const elsewhere = ['MASTER_KEY_FILE', 'DEMO_PASSWORD'];

const asked = new Set<string>();
loadSettings(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }));

it('the table below and the README name every setting the program asks for', () => {
  const readme = readFileSync(resolve('README.md'), 'utf8');
  expect([...asked].filter((name) => !misshapen[name] && !elsewhere.includes(name))).toEqual([]);
  expect([...asked].filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

it.each(Object.entries(misshapen).flatMap(([name, values]) => values.map((value) => [name, value] as const)))(
  '%s=%s is refused in a sentence that names it',
  (name, value) => {
    const others =
      name === 'DATABASE_URL'
        ? {}
        : name.endsWith('DATABASE_URL')
          ? { DATABASE_URL: 'postgres://api:geheim@db/x' }
          : {};
    const refusal = (): readonly string[] => {
      try {
        loadSettings({ ...others, [name]: value });
      } catch (error) {
        if (error instanceof SettingsError) return error.problems;
        throw error;
      }
      return [];
    };
    expect(refusal()).toEqual([expect.stringMatching(new RegExp(`^${name} .*\\.$`))]);
  },
);

describe('what has the right shape and does not work', () => {
  let database: TestDatabase;
  let folder: string;
  let door: Server;
  let taken: number;
  let nobody: number;
  const base = (): Record<string, string> => ({
    DATABASE_URL: database.apiUrl,
    QUEUE_DATABASE_URL: database.queueUrl,
    MASTER_KEY_FILE: join(folder, 'key'),
    DATA_DIR: folder,
    PORT: '0',
  });
  const changed = (url: string, change: (url: URL) => void): string => {
    const other = new URL(url);
    change(other);
    return other.toString();
  };

  beforeAll(async () => {
    database = await cloneDatabase();
    folder = await mkdtemp(join(tmpdir(), 'fil-rouge-settings-'));
    await writeFile(join(folder, 'key'), database.masterKey.toString('hex'));
    await writeFile(join(folder, 'other-key'), Buffer.alloc(32, 7).toString('hex'));
    // Answers everybody, in words of another protocol.
    door = createServer((socket) => socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await new Promise((done) => door.once('listening', done));
    taken = (door.address() as AddressInfo).port;
    nobody = await freePort();
  });
  afterAll(async () => {
    door.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const cases: [string, string, () => Record<string, string>, RegExp][] = [
    [
      'api',
      'DATABASE_URL at which nobody answers',
      () => ({ DATABASE_URL: `postgres://api:geheim@127.0.0.1:${nobody}/x` }),
      /^DATABASE_URL: nobody answers at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\.$/,
    ],
    [
      'all',
      'DATABASE_URL at which nobody answers',
      () => ({ DATABASE_URL: `postgres://postgres:geheim@127.0.0.1:${nobody}/x` }),
      /^DATABASE_URL: nobody answers at/,
    ],
    [
      'api',
      'DATABASE_URL of a host nobody knows',
      () => ({ DATABASE_URL: 'postgres://api:geheim@nirgends.invalid/x' }),
      /^DATABASE_URL: the host "nirgends\.invalid" is not known here\.$/,
    ],
    [
      'api',
      'DATABASE_URL with a wrong password',
      () => ({ DATABASE_URL: changed(database.apiUrl, (url) => (url.password = 'geheim')) }),
      /^DATABASE_URL: PostgreSQL at \S+ refuses the login "api": wrong password, or no such login\.$/,
    ],
    [
      'worker',
      'DATABASE_URL of a database that is not there',
      () => ({ DATABASE_URL: changed(database.workerUrl, (url) => (url.pathname = '/nirgends')) }),
      /^DATABASE_URL: PostgreSQL at \S+ has no database "nirgends"\.$/,
    ],
    [
      'worker',
      'DATABASE_URL of the wrong login',
      () => ({ DATABASE_URL: database.apiUrl }),
      /^DATABASE_URL signs in as "api": give the login `worker`\.$/,
    ],
    [
      'api',
      'DATABASE_URL of the superuser',
      () => ({ DATABASE_URL: database.administratorUrl }),
      /^DATABASE_URL signs in as "\w+", to whom row-level security does not apply: give the login `api`/,
    ],
    [
      'api',
      'DATABASE_URL of a database that was never migrated',
      () => ({ DATABASE_URL: changed(database.apiUrl, (url) => (url.pathname = '/postgres')) }),
      /^DATABASE_URL names a database that is empty: run `npm run migrate` first\.$/,
    ],
    [
      'all',
      'DATABASE_URL of a login that makes no others',
      () => ({ DATABASE_URL: database.apiUrl }),
      /^DATABASE_URL signs in as "api", who may not make the other logins/,
    ],
    [
      'api',
      'DATABASE_URL where something else answers',
      () => ({ DATABASE_URL: `postgres://api:geheim@127.0.0.1:${taken}/x` }),
      /^DATABASE_URL: what answers at \S+ is no PostgreSQL, or does not answer in time\.$/,
    ],
    [
      'api',
      'QUEUE_DATABASE_URL with a wrong password',
      () => ({ QUEUE_DATABASE_URL: changed(database.queueUrl, (url) => (url.password = 'geheim')) }),
      /^QUEUE_DATABASE_URL: PostgreSQL at \S+ refuses the login "queue"/,
    ],
    [
      'api',
      'REDIS_URL where something else answers',
      () => ({ REDIS_URL: `redis://:geheim@127.0.0.1:${taken}` }),
      /^REDIS_URL: what answers at \S+ is no Redis\.$/,
    ],
    [
      'api',
      'MASTER_KEY_FILE with another valid key',
      () => ({ MASTER_KEY_FILE: join(folder, 'other-key') }),
      /^The master key is not the one this database was sealed with \(its fingerprint is \w{8}, this one’s \w{8}\)\. Nothing was changed; put the right key back/,
    ],
    [
      'worker',
      'MASTER_KEY_FILE with another valid key',
      () => ({ DATABASE_URL: database.workerUrl, MASTER_KEY_FILE: join(folder, 'other-key') }),
      /^The master key is not the one/,
    ],
    [
      'all',
      'MASTER_KEY_FILE with another valid key',
      () => ({ DATABASE_URL: database.administratorUrl, MASTER_KEY_FILE: join(folder, 'other-key') }),
      /^The master key is not the one/,
    ],
    [
      'admin',
      'MASTER_KEY_FILE with another valid key',
      () => ({ MIGRATION_DATABASE_URL: database.administratorUrl, MASTER_KEY_FILE: join(folder, 'other-key') }),
      /^The master key is not the one/,
    ],
    [
      'admin',
      'MASTER_KEY_FILE that is not there',
      () => ({ MIGRATION_DATABASE_URL: database.administratorUrl, MASTER_KEY_FILE: join(folder, 'none') }),
      /^MASTER_KEY_FILE cannot be read \(ENOENT\)\.$/,
    ],
    [
      'api',
      'PORT that is taken',
      () => ({ PORT: String(taken) }),
      /^PORT \d+ on HOST 127\.0\.0\.1 is in use: stop what runs there, or set another PORT\.$/,
    ],
    [
      'worker',
      'PORT that is taken',
      () => ({ DATABASE_URL: database.workerUrl, PORT: String(taken) }),
      /^PORT \d+ on HOST 127\.0\.0\.1 is in use/,
    ],
    [
      'api',
      'HOST of another machine',
      () => ({ HOST: '192.0.2.1' }),
      /^PORT 0 on HOST 192\.0\.2\.1 cannot be used: HOST is not an address of this machine\.$/,
    ],
    [
      'api',
      'HOST that nobody knows',
      () => ({ HOST: 'nirgends.invalid' }),
      /^PORT 0 on HOST nirgends\.invalid cannot be used: HOST is not a name this machine knows\.$/,
    ],
    [
      'api',
      'demo accounts that others could reach',
      () => ({ HOST: '0.0.0.0' }),
      /^This database holds the demo accounts/,
    ],
    [
      'embedded',
      'DATA_DIR where no folder can be',
      () => ({ DATA_DIR: '/proc/x' }),
      /^DATA_DIR \/proc\/x cannot be used: no folder can be made there\.$/,
    ],
    [
      'rebuild',
      'DATA_DIR without a database',
      () => ({}),
      /^There is no database in DATA_DIR \S+ yet: `npm start` makes it\.$/,
    ],
  ];

  const programs: Record<string, readonly [string, readonly string[], readonly string[]]> = {
    api: ['api/src/main', [], []],
    worker: ['worker/src/main', [], []],
    all: ['all/src/main', [], []],
    admin: ['all/src/admin', ['parked'], []],
    embedded: ['all/src/main', [], ['DATABASE_URL', 'QUEUE_DATABASE_URL', 'MASTER_KEY_FILE']],
    rebuild: ['all/src/rebuild', [], ['DATABASE_URL', 'QUEUE_DATABASE_URL', 'MASTER_KEY_FILE']],
  };

  it.each(cases)('%s: %s', async (program, _, change, sentence) => {
    const [file, args, without] = programs[program]!;
    const env: Record<string, string | undefined> = { ...base(), ...change() };
    for (const name of without) if (!(name in change())) env[name] = undefined;
    const { code, err, seconds }: Ended = await run(file, args, { ...env, LOG_LEVEL: 'silent' });
    expect([err.trimEnd(), code]).toEqual([expect.stringMatching(sentence), 1]);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).not.toContain('geheim');
    // A minute in silence is what this is against; the rest is the machine's.
    expect(seconds).toBeLessThan(45);
  });
});
