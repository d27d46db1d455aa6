import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyIdOf } from '@fil-rouge/platform';
import { read } from '../../apps/all/src/admin/command';
import { commands } from '../../apps/all/src/admin/commands';
import { UsageError } from '../../apps/arguments';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { run } from './product';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await cloneDatabase();
  folder = await mkdtemp(join(tmpdir(), 'fil-rouge-admin-'));
  await writeFile(join(folder, 'key'), database.masterKey.toString('hex'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const admin = (...typed: string[]) =>
  run('all/src/admin', typed, {
    DATABASE_URL: database.apiUrl,
    MIGRATION_DATABASE_URL: database.administratorUrl,
    QUEUE_DATABASE_URL: database.queueUrl,
    MASTER_KEY_FILE: join(folder, 'key'),
    DATA_DIR: folder,
    PUBLIC_URL: 'https://suivi.exemple.fr/app',
  });
const counted = async () =>
  (
    await database.query<{ accounts: number; structures: number }>(
      'select (select count(*)::int from account) as accounts, (select count(*)::int from structure) as structures',
    )
  )[0]!;

const helpOf = (...typed: string[]): string => {
  const answer = read(typed, commands);
  return 'help' in answer ? answer.help : 'no help';
};
const refusalOf = (...typed: string[]): string => {
  try {
    read(typed, commands);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'none';
};

it('helps: all commands with examples, each command with its options, however it is asked', () => {
  for (const asked of [['--help'], ['-h'], ['help']]) {
    for (const [name, { examples }] of Object.entries(commands)) {
      expect(helpOf(...asked)).toContain(`  ${name}`);
      expect(helpOf(...asked)).toContain(`npm run admin -- ${examples[0]}`);
    }
  }
  for (const [name, { options = {}, examples }] of Object.entries(commands)) {
    for (const asked of [
      [name, '--help'],
      ['--help', name],
      ['help', name],
      [name, '-h'],
    ]) {
      for (const option of Object.keys(options)) expect(helpOf(...asked)).toContain(`--${option} `);
      for (const example of examples) expect(helpOf(...asked)).toContain(example);
    }
  }
});

it.each([
  [[], /^Which command\?.*create-administrator.*Examples/s],
  [['create-admin'], /^There is no command "create-admin"\. Did you mean "create-administrator"\?/],
  [['toString'], /^There is no command "toString"\./],
  [['parked', 'now'], /^"parked" does not take now;/],
  [['parked', '--all'], /^Unknown option '--all'; see/],
  [['replay'], /^"replay" needs <id>;/],
  [['replay', 'last'], /^"last" is not the number of an effect/],
  [['replay', '-1'], /^Unknown option '-1';/],
  [['replay', '1', '2'], /^"replay" does not take 2;/],
  [['create-administrator'], /^"create-administrator" needs --email;/],
  [['create-administrator', '--email'], /--email <value>' argument missing/],
  [['create-administrator', '--email', ' ', '--structure', 'x'], /^--email is empty;/],
  [['create-administrator', '--email', 'a@b.fr'], /needs either --structure \(one that is there\) or --new-structure/],
  [
    ['create-administrator', '--email', 'a@b.fr', '--structure', 'x', '--new-structure', 'y'],
    /needs either --structure/,
  ],
  [
    ['create-administrator', '--email', 'a@b.fr', '--structure', 'x', '--typology', 'CD'],
    /^--typology goes with --new-structure/,
  ],
])('%j is refused in a sentence, before anything is opened', (typed, sentence) => {
  expect(refusalOf(...typed)).toMatch(sentence);
});

it('exit codes: 0 for help, 2 for what is no command, and neither needs a database', async () => {
  expect(await run('all/src/admin', ['--help'], { DATA_DIR: '/proc/x' })).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('Examples'),
  });
  expect(await run('all/src/admin', ['nope'], { DATA_DIR: '/proc/x' })).toMatchObject({ code: 2, out: '' });
});

it('an administrator is employed by a structure that is there, by its id or its whole name, never by one made up', async () => {
  const before = await counted();
  const [sarthe] = await database.query<{ id: string }>(
    `select id from structure where name = 'Département de la Sarthe'`,
  );
  const made = async (...typed: string[]) =>
    admin('create-administrator', '--email', `a${(await counted()).accounts}@exemple.fr`, ...typed);

  expect(await made('--structure', 'Nulle part')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^There is no structure "Nulle part"\./),
  });
  expect(await made('--structure', 'Departement de la Sarte')).toMatchObject({
    code: 1,
    err: expect.stringContaining('Did you mean:\n  --structure "Département de la Sarthe"'),
  });
  expect(await made('--structure', 'Sarthe')).toMatchObject({ code: 1 });
  expect(await made('--new-structure', 'departement de la SARTHE')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is "Département de la Sarthe" already'),
  });
  expect(await made('--new-structure', 'Association', '--typology', 'NOPE')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^--typology: /),
  });
  expect(await counted()).toEqual(before);

  expect(await made('--structure', sarthe!.id)).toMatchObject({
    code: 0,
    out: expect.stringContaining('curl -X POST https://suivi.exemple.fr/app/v1/auth/invitations/accept '),
  });
  expect(await made('--structure', 'Département de la Sarthe')).toMatchObject({ code: 0 });
  expect(await made('--new-structure', 'Département de la Mayenne')).toMatchObject({ code: 0 });
  expect(await counted()).toEqual({ accounts: before.accounts + 3, structures: before.structures + 1 });
});

it('which key a database is sealed with, and that one above it in the file waits to be turned to', async () => {
  const [id, another] = [database.masterKey, Buffer.alloc(32, 7)].map((key) => keyIdOf(key).slice(0, 8));
  const sealed = `This database is sealed with the master key ${id}, since `;
  const saidWith = async (...keys: Buffer[]) => {
    await writeFile(join(folder, 'key'), keys.map((key) => key.toString('hex')).join('\n'));
    return admin('keys');
  };
  expect(await saidWith(database.masterKey)).toMatchObject({
    code: 0,
    out: expect.stringMatching(`^${sealed}[^\n]*\n$`) as string,
  });
  expect(await saidWith(Buffer.alloc(32, 7), database.masterKey)).toMatchObject({
    code: 0,
    out: expect.stringMatching(`^${sealed}.*\nAbove it in the file stands ${another}, which is not used yet`) as string,
  });
  expect(await saidWith(database.masterKey, Buffer.alloc(32, 7))).toMatchObject({
    code: 0,
    out: expect.stringMatching(`^${sealed}.*\nNothing in this database needs ${another} any more`) as string,
  });
  expect(await saidWith(Buffer.alloc(32, 7))).toMatchObject({
    code: 1,
    err: expect.stringMatching(`^The master key is not the one .*its fingerprint is ${id}`) as string,
  });
  await saidWith(database.masterKey);
});

it.each(['notmail', 'a@b', 'a b@exemple.fr', `${'x'.repeat(260)}@exemple.fr`])(
  'the e-mail %s is refused, as by the API',
  async (email) => {
    const before = await counted();
    expect(
      await admin(
        'create-administrator',
        '--email',
        email,
        '--name',
        'Anne Martin',
        '--structure',
        'Département de la Sarthe',
      ),
    ).toMatchObject({ code: 1, err: expect.stringMatching(/^--email: /) });
    expect(await counted()).toEqual(before);
  },
);

it('who has lost telephone and recovery codes signs in with the password alone again, and it is kept why', async () => {
  const [lost] = await database.query<{ id: string }>(
    `select id from account where email = 'auditeur@departement-sarthe.demo'`,
  );
  const reset = (email: string) =>
    admin('reset-second-factor', '--email', email, '--reason', 'Téléphone perdu ; rappelé au bureau.');
  expect(await reset('personne@exemple.fr')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^--email: Nobody has/),
  });
  expect(await reset('auditeur@departement-sarthe.demo')).toMatchObject({ code: 1 });

  await database.query(`insert into second_factor values ($1, 'box', '\\x00', 1, (select min(at) from event))`, [
    lost!.id,
  ]);
  await database.query(`insert into recovery_code values ($1, '\\x01')`, [lost!.id]);
  expect(await reset('Auditeur@departement-sarthe.demo')).toMatchObject({
    code: 0,
    out: expect.stringContaining('signs in with the password alone again'),
  });
  expect(await database.query('select user_id from second_factor union all select user_id from recovery_code')).toEqual(
    [],
  );
  const events = await database.query<{ actor_id: string | null; data: object }>(
    `select actor_id, data from event where stream_id = $1 and type = 'SecondFactorReset'`,
    [lost!.id],
  );
  // The words are sealed; nobody is named who does it from the command line.
  expect(events).toHaveLength(1);
  expect(JSON.stringify(events)).not.toContain('Téléphone');
});
