import {
  addKey,
  Clock,
  Database,
  KeyRotation,
  MasterKeys,
  Sealing,
  SettingsError,
  shortId,
  WorkingKeys,
  WrapAgain,
  type KeyState,
} from '@fil-rouge/platform';
import { Administrators } from '@fil-rouge/users';
import { UsageError } from '../../../arguments';
import type { Tools } from '../tools';
import type { Command, Commands } from './command';
import { nearest } from './nearest';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const createAdministrator: Command = {
  summary:
    'Makes an administrator’s account and prints the request that chooses its password; again for the same e-mail: a new request',
  options: {
    email: { value: '<address>', says: 'with which the person signs in', required: true },
    name: { value: '<name>', says: 'as others see it; the part before the @ by default' },
    structure: { value: '<id or name>', says: 'the structure that employs the person, which is there already' },
    'new-structure': {
      value: '<name>',
      says: 'or one to be made, active at once: for the first account of an empty database',
    },
    typology: {
      value: '<code>',
      says: 'of the new structure, in the national standard; CD (a département) by default',
    },
  },
  examples: [
    'create-administrator --email anne.martin@exemple.fr --name "Anne Martin" --new-structure "Département de la Sarthe"',
    'create-administrator --email anne.martin@exemple.fr --structure "Département de la Sarthe"',
  ],
  check({ options }) {
    const { structure, 'new-structure': founded, typology } = options;
    if ((structure === undefined) === (founded === undefined))
      throw new UsageError(
        '"create-administrator" needs either --structure (one that is there) or --new-structure (one to be made).',
      );
    if (typology !== undefined && founded === undefined)
      throw new UsageError('--typology goes with --new-structure: one that is there has its own.');
  },
  async run({ platform, address }, { options: { email, name, structure, 'new-structure': founded, typology } }) {
    const administrators = platform.get(Administrators, { strict: false });
    const employer =
      founded === undefined ? { id: await existing(administrators, structure!) } : { name: founded, typology };
    const { token } = await administrators.create({ email: email!, name: name ?? email!.split('@')[0]!, employer });
    say(`The account of ${email} is ready. Choose its password within seven days:`);
    say(
      `  curl -X POST ${address}/v1/auth/invitations/accept -H 'content-type: application/json' -d '{"token":"${token}","password":"…"}'`,
    );
  },
};

/** By its id or its whole name: a name that is nearly one makes nobody an administrator of another structure. */
async function existing(administrators: Administrators, wanted: string): Promise<string> {
  const all = await administrators.structures();
  const found = all.filter(({ id, name }) => id === wanted.toLowerCase() || name === wanted.trim());
  if (found.length === 1) return found[0]!.id;
  if (found.length > 1)
    throw new SettingsError([
      `Several structures have this name; give the id of one:`,
      ...found.map(({ id, name }) => `  ${id}  ${name}`),
    ]);
  if (all.length === 0)
    throw new SettingsError(['There is no structure yet. Make the first one with --new-structure "…".']);
  const near = nearest(
    wanted,
    all.map(({ name }) => name),
  );
  throw new SettingsError([
    `There is no structure "${wanted}".${near.length > 0 ? ' Did you mean:' : ' One that is not there yet is made with --new-structure "…".'}`,
    ...near.map((name) => `  --structure "${name}"`),
  ]);
}

const parked: Command = {
  summary: 'Lists the effects that failed too often and wait',
  examples: ['parked'],
  async run({ platform }) {
    const rows = await platform
      .get(Database)
      .query<{ id: string; consumer: string; stream_id: string; parked_at: Date; parked_reason: string }>(
        'admin_parked',
        'select id, consumer, stream_id, parked_at, parked_reason from delivery where parked_at is not null order by id limit 200',
      );
    for (const row of rows)
      say([row.id, row.consumer, row.stream_id, row.parked_at.toISOString(), row.parked_reason].join('  '));
    say(rows.length === 0 ? 'Nothing is parked.' : `${rows.length === 200 ? 'The first 200' : rows.length} parked.`);
  },
};

const replay: Command = {
  summary: 'Lets one of them be tried again',
  argument: '<id>',
  examples: ['replay 4711'],
  check({ argument }) {
    if (!/^\d{1,18}$/.test(argument!))
      throw new UsageError(
        `"${argument}" is not the number of an effect: the first column of \`npm run admin -- parked\`.`,
      );
  },
  async run({ platform }, { argument: id }) {
    const rows = await platform
      .get(Database)
      .query(
        'admin_replay',
        `update delivery set parked_at = null, parked_reason = null, attempts = 0, next_at = '-infinity' where id = $1 and parked_at is not null returning id`,
        [id],
      );
    if (rows.length === 0)
      throw new SettingsError([`No parked effect has the number ${id}: see \`npm run admin -- parked\`.`]);
    say(`${id} will be tried again within a second.`);
  },
};

const resetSecondFactor: Command = {
  summary: 'Takes away the second step of somebody who has lost telephone and recovery codes; the person is told',
  options: {
    email: { value: '<address>', says: 'with which the person signs in', required: true },
    reason: { value: '<text>', says: 'why: it is kept in the person’s record', required: true },
  },
  examples: ['reset-second-factor --email anne.martin@exemple.fr --reason "Lost her telephone; called back."'],
  async run({ platform }, { options: { email, reason } }) {
    await platform.get(Administrators, { strict: false }).resetSecondFactor(email!, reason!);
    say(`${email} signs in with the password alone again, until another second step is set up.`);
  },
};

const rotateKey: Command = {
  summary: 'Seals everything with a new master key while people work; again: goes on where it was broken off',
  examples: ['rotate-key'],
  async run(tools) {
    const { keyFile, keys, rotation } = rotationBy(tools);
    if (!(await rotation.isPrepared())) {
      addKey(keyFile);
      say(
        `${keyFile}: a new master key ${shortId(keys.current())} on the first line. Keep a copy where you keep the other.`,
      );
    }
    await rotation.rotate((names) => say(`Waiting for ${names.join(', ')} …`));
    await tools.platform.get(WorkingKeys).learn();
    // A worker does the same; neither does what the other has begun.
    while (await wrapAgain(tools.platform).step());
    await report(tools);
  },
};

const wrapAgain = (platform: Tools['platform']): WrapAgain =>
  new WrapAgain(platform.get(Database), platform.get(Sealing), platform.get(Clock));

const keys: Command = {
  summary: 'Says which master key this database is sealed with, and which are needed no more',
  examples: ['keys'],
  run: (tools) => report(tools),
};

const rotationBy = ({ platform, keyFile }: Tools) => ({
  keyFile,
  keys: platform.get(MasterKeys),
  rotation: new KeyRotation(platform.get(Database), platform.get(MasterKeys), platform.get(Clock)),
});

async function report(tools: Tools): Promise<void> {
  const { keys: held, rotation } = rotationBy(tools);
  const state = await rotation.state();
  say(`This database is sealed with the master key ${shortId(state.masterKey)}, since ${state.since}.`);
  if (state.shut > 0) say(`${state.shut} records or boxes open with no key: they are damaged, see \`npm run verify\`.`);
  const needs = stillNeeds(state);
  for (const line of needs) say(line);
  const ids = held.ids();
  const at = ids.indexOf(state.masterKey);
  const [prepared, former] = [ids.slice(0, at), ids.slice(at + 1)].map((some) => some.map(shortId).join(', '));
  if (prepared && state.announced === null)
    say(`Above it in the file stands ${prepared}, which is not used yet: \`npm run admin -- rotate-key\` turns to it.`);
  if (!former || needs.length > 0) return;
  say(
    `Nothing in this database needs ${former} any more: take it out of every key file. Backups made before open with the key of their day: keep it as long as them.`,
  );
}

/** Why no other key may leave the file. */
const stillNeeds = ({ announced, behind, left }: KeyState): string[] => [
  ...(announced === null
    ? []
    : [`A rotation to ${shortId(announced)} was broken off: run \`npm run admin -- rotate-key\`.`]),
  ...(behind.length === 0 ? [] : [`Still at work with the keys before: ${behind.join('; ')}.`]),
  ...(left === 0
    ? []
    : [
        `${left} keys of records and other boxes are not sealed anew yet: a worker that runs does it. No key may leave the file.`,
      ]),
];

export const commands: Commands = {
  'create-administrator': createAdministrator,
  'reset-second-factor': resetSecondFactor,
  parked,
  replay,
  keys,
  'rotate-key': rotateKey,
};
