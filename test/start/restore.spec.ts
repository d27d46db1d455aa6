/** A disk is lost: `npm run backup` while people work, `npm run restore` on another one, and what is there then. */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { findEmbeddedPostgres } from '@fil-rouge/platform';
import { newCase, newReferral, newSession, Person, request, sable } from '../journeys/driver';
import { until } from '../support/until';
import { Postman } from '../notifications/postman';
import { run, startProduct, type Product } from './product';

const password = 'une phrase de passe pour les essais';
const planted = 'Zébulonne-Introuvable';
const postman = new Postman();
let place: string;
let product: Product | undefined;
let env: Record<string, string>;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'fil-rouge-restore-spec-'));
  env = { DEMO_PASSWORD: password, SMTP_URL: `smtp://127.0.0.1:${await postman.open()}` };
});
afterAll(async () => {
  await product?.end('SIGTERM');
  await postman.close();
  await rm(place, { recursive: true, force: true });
});

const at = (folder: string) => ({ ...env, DATA_DIR: join(place, folder) });
const enter = (role: string, structure = 'departement-sarthe') =>
  Person.signIn(product!.baseUrl, `${role}@${structure}.demo`, password);

const come = (what: string, holds: () => Promise<boolean>) => until(holds, 60_000, what);

async function query<R extends object>(folder: string, text: string, values: unknown[] = []): Promise<R[]> {
  const { superuserUrl } = await findEmbeddedPostgres(join(place, folder));
  const client = new Client({ connectionString: superuserUrl('fil_rouge') });
  await client.connect();
  return (await client.query<R>(text, values).finally(() => client.end())).rows;
}

it('what was acknowledged before is there, what was erased since stays erased, nothing is sent again', async () => {
  product = await startProduct(at('first'));
  const counsellor = await enter('conseiller');
  const kept = await counsellor.do('/v1/cases', newCase());
  await counsellor.do(`/v1/cases/${kept.id}/sessions`, newSession({ summary: 'Avant la panne.' }));
  const erased = await counsellor.do('/v1/cases', {
    ...newCase(),
    resident: { firstName: 'Eulalie', lastName: planted, birthYear: 1970, commune: sable },
  });
  const desk = await enter('conseiller', 'la-poste');
  const referral = await counsellor.do(`/v1/cases/${kept.id}/referrals`, newReferral(desk.structureId));
  await come('the mail about a referral', () => Promise.resolve(postman.received.length > 0));

  // People go on while it is made.
  let going = true;
  const acknowledged: string[] = [];
  const working = (async () => {
    while (going) acknowledged.push((await counsellor.do('/v1/cases', newCase())).id);
  })();
  await come('somebody at work', () => Promise.resolve(acknowledged.length > 3));
  const before = [...acknowledged];
  const backup = await run('all/src/backup', ['--to', join(place, 'backups'), '--keep', '3'], at('first'));
  going = false;
  await working;
  expect(backup).toMatchObject({ code: 0, out: expect.stringMatching(/rows of \d+ tables\.\n$/) as string });
  const timeline = await counsellor.get(`/v1/cases/${kept.id}/timeline`);

  const administrator = await enter('administrateur');
  await administrator.do(`/v1/cases/${erased.id}/erasure`, { reason: 'request_of_resident' });
  const late = await counsellor.do('/v1/cases', newCase());
  await desk.do(`/v1/referrals/${referral.id}/accept`);
  const ledger = join(place, 'first', 'anchors', 'erasures.ndjson');
  await come('a line in the ledger', async () => (await readFile(ledger, 'utf8').catch(() => '')).includes(erased.id));
  expect(await readFile(ledger, 'utf8')).not.toContain(planted);
  await product.end('SIGKILL');

  // The disk of the first is gone. The key and the anchors were elsewhere.
  const second = join(place, 'second');
  await cp(join(place, 'first', 'master.key'), join(second, 'master.key'));
  await cp(join(place, 'first', 'anchors'), join(second, 'anchors'), { recursive: true });
  const noted = await readdir(join(second, 'anchors'));

  const tried = await run('all/src/restore', ['--from', join(place, 'backups'), '--try'], at('second'));
  expect(tried).toMatchObject({ code: 0, out: expect.stringContaining('this backup would do') as string });
  expect(await readdir(second)).toEqual(['anchors', 'master.key']);
  expect(await readdir(join(second, 'anchors'))).toEqual(noted);

  const sentBefore = postman.received.length;
  const restored = await run('all/src/restore', ['--from', join(place, 'backups')], at('second'));
  expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('once more: 1 resident') as string });
  const again = await run('all/src/restore', ['--from', join(place, 'backups')], at('second'));
  expect(again).toMatchObject({ code: 1, err: expect.stringContaining('The database is not empty') as string });

  product = await startProduct(at('second'));
  const signedOut = await request(product.baseUrl, 'GET', `/v1/cases/${kept.id}`, {
    headers: { authorization: counsellor.authorization },
  });
  expect(signedOut.status).toBe(401);
  const returned = await enter('conseiller');
  expect((await returned.get(`/v1/cases/${kept.id}/timeline`)).items).toEqual(timeline.items);
  for (const id of before) expect((await returned.get(`/v1/cases/${id}`)).status).toBe('open');
  for (const id of [late.id, erased.id])
    expect((await returned.try('GET', `/v1/cases/${id}`)).status).toBeGreaterThanOrEqual(404);
  expect(await query('second', 'select from stream where id = $1 and key is not null', [erased.id])).toEqual([]);
  expect(await query('second', 'select from piece where stream_id = $1', [erased.id])).toEqual([]);
  const [found] = (await returned.do('/v1/cases/search', { name: planted })).items;
  expect(found).toBeUndefined();

  // The desk's answer was given after it: it is asked anew, and only for what is new a mail leaves.
  const postes = await enter('conseiller', 'la-poste');
  expect((await postes.get(`/v1/referrals/${referral.id}`)).status).toBe('sent');
  expect(postman.received.length).toBe(sentBefore);
  await postes.do(`/v1/referrals/${referral.id}/accept`);
  await come('the mail about the answer', () => Promise.resolve(postman.received.length > sentBefore));
  expect(postman.received.slice(sentBefore).map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/accept/i) as string,
  ]);

  const verified = await run('all/src/verify', [], at('second'));
  expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was altered') as string });
}, 240_000);
