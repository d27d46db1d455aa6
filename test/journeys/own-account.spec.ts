import { setTimeout as pause } from 'node:timers/promises';
import { Sealing } from '@fil-rouge/platform';
import { invitationToken, linkToken, type LinkKind } from '@fil-rouge/users';
import { startSystem, type TestSystem } from '../support/system';
import { Person, request, type Answer } from './driver';

const newPassword = 'sept chevaux gris au galop';

describe('one’s own account', () => {
  let system: TestSystem;
  beforeAll(async () => void (system = await startSystem()));
  afterAll(() => system.stop());

  const enter = (account: string, password = system.password): Promise<Person> =>
    Person.signIn(system.baseUrl, account, password);
  const post = (path: string, body: object): Promise<Answer> => request(system.baseUrl, 'POST', path, { body });
  const login = (email: string, password: string): Promise<Answer> => post('/v1/auth/login', { email, password });
  /** `Person` would sign in again. */
  const isIn = async ({ authorization }: Person) =>
    (await request(system.baseUrl, 'GET', '/v1/me', { headers: { authorization } })).status;
  const sealing = () => system.api.get(Sealing, { strict: false });
  const token = (kind: LinkKind, id: string, userId?: string) => linkToken(sealing(), kind, id, userId);
  const forgotten = (email: string) => post('/v1/auth/password-resets', { email });
  /** What the answer does not wait for. */
  async function latestLink(userId: string, count = 1): Promise<string> {
    for (let turn = 0; turn < 500; turn++) {
      const rows = await system.database.query<{ id: string }>(
        `select data->>'resetId' as id from event where stream_id = $1 and type = 'PasswordForgotten' order by seq`,
        [userId],
      );
      if (rows.length >= count) return rows.at(-1)!.id;
      await pause(10);
    }
    throw new Error('No link was made.');
  }

  describe('a forgotten password', () => {
    it('is chosen anew by a link that works once, for an hour, and ends every session', async () => {
      const email = system.account('responsable', 'afpa');
      const person = await enter(email);
      expect((await forgotten(email.toUpperCase())).status).toBe(202);
      const reset = token('password-reset', await latestLink(person.id));
      expect((await post('/v1/auth/invitations/accept', { token: reset, password: newPassword })).status).toBe(422);
      const like = await post('/v1/auth/password-resets/accept', { token: reset, password: email });
      expect([like.status, like.body.errors[0]!.pointer]).toEqual([422, '/password']);
      expect((await post('/v1/auth/password-resets/accept', { token: reset, password: newPassword })).status).toBe(200);
      expect(await isIn(person)).toBe(401);
      expect((await login(email, system.password)).status).toBe(401);
      expect((await login(email, newPassword)).status).toBe(200);
      expect(
        (await post('/v1/auth/password-resets/accept', { token: reset, password: 'encore une autre phrase' })).status,
      ).toBe(422);
      await forgotten(email);
      const late = token('password-reset', await latestLink(person.id, 2));
      system.clock.advance({ minutes: 61 });
      expect(
        (await post('/v1/auth/password-resets/accept', { token: late, password: 'encore une autre phrase' })).status,
      ).toBe(422);
    });

    it('is asked for without learning whether there is such an account, and not endlessly', async () => {
      const email = system.account('conseiller', 'ville-allonnes');
      const { id } = await enter(email);
      const answers = [];
      for (let n = 0; n < 7; n++) {
        answers.push(await forgotten(email), await forgotten('personne@exemple.fr'));
        await latestLink(id, Math.min(n + 1, 5));
      }
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(new Set(['202 ']));
      await pause(200);
      expect(
        await system.database.query('select from event where stream_id = $1 and type = $2', [id, 'PasswordForgotten']),
      ).toHaveLength(5);
      const statuses = [];
      for (let n = 0; n < 8; n++) statuses.push((await forgotten('personne@exemple.fr')).status);
      expect(statuses).toContain(429);
      system.clock.advance({ hours: 1 });
      expect((await forgotten('personne@exemple.fr')).status).toBe(202);
    });
  });

  it('changes its password with the one that was: every other session ends', async () => {
    const email = system.account('conseiller', 'afpa');
    const [here, there] = [await enter(email), await enter(email)];
    const change = (current: string, password: string) => here.post('/v1/me/password', { current, password });
    const wrong = await change('pas le bon', newPassword);
    expect([wrong.status, wrong.body.errors[0]]).toEqual([
      422,
      expect.objectContaining({ pointer: '/current', code: 'wrong' }),
    ]);
    expect((await change(system.password, newPassword)).status).toBe(204);
    expect([await isIn(here), await isIn(there)]).toEqual([200, 401]);
    expect([(await login(email, system.password)).status, (await login(email, newPassword)).status]).toEqual([
      401, 200,
    ]);
    for (let n = 0; n < 18; n++) await change('pas le bon', newPassword);
    expect((await change(newPassword, 'encore une autre phrase')).status).toBe(429);
  });

  it('changes its name, and its e-mail once the new address has confirmed it', async () => {
    const email = system.account('conseiller', 'croix-rouge');
    const person = await enter(email);
    expect((await person.post('/v1/me/corrections', { name: '  Anne   Nouvelle ' })).body).toMatchObject({
      user: { name: 'Anne Nouvelle', email },
    });
    const ask = (to: string, password = system.password) =>
      person.post('/v1/me/email-changes', { email: to, password });
    expect((await ask('anne@exemple.fr', 'pas le bon')).status).toBe(422);
    expect((await ask('premiere@exemple.fr')).status).toBe(202);
    expect((await ask('Anne@Exemple.fr')).status).toBe(202);
    // An address that has an account is answered alike.
    const changes = await system.database.query<{ id: string; new_email: string }>(
      'select id, new_email from email_change where user_id = $1 order by created_at, id',
      [person.id],
    );
    const [first, second] = changes.map(({ id }) => token('email-change', id, person.id));
    const accept = (link: string) => post('/v1/auth/email-changes/accept', { token: link });
    expect((await accept(first!)).status).toBe(422);
    expect((await login(email, system.password)).status).toBe(200);
    expect((await accept(second!)).status).toBe(204);
    expect((await accept(second!)).status).toBe(422);
    expect([
      (await login(email, system.password)).status,
      (await login('anne@exemple.fr', system.password)).status,
    ]).toEqual([401, 200]);
    expect((await ask(system.account('conseiller', 'la-poste'))).status).toBe(202);
    const [taken] = await system.database.query<{ id: string }>(
      'select id from email_change where user_id = $1 order by created_at desc, id desc limit 1',
      [person.id],
    );
    const refused = await accept(token('email-change', taken!.id, person.id));
    expect([refused.status, refused.body.errors[0]!.code]).toEqual([422, 'taken']);
  });

  it('of somebody who works elsewhere already is made like any other, and one password opens both once the mailbox has accepted', async () => {
    const [manager, elsewhere] = await Promise.all([
      enter(system.account('responsable', 'la-poste')),
      enter(system.account('conseiller', 'fal-72')),
    ]);
    const email = system.account('conseiller', 'fal-72');
    const hire = (address: string) =>
      manager.post('/v1/users', {
        name: 'Anne Deux',
        email: address,
        structureId: manager.structureId,
        role: 'counsellor',
      });
    const shape = ({ status, body }: Answer) =>
      JSON.stringify({ http: status, ...body, id: undefined, email: undefined, employments: undefined });
    const [known, unknown] = [await hire(email), await hire('inconnue@exemple.fr')];
    expect(shape(known)).toBe(shape(unknown));
    expect(known.body.id).not.toBe(elsewhere.id);
    // Of its own people a structure may know.
    expect((await hire(email)).body.errors[0]).toMatchObject({ pointer: '/email', code: 'taken' });
    expect((await hire('inconnue@exemple.fr')).status).toBe(422);

    const invitation = async (userId: string) =>
      invitationToken(
        sealing(),
        (
          await system.database.query<{ id: string }>('select id from invitation where user_id = $1 order by id desc', [
            userId,
          ])
        )[0]!.id,
      );
    const link = await invitation(known.body.id);
    expect((await login(email, system.password)).status).toBe(200);
    const another = await post('/v1/auth/invitations/accept', { token: link, password: newPassword });
    expect([another.status, another.body.errors[0]]).toEqual([
      422,
      expect.objectContaining({ pointer: '/password', code: 'present' }),
    ]);
    expect((await post('/v1/auth/invitations/accept', { token: link, password: system.password })).status).toBe(200);
    expect(await isIn(elsewhere)).toBe(200);
    const several = await login(email, system.password);
    expect([several.status, several.body.code]).toEqual([409, 'choose-structure']);
    const inLaPoste = await post('/v1/auth/login', {
      email,
      password: system.password,
      structureId: manager.structureId,
    });
    expect(inLaPoste.body).toMatchObject({
      user: { id: known.body.id, name: 'Anne Deux' },
      structure: { id: manager.structureId },
    });
    // One password for both: a new one is both's.
    await elsewhere.post('/v1/me/password', { current: system.password, password: newPassword });
    expect(
      (await post('/v1/auth/login', { email, password: newPassword, structureId: manager.structureId })).status,
    ).toBe(200);
    expect(
      (await post('/v1/auth/login', { email, password: system.password, structureId: manager.structureId })).status,
    ).toBe(401);
  });

  it('has its acts in the journal', async () => {
    const administrator = await enter(system.account('administrateur'));
    const actions = new Set(
      (await administrator.all('/v1/audit/entries')).map((entry) => (entry as unknown as { action: string }).action),
    );
    for (const action of [
      'PasswordForgotten',
      'password-reset',
      'password-changed',
      'NameCorrected',
      'EmailChangeAsked',
      'EmailChanged',
      'invitation-accepted',
    ])
      expect(actions).toContain(action);
  });
});
