/** Who has the api's login and somebody's password as well, and not the telephone. */
import { createHash, randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { TOTP } from 'otpauth';
import { request } from '../journeys/driver';
import { steal, tokenOf, type Theft } from './stolen-login.stage';

let theft: Theft;
let email: string;
let address: string;
let known: Record<string, unknown>;
const token = randomBytes(32);
const tokenHash = createHash('sha256').update(token.toString('base64url')).digest('hex');

const call = async (name: string, p: object): Promise<unknown> =>
  (await theft.ask<{ answer: unknown }>(`select ${name}($1) as answer`, [JSON.stringify(p)]))[0]!.answer;
const isIn = async () =>
  (
    await request(theft.system.baseUrl, 'GET', '/v1/me', {
      headers: { authorization: `Bearer ${token.toString('base64url')}` },
    })
  ).status;

beforeAll(async () => {
  theft = await steal();
  const { lead, system } = theft;
  email = system.account('conseiller');
  const begun = (await lead.post('/v1/me/second-factor/setup')).body as unknown as { address: string; setup: string };
  ({ address } = begun);
  const code = new TOTP({ secret: new URL(address).searchParams.get('secret')! }).generate({
    timestamp: Date.parse(system.clock.now()),
  });
  expect(
    (await lead.post('/v1/me/second-factor/confirm', { setup: begun.setup, code, password: system.password })).status,
  ).toBe(200);
  const now = system.clock.now();
  const { person } = (await call('attempt_sign_in', { email, address: '192.0.2.1', now })) as {
    person: { userId: string; salt: string; employments: { id: string; structureId: string }[] };
  };
  const [, , , costs, salt] = person.salt.split('$');
  const [memoryCost, timeCost, parallelism] = costs!.match(/\d+/g)!.map(Number);
  const proof = await hash(system.password, {
    algorithm: 2,
    ...{ memoryCost: memoryCost!, timeCost: timeCost!, parallelism: parallelism! },
    salt: Buffer.from(salt!, 'base64'),
  });
  known = {
    ...{ email, address: '192.0.2.1', now, tokenHash, userId: person.userId, proofs: [proof] },
    employmentId: person.employments[0]!.id,
    structureId: person.employments[0]!.structureId,
    expiresAt: new Date(Date.parse(now) + 3_600_000).toISOString(),
    trace: 'a theft',
  };
});
afterAll(() => theft.stop());

it('has the password, and is given a box that it cannot open', async () => {
  expect(await call('proves_password', known)).toBe(true);
  const answer = await call('enter_session', known);
  expect(answer).toEqual({ box: expect.any(String) as string, of: theft.lead.id });
  const secret = new URL(address).searchParams.get('secret')!;
  const { box } = answer as { box: string };
  expect(Buffer.from(box, 'base64url').toString('latin1')).not.toContain(secret);
  expect(await isIn()).toBe(401);
});

it('does not come in by whatever it shows for a code, nor by the way of the version before', async () => {
  const [row] = await theft.system.database.query<{ proof: string; step: string; codes: string[] }>(
    `select encode(proof_hash, 'hex') as proof, last_step as step, (select array_agg(encode(hash, 'hex')) from recovery_code) as codes from second_factor`,
  );
  const step = Number(row!.step) + 10;
  // What a copy of the tables tells, too.
  for (const code of [
    { proof: row!.proof, step },
    { proof: randomBytes(32).toString('hex'), step },
    { proof: '', step },
    { step },
    { recovery: row!.codes[0] },
    { recovery: '' },
    {},
    [],
    'code',
    true,
    null,
  ]) {
    await call('enter_session', { ...known, code });
    expect([code, await isIn()]).toEqual([code, 401]);
  }
  expect(await call('open_session', { ...known, code: {} })).toBe(false);
  // Another address changes nothing: whose factor it is follows from the account.
  await call('enter_session', { ...known, email: 'personne@exemple.fr' });
  expect(await isIn()).toBe(401);
});

it('neither takes it away nor puts its own in its place without a token of the person', async () => {
  const mine = { box: 'x', proofHash: '00', step: 1, codes: [] };
  // With a token of somebody else it is theirs.
  expect(await call('change_second_factor', { ...known, token: tokenOf(theft.elsewhere) })).toBe('absent');
  for (const more of [{}, { token: tokenHash }]) {
    expect(await call('change_second_factor', { ...known, ...more })).toBe('wrong');
    expect(await call('set_up_second_factor', { ...known, ...mine, ...more })).toBe('wrong');
  }
  for (const name of ['erase_second_factor', 'forget_second_factor', 'factor_of', 'keep_recovery_codes'])
    await expect(theft.ask(`select ${name}(null)`)).rejects.toThrow(/permission denied|does not exist/);
  expect(await call('enter_session', known)).toMatchObject({ of: theft.lead.id });
});
