import { TOTP } from 'otpauth';
import { Person, request, type Answer } from '../journeys/driver';
import { rebuild } from '../support/rebuild';
import { startSystem, type TestSystem } from '../support/system';

interface Given {
  secret: string;
  address: string;
  setup: string;
  recoveryCodes: string[];
}

describe('a second factor', () => {
  let system: TestSystem;
  beforeAll(async () => void (system = await startSystem()));
  afterAll(() => system.stop());

  const login = (email: string, more: object = {}): Promise<Answer> =>
    request(system.baseUrl, 'POST', '/v1/auth/login', { body: { email, password: system.password, ...more } });
  const problem = ({ status, body }: Answer) => [
    status,
    body.code,
    ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
  ];
  const given = ({ body }: Answer) => body as unknown as Given;
  const codeOf = (address: string, steps = 0): string => {
    const totp = new TOTP({ secret: new URL(address).searchParams.get('secret')! });
    return totp.generate({ timestamp: Date.parse(system.clock.now()) + steps * 30_000 });
  };
  const next = () => system.clock.advance({ seconds: 30 });
  const enter = (email: string) => Person.signIn(system.baseUrl, email, system.password);

  async function setUp(email: string): Promise<{ person: Person; address: string; codes: string[] }> {
    const person = await enter(email);
    const { address, setup } = given(await person.post('/v1/me/second-factor/setup'));
    const confirmed = await person.post('/v1/me/second-factor/confirm', {
      setup,
      code: codeOf(address),
      password: system.password,
    });
    expect(confirmed.status).toBe(200);
    return { person, address, codes: given(confirmed).recoveryCodes };
  }

  it('is set up with a first code and the password, and asked for from then on', async () => {
    const email = system.account('coordinateur');
    const person = await enter(email);
    const elsewhere = await enter(email);
    expect(await person.get('/v1/me/second-factor')).toMatchObject({
      active: false,
      since: null,
      recoveryCodesLeft: 0,
      missing: false,
    });
    const { secret, address, setup } = given(await person.post('/v1/me/second-factor/setup'));
    expect(address).toMatch(
      new RegExp(
        `^otpauth://totp/Fil%20Rouge:${encodeURIComponent(email)}\\?issuer=Fil%20Rouge&secret=${secret}&algorithm=SHA1&digits=6&period=30$`,
      ),
    );
    const confirm = (more: object) =>
      person.post('/v1/me/second-factor/confirm', { setup, code: codeOf(address), password: system.password, ...more });
    expect(problem(await confirm({ code: codeOf(address, 5) }))).toEqual([422, 'invalid', '/code wrong']);
    expect(problem(await confirm({ password: 'pas le bon mot de passe' }))).toEqual([
      422,
      'invalid',
      '/password wrong',
    ]);
    expect(problem(await confirm({ setup: 'x'.repeat(60) }))).toEqual([422, 'invalid', '/setup expired']);
    expect((await login(email)).status).toBe(200);
    const { recoveryCodes } = given(await confirm({}));
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(problem(await confirm({}))).toEqual([409, 'wrong-state']);
    expect(await person.get('/v1/me/second-factor')).toMatchObject({ active: true, recoveryCodesLeft: 10 });
    const { status } = await request(system.baseUrl, 'GET', '/v1/me', {
      headers: { authorization: elsewhere.authorization },
    });
    expect(status).toBe(401);

    expect(problem(await login(email))).toEqual([401, 'second-factor-required']);
    // Who has not even the password learns nothing of it.
    expect(problem(await login(email, { password: 'pas le bon mot de passe', code: codeOf(address) }))).toEqual([
      401,
      'unauthenticated',
    ]);
    // The one that set it up is used.
    expect(problem(await login(email, { code: codeOf(address) }))).toEqual([
      401,
      'second-factor-required',
      '/code wrong',
    ]);
    next();
    const code = codeOf(address);
    expect((await login(email, { code: `${code.slice(0, 3)} ${code.slice(3)}` })).status).toBe(200);
    expect(problem(await login(email, { code }))).toEqual([401, 'second-factor-required', '/code wrong']);
    // Two of one code at once: one of them.
    next();
    const both = await Promise.all([1, 2].map(() => login(email, { code: codeOf(address) })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401]);
  });

  it('is taken half a minute early or late, and no further off', async () => {
    const email = system.account('conseiller', 'fal-72');
    const { address } = await setUp(email);
    system.clock.advance({ minutes: 5 });
    for (const steps of [-3, -2, 2, 3]) expect((await login(email, { code: codeOf(address, steps) })).status).toBe(401);
    for (const steps of [-1, 0, 1]) expect((await login(email, { code: codeOf(address, steps) })).status).toBe(200);
    // An earlier one than the last taken is gone with it.
    expect((await login(email, { code: codeOf(address) })).status).toBe(401);
  });

  it('is replaced by each of ten recovery codes once, until they are made anew', async () => {
    const email = system.account('conseiller', 'afpa');
    const { codes } = await setUp(email);
    expect((await login(email, { code: codes[0]!.toLowerCase().replaceAll('-', ' ') })).status).toBe(200);
    expect(problem(await login(email, { code: codes[0]! }))).toEqual([401, 'second-factor-required', '/code wrong']);
    const opened = await login(email, { code: codes[1]! });
    const headers = { authorization: `Bearer ${(opened.body as unknown as { accessToken: string }).accessToken}` };
    const post = (path: string, body: object) =>
      request(system.baseUrl, 'POST', `/v1/me/second-factor/${path}`, { headers, body });
    expect(problem(await post('recovery-codes', { password: 'pas le bon mot de passe' }))).toEqual([
      422,
      'invalid',
      '/password wrong',
    ]);
    const { recoveryCodes } = given(await post('recovery-codes', { password: system.password }));
    expect((await login(email, { code: codes[2]! })).status).toBe(401);
    expect((await login(email, { code: recoveryCodes[0]! })).status).toBe(200);

    expect(problem(await post('remove', { password: 'pas le bon mot de passe' }))).toEqual([
      422,
      'invalid',
      '/password wrong',
    ]);
    expect((await post('remove', { password: system.password })).status).toBe(204);
    expect((await login(email)).status).toBe(200);
    expect(problem(await post('remove', { password: system.password }))).toEqual([409, 'wrong-state']);
  });

  it('is not guessed, and who has the telephone is not kept out for long, on a known device not at all', async () => {
    const email = system.account('conseiller', 'la-poste');
    const { address } = await setUp(email);
    next();
    const { device } = (await login(email, { code: codeOf(address) })).body as unknown as { device: string };
    const wrong = async () => (await login(email, { code: codeOf(address, 50) })).status;
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) {
      statuses.push(await wrong());
      system.clock.advance({ seconds: 10 });
    }
    expect(statuses.slice(0, 8)).toEqual(Array(8).fill(401));
    expect(statuses.at(-1)).toBe(429);
    expect((await login(email, { code: codeOf(address) })).status).toBe(429);
    expect((await login(email, { code: codeOf(address), device })).status).toBe(200);
    system.clock.advance({ minutes: 15 });
    expect((await login(email, { code: codeOf(address) })).status).toBe(200);
  });

  it('is taken away by another administrator with a reason; the person is told and the journal says so', async () => {
    const email = system.account('conseiller', 'croix-rouge');
    const { person } = await setUp(email);
    const administrator = await enter(system.account('administrateur'));
    const reset = (by: Person, id: string, body: object = { reason: 'Téléphone perdu.' }) =>
      by.post(`/v1/users/${id}/second-factor/reset`, body);
    expect(problem(await reset(await enter(system.account('responsable', 'croix-rouge')), person.id))).toEqual([
      403,
      'forbidden',
    ]);
    expect(problem(await reset(administrator, person.id, {}))).toEqual([422, 'invalid', '/reason required']);
    expect(problem(await reset(administrator, administrator.id))).toEqual([403, 'forbidden']);
    expect((await reset(administrator, person.id)).status).toBe(204);
    expect(problem(await reset(administrator, person.id))).toEqual([409, 'wrong-state']);
    const again = await enter(email);
    await system.settle();
    expect((await again.all('/v1/notifications')).map(({ type }) => type)).toContain('SecondFactorReset');
    const entries = (await administrator.all('/v1/audit/entries')) as unknown as {
      action: string;
      user: { id: string } | null;
    }[];
    for (const action of ['second-factor.set-up', 'SecondFactorReset'])
      expect(entries.map((one) => one.action)).toContain(action);
    expect(entries.find(({ action }) => action === 'SecondFactorReset')!.user!.id).toBe(administrator.id);
    // Told once more from the log, what was set up since stays.
    const { address } = await setUp(email);
    expect(await rebuild(system.database)).toEqual([]);
    expect(problem(await login(email))).toEqual([401, 'second-factor-required']);
    next();
    expect((await login(email, { code: codeOf(address) })).status).toBe(200);
  });

  it('is kept sealed, its recovery codes hashed', async () => {
    const { address, codes } = await setUp(system.account('responsable', 'la-poste'));
    const rows = await system.database.query<object>(
      'select f::text from second_factor f union all select r::text from recovery_code r',
    );
    const dump = JSON.stringify(rows);
    const secret = new URL(address).searchParams.get('secret')!;
    for (const clear of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      expect(dump).not.toContain(clear);
  });
});

describe('a second factor that is required', () => {
  let system: TestSystem;
  beforeAll(async () => void (system = await startSystem({ env: { SECOND_FACTOR: 'required' } })));
  afterAll(() => system.stop());

  it('leaves those who watch over others nothing to do but set it up; who follows residents goes on', async () => {
    for (const role of ['administrateur', 'auditeur', 'coordinateur']) {
      const person = await Person.signIn(system.baseUrl, system.account(role), system.password);
      expect(await person.get('/v1/me')).toMatchObject({ secondFactorMissing: true });
      const refused = await person.try('GET', '/v1/structures');
      expect([role, refused.status, refused.body.code]).toEqual([role, 403, 'second-factor-missing']);
      const { address, setup } = given(await person.post('/v1/me/second-factor/setup'));
      const code = new TOTP({ secret: new URL(address).searchParams.get('secret')! }).generate({
        timestamp: Date.parse(system.clock.now()),
      });
      expect(
        (await person.post('/v1/me/second-factor/confirm', { setup, code, password: system.password })).status,
      ).toBe(200);
      expect((await person.try('GET', '/v1/structures')).status).toBe(200);
      expect(await person.get('/v1/me')).toMatchObject({ secondFactorMissing: false });
    }
    const counsellor = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
    expect((await counsellor.try('GET', '/v1/cases')).status).toBe(200);
  });
  const given = ({ body }: Answer) => body as unknown as Given;
});
