import { today } from '../support/clock';
import { randomUUID } from 'node:crypto';
import { loadSettings } from '@fil-rouge/platform';
import { startSystem, type TestSystem } from '../support/system';
import { Person, request, sable, type Answer, type View } from './driver';

interface Notice extends View {
  title: string;
}

describe('whoever tries what is not theirs', () => {
  let system: TestSystem;
  beforeAll(async () => void (system = await startSystem()));
  afterAll(() => system.stop());

  const enter = (account: string): Promise<Person> => Person.signIn(system.baseUrl, account, system.password);

  describe('passwords, from one address', () => {
    const login = (email: string, password: string, more: object = {}): Promise<Answer> =>
      request(system.baseUrl, 'POST', '/v1/auth/login', { body: { email, password, ...more } });
    const attempts = async () =>
      (await system.database.query<{ count: number }>('select count(*)::int as count from sign_in_attempt'))[0]!.count;
    const journal = async () =>
      (await system.database.query<{ count: number }>('select count(*)::int as count from audit_entry'))[0]!.count;
    /** Uses up the address: ten free attempts for each of so many accounts that are not there. */
    const exhaust = async () => {
      for (let account = 0; account < 11; account++)
        await Promise.all(
          Array.from({ length: 10 }, () => login(`personne${account}@exemple.fr`, 'un mauvais mot de passe')),
        );
    };

    it('keep nobody out who has signed in from there before, and tell nothing of who that is', async () => {
      const colleague = system.account('conseiller', 'la-poste');
      const newcomer = system.account('conseiller', 'afpa');
      expect((await login(colleague, system.password)).status).toBe(200);
      await exhaust();
      expect((await login(newcomer, system.password)).status).toBe(429);
      expect((await login(colleague, system.password)).status).toBe(200);
      // Who passes frees nobody.
      expect((await login(newcomer, system.password)).status).toBe(429);
      const alike = [
        await login(colleague, 'un mauvais mot de passe'),
        await login(newcomer, 'un mauvais mot de passe'),
        await login('personne@exemple.fr', 'un mauvais mot de passe'),
      ];
      expect(new Set(alike.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
        new Set(['429 too-many-requests']),
      );
    });

    it('write nothing once they come too soon', async () => {
      const before = [await attempts(), await journal()];
      expect(before[0]).toBeGreaterThan(20);
      for (let n = 0; n < 20; n++)
        expect((await login(`encore${n}@exemple.fr`, 'un mauvais mot de passe')).status).toBe(429);
      expect([await attempts(), await journal()]).toEqual(before);
    });

    it('for the very account from the very address: a device that has signed in before passes', async () => {
      system.clock.advance({ hours: 2 });
      const target = system.account('responsable', 'la-poste');
      const { device } = (await login(target, system.password)).body as unknown as { device: string };
      for (let n = 0; n < 12; n++) await login(target, 'un mauvais mot de passe');
      expect((await login(target, system.password)).status).toBe(429);
      expect((await login(target, system.password, { device })).status).toBe(200);
      expect((await login(target, system.password)).status).toBe(429);
      // It is nobody else's, and is slowed like everybody.
      expect((await login(system.account('conseiller', 'fal-72'), system.password, { device })).status).toBe(200);
      for (let n = 0; n < 11; n++) await login(target, 'un mauvais mot de passe', { device });
      expect((await login(target, system.password, { device })).status).toBe(429);
    });

    it('leave no more rows than an hour of attempts', async () => {
      system.clock.advance({ hours: 26 });
      for (let n = 0; n < 6; n++) await login(system.account('conseiller', 'fal-72'), system.password);
      expect(await attempts()).toBeLessThan(10);
    });
  });

  describe('names', () => {
    const most = loadSettings({}).duplicateHintsPerDay;
    const resident = (more: object = {}) => ({
      firstName: 'Camille',
      lastName: `Essai${randomUUID().replace(/[^a-f]/g, '')}`,
      birthYear: 1970,
      commune: sable,
      ...more,
    });
    const opening = (who: object, more: object = {}) => ({
      resident: who,
      themes: ['email'],
      informed: { on: today(), how: 'oral' },
      ...more,
    });
    let lead: Person;
    beforeAll(async () => void (lead = await enter(system.account('conseiller'))));

    it('are answered so many times a day; then an opening says nothing, hit or not, and the administrators are told', async () => {
      const asker = await enter(system.account('conseiller', 'afpa'));
      const administrator = await enter(system.account('administrateur'));
      const who = resident();
      await lead.do('/v1/cases', opening(who));
      // What is no hit costs nothing.
      for (let n = 0; n < 3; n++) expect((await asker.post('/v1/cases', opening(resident()))).status).toBe(201);
      for (let n = 0; n < most; n++) expect((await asker.post('/v1/cases', opening(who))).status).toBe(409);
      const shape = ({ status, body }: Answer) => ({ http: status, ...body, traceId: undefined });
      const [hit, miss] = [
        await asker.post('/v1/cases', opening(who)),
        await asker.post('/v1/cases', opening(resident())),
      ];
      expect(hit.status).toBe(429);
      expect(shape(hit)).toEqual(shape(miss));
      expect(hit.headers.get('retry-after')).not.toBeNull();
      expect((await asker.post('/v1/cases', opening(resident(), { confirmNotDuplicate: true }))).status).toBe(201);
      expect((await lead.post('/v1/cases', opening(resident()))).status).toBe(201);
      await system.settle();
      const told = ((await administrator.all('/v1/notifications')) as Notice[]).filter(
        ({ type }) => type === 'ManyDuplicatesFound',
      );
      expect(told.map(({ title }) => title)).toEqual([
        expect.stringMatching(/^Afpa\u00a0: .+ a reçu de nombreux avertissements de doublon en une journée$/),
      ]);
      system.clock.advance({ days: 1 });
      expect((await asker.post('/v1/cases', opening(who))).status).toBe(409);
    });

    it('in a burst are answered no more often', async () => {
      const asker = await enter(system.account('conseiller', 'fal-72'));
      const who = resident();
      await lead.do('/v1/cases', opening(who));
      const answers = await Promise.all(Array.from({ length: most + 15 }, () => asker.post('/v1/cases', opening(who))));
      expect(answers.filter(({ status }) => status === 409).length).toBeLessThanOrEqual(most);
      expect(answers.some(({ status }) => status === 429)).toBe(true);
    });

    it('and numbers do not tell by two requests to join that they are one person', async () => {
      const asker = await enter(system.account('conseiller', 'la-poste'));
      const colleague = await enter(system.account('responsable', 'la-poste'));
      const phone = '0639981234';
      const [known, other] = [resident({ phone }), resident()];
      for (const who of [known, other]) await lead.do('/v1/cases', opening(who));
      const tokenOf = async (by: Person, who: object) =>
        ((await by.post('/v1/cases', opening(who))).body as unknown as { matchToken: string }).matchToken;
      const join = (by: Person, matchToken: string, headers = {}) =>
        by.post('/v1/join-requests', { matchToken, reason: 'Elle vient chez nous.' }, headers);
      const byPhone = await tokenOf(asker, resident({ phone }));
      const [byName, ofOther] = [await tokenOf(asker, known), await tokenOf(asker, other)];
      const first = await join(asker, byPhone);
      expect(first.status).toBe(201);
      const shape = ({ status, body }: Answer) => ({ http: status, ...body, traceId: undefined });
      for (const headers of [{}, { 'idempotency-key': 'k' }]) {
        const [same, another] = [
          await join(asker, byName, headers),
          await join(asker, ofOther, 'idempotency-key' in headers ? { 'idempotency-key': 'l' } : {}),
        ];
        expect(shape(same)).toEqual(shape(another));
        expect(shape(same)).toMatchObject({ http: 409, code: 'open-handover', handoverId: first.body.id });
      }
      // A colleague is not told either that it is the one that was asked for.
      const theirs = await join(colleague, await tokenOf(colleague, known));
      expect([theirs.status, theirs.body.errors[0]!.code, theirs.text.includes(first.body.id)]).toEqual([
        422,
        'cannot-be-asked',
        false,
      ]);
      expect((await asker.post(`/v1/handovers/${first.body.id}/withdraw`)).status).toBe(200);
      expect((await join(asker, ofOther)).status).toBe(201);
    });
  });
});
