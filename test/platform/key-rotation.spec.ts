/** The master key is replaced while people work: what opens, with which key, from when on, and what the rotation waits for. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Anchors,
  checkMasterKeys,
  Database,
  keyIdOf,
  KeyRing,
  KeyRotation,
  openBackup,
  Sealing,
  shortId,
  WorkingKeys,
  WrapAgain,
  writeBackup,
  type KeyState,
  type Transaction,
} from '@fil-rouge/platform';
import { invitationToken } from '@fil-rouge/users';
import { TOTP } from 'otpauth';
import { DataSource } from 'typeorm';
import { verifyAll } from '../../apps/all/src/verification';
import { newCase, newSession, Person, request, succeeded } from '../journeys/driver';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { pdf, upload } from '../support/files';
import { startSystem, type TestSystem } from '../support/system';
import { until } from '../support/until';

const newer = randomBytes(32);
let older: Buffer;
/** What stands in the key file of the processes. */
let held: readonly Buffer[];
let database: TestDatabase;
let system: TestSystem;
let source: DataSource;
let folder: string;
const lead = () => Person.signIn(system.baseUrl, system.account('conseiller'), system.password);

const start = async (): Promise<void> =>
  void (system = await startSystem({
    database,
    masterKeys: new KeyRing(() => held),
    env: { ANCHOR_DIR: join(folder, 'anchors') },
  }));
/** The same day goes on. */
const startAgain = async (): Promise<void> => {
  const now = system.clock.now();
  await start();
  system.clock.set(now);
};
const close = async (): Promise<void> => {
  await system.api.close();
  await system.worker.close();
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fil-rouge-rotation-'));
  database = await cloneDatabase();
  older = database.masterKey;
  held = [older];
  await start();
  source = await new DataSource({ type: 'postgres', url: database.administratorUrl }).initialize();
});
afterEach(async () => {
  await source.destroy();
  await system.stop();
  await rm(folder, { recursive: true, force: true });
});

const rotation = (keys = new KeyRing(() => held), looks = 200): KeyRotation =>
  new KeyRotation(new Database(source), keys, system.clock, { pause: 50, looks });
/** Until everything is wrapped with the new root: the worker does it by itself. */
async function whole(of = rotation()): Promise<KeyState> {
  let state: KeyState | undefined;
  await until(async () => (state = await of.state()).left === 0 && state.behind.length === 0);
  return state!;
}
const countWraps = () =>
  database.query(`create table wrapped_again (id uuid);
    create function note_wrap() returns trigger language plpgsql security definer as $$ begin insert into wrapped_again values (new.id); return new; end $$;
    create trigger note_wrap after update on stream for each row when (old.key is distinct from new.key) execute function note_wrap()`);

it('while people work: everything opens throughout and with the new key alone, each record is wrapped once', async () => {
  const counsellor = await lead();
  const open = async (): Promise<string> => {
    const { id } = await counsellor.do('/v1/cases', newCase());
    await counsellor.do(`/v1/cases/${id}/sessions`, newSession({ summary: 'Avant la relève.' }));
    return id;
  };
  const ids = [await open(), await open(), await open()];
  const at = `/v1/cases/${ids[0]}/sessions/${(await counsellor.do(`/v1/cases/${ids[0]}/sessions`, newSession())).id}/attachments`;
  const file = succeeded(await upload(counsellor, at, pdf('Une attestation.'), { name: 'attestation.pdf' })).body;
  const calendar = ((await counsellor.do('/v1/me/calendar')) as unknown as { address: string }).address;
  const page = await counsellor.get('/v1/cases?limit=1');
  const auditor = await Person.signIn(system.baseUrl, system.account('auditeur'), system.password);
  const { address, setup } = (await auditor.do('/v1/me/second-factor/setup')) as unknown as Record<string, string>;
  const code = () => {
    system.clock.advance({ seconds: 30 });
    const totp = new TOTP({ secret: new URL(address!).searchParams.get('secret')! });
    return totp.generate({ timestamp: Date.parse(system.clock.now()) });
  };
  await auditor.do('/v1/me/second-factor/confirm', { setup, code: code(), password: system.password });
  const link = invitationToken(system.api.get(Sealing, { strict: false }), ids[0]!);
  const timeline = await counsellor.get(`/v1/cases/${ids[0]}/timeline`);
  const named = (await counsellor.get(`/v1/cases/${ids[1]}`)).resident!;
  await new Anchors(new Database(source), system.api.get(Sealing, { strict: false }), system.clock, {
    folders: [join(folder, 'anchors')],
  }).take();
  await countWraps();

  const asked: string[] = [];
  let going = true;
  const reading = (async () => {
    for (let n = 0; going; n++) {
      if (n % 5 === 0) ids.push(await open());
      for (const path of [`/v1/cases/${ids[n % ids.length]}`, `/v1/cases/${ids[n % ids.length]}/timeline`, '/v1/cases'])
        asked.push((await counsellor.get(path)).items?.some((one) => 'unreadable' in one) ? 'unreadable' : 'opened');
    }
  })();
  held = [newer, older];
  await rotation().rotate();
  const state = await whole();
  going = false;
  await reading;
  expect(new Set(asked)).toEqual(new Set(['opened']));
  expect(state).toMatchObject({ masterKey: keyIdOf(newer), announced: null, root: 1, left: 0, shut: 0, behind: [] });
  const times = 'select count(*)::int as n, count(distinct id)::int as of from wrapped_again';
  const [wraps] = await database.query<{ n: number; of: number }>(times);
  expect(wraps!.n).toBe(wraps!.of);
  expect(wraps!.of).toBeGreaterThan(3);
  expect(await database.query('select from stream where key is not null and length(key) <> 62')).toEqual([]);
  expect(await database.query(`select wrapped_by from sealing_root group by 1`)).toEqual([
    { wrapped_by: keyIdOf(newer) },
  ]);

  await close();
  held = [newer];
  await startAgain();
  const again = await lead();
  expect((await again.get(`/v1/cases/${ids[0]}/timeline`)).items).toEqual(timeline.items);
  for (const id of ids) expect(await again.get(`/v1/cases/${id}`)).not.toHaveProperty('unreadable');
  expect((await again.do('/v1/cases/search', { name: named.lastName })).items).toMatchObject([{ id: ids[1] }]);
  const content = await fetch(`${system.baseUrl}${at}/${file.id}`, { headers: { authorization: again.authorization } });
  expect(Buffer.from(await content.arrayBuffer()).equals(pdf('Une attestation.'))).toBe(true);
  expect((await fetch(`${system.baseUrl}${calendar}`)).status).toBe(200);
  const further = `/v1/cases?limit=1&cursor=${encodeURIComponent(page.nextCursor!)}`;
  expect((await again.try('GET', further)).status).toBe(200);
  const sealing = system.api.get(Sealing, { strict: false });
  expect(sealing.openToken('invitation', link)).toEqual({ id: ids[0] });
  const enter = (more: object) =>
    request(system.baseUrl, 'POST', '/v1/auth/login', {
      body: { email: system.account('auditeur'), password: system.password, ...more },
    });
  expect((await enter({})).status).not.toBe(200);
  expect((await enter({ code: code() })).status).toBe(200);
  system.clock.advance({ hours: 1 });
  await system.worker.get(Anchors, { strict: false }).take();
  expect(await verifyAll(system.worker, () => undefined)).toMatchObject({ wrong: [], anchors: { length: 2 } });

  // What went out before is taken back for eight days; what stays is not out of date.
  system.clock.advance({ days: 8 });
  await system.api.get(WorkingKeys, { strict: false }).learn();
  expect(system.api.get(Sealing, { strict: false }).openToken('invitation', link)).toBeNull();
  expect((await (await lead()).try('GET', further)).status).toBe(422);
  expect((await enter({ code: code() })).status).toBe(200);
  // The first process with the old file is told what it lacks.
  await expect(checkMasterKeys(database.administratorUrl, KeyRing.of(older))).rejects.toThrow(
    `(its fingerprint is ${shortId(keyIdOf(newer))}, this one’s ${shortId(keyIdOf(older))})`,
  );
});

it('a process whose file lacks the new key is waited for, then named; nothing is changed; with the key it goes on', async () => {
  const counsellor = await lead();
  const { id } = await counsellor.do('/v1/cases', newCase());
  const ours = KeyRing.of(newer, older);
  await expect(rotation(ours, 120).rotate()).rejects.toThrow(
    new RegExp(
      `^The master key ${shortId(keyIdOf(newer))} is not in the key file of every running process: (api|worker), process \\d+ on`,
    ),
  );
  expect(await rotation(ours).state()).toMatchObject({ masterKey: keyIdOf(older), announced: keyIdOf(newer), root: 0 });
  await counsellor.do(`/v1/cases/${id}/sessions`, newSession());
  // Broken off: the key is gone from the tool's file as well, and it says which.
  await expect(rotation(KeyRing.of(randomBytes(32), older)).rotate()).rejects.toThrow(
    `A rotation to the master key ${shortId(keyIdOf(newer))} has begun`,
  );
  await expect(checkMasterKeys(database.administratorUrl, KeyRing.of(older))).rejects.toThrow(shortId(keyIdOf(newer)));
  held = [newer, older];
  await rotation().rotate();
  expect(await whole()).toMatchObject({ masterKey: keyIdOf(newer), root: 1 });
  expect((await counsellor.get(`/v1/cases/${id}`)).resident).toBeDefined();
});

it('a process that was killed is not waited for; a damaged key is told and keeps nothing else back', async () => {
  const counsellor = await lead();
  const damaged = (await counsellor.do('/v1/cases', newCase())).id;
  const { id } = await counsellor.do('/v1/cases', newCase());
  await database.query('update stream set key = $2 where id = $1', [damaged, randomBytes(60)]);
  const [bare] = await database.query<{ key: Buffer }>('select key from stream where id = $1', [id]);
  await database.query(`insert into key_holder values (gen_random_uuid(), 'worker, process 1 on a', 0, 0, 0, null)`);
  held = [newer, older];
  await rotation(undefined, 90).rotate();
  expect(await whole()).toMatchObject({ root: 1, left: 0, shut: 1, behind: [] });
  expect(await database.query(`select name from key_holder where name like '%on a'`)).toEqual([]);
  expect((await counsellor.try('GET', `/v1/cases/${damaged}`)).body.code).toBe('unreadable');

  // Somebody was late, and wrapped with the root before when everything had been looked at.
  await database.query('update stream set key = $2 where id = $1', [id, bare!.key]);
  expect(await rotation().state()).toMatchObject({ left: 1 });
  expect(await whole()).toMatchObject({ left: 0, shut: 1 });
  expect(await database.query('select length(key) from stream where id = $1', [id])).toEqual([{ length: 62 }]);
  expect((await counsellor.get(`/v1/cases/${id}`)).resident).toBeDefined();
});

it('the walk goes on from where it was left, also when one is broken off in the middle', async () => {
  const counsellor = await lead();
  const ids: string[] = [];
  for (let n = 0; n < 7; n++) ids.push((await counsellor.do('/v1/cases', newCase())).id);
  // Nobody walks by themself: a process that does not know the new root holds everybody back.
  await database.query(`insert into key_holder values (gen_random_uuid(), 'api, process 2 on b', 0, 9, 0, null)`);
  held = [newer, older];
  const rotating = rotation().rotate();
  await until(async () => (await rotation().state()).root === 1);
  expect((await rotation().state()).behind).toContain('api, process 2 on b');
  await countWraps();
  const ofWorker = system.worker.get(Sealing, { strict: false });
  await until(() => Promise.resolve(ofWorker.generations.current === 1));
  expect(await new WrapAgain(new Database(source), ofWorker, system.clock).step(3)).toBe(false);
  expect(await database.query('select from wrapped_again')).toEqual([]);
  await system.worker.close();
  await database.query(`delete from key_holder where name = 'api, process 2 on b'`);
  await rotating;
  const broken = new Database(source);
  const begun = broken.transaction.bind(broken);
  broken.transaction = <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    begun(async (transaction) => {
      await work(transaction);
      throw new Error('killed');
    });
  const killed = new WrapAgain(broken, system.api.get(Sealing, { strict: false }), system.clock);
  await expect(killed.step(3)).rejects.toThrow('killed');
  const one = new WrapAgain(new Database(source), system.api.get(Sealing, { strict: false }), system.clock);
  expect(await one.step(3)).toBe(true);
  const walked = await database.query<{ walked: string }>('select walked from sealing_root where generation = 1');
  expect(walked[0]!.walked).not.toBeNull();
  for (const id of ids) expect((await counsellor.get(`/v1/cases/${id}`)).resident).toBeDefined();
  while (await one.step(3));
  expect(await rotation().state()).toMatchObject({ left: 0, shut: 0 });
  const [wraps] = await database.query<{ n: number; of: number; records: number }>(
    'select count(*)::int as n, count(distinct id)::int as of, (select count(*)::int from stream where key is not null) as records from wrapped_again',
  );
  expect(wraps).toEqual({ n: wraps!.records, of: wraps!.records, records: wraps!.records });
});

it('a backup opens with the key of its day, and one made during a rotation with one key', async () => {
  const take = async () => {
    system.clock.advance({ minutes: 1 });
    const keys = new KeyRing(() => held);
    return join(folder, await writeBackup({ url: database.administratorUrl, keys, clock: system.clock, folder }));
  };
  const before = await take();
  held = [newer, older];
  const during = await take();
  await rotation().rotate();
  await whole();
  const after = await take();
  for (const [backup, key, wrong] of [
    [before, older, newer],
    [during, older, newer],
    [after, newer, older],
  ] as const) {
    expect((await openBackup(backup, KeyRing.of(key))).manifest.fingerprint).toBe(keyIdOf(key));
    await expect(openBackup(backup, KeyRing.of(wrong))).rejects.toThrow(/was made with another master key/);
  }
});
