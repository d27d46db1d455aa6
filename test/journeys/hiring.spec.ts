import { Sealing } from '@fil-rouge/platform';
import { invitationToken } from '@fil-rouge/users';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, Person, request, sable, type Answer, type View } from './driver';

interface Hired extends View {
  employments: { id: string; role: string }[];
}
interface Notice extends View {
  title: string;
  count?: number;
}

describe('who hires for a structure, and who hears of it', () => {
  let system: TestSystem;
  let coordinator: Person;
  let administrator: Person;
  let manager: Person;
  let other: Person;

  const enter = (account: string): Promise<Person> => Person.signIn(system.baseUrl, account, system.password);
  beforeAll(async () => {
    system = await startSystem();
    [coordinator, administrator, manager] = await Promise.all([
      enter(system.account('coordinateur')),
      enter(system.account('administrateur')),
      enter(system.account('responsable', 'la-poste')),
    ]);
    other = await hiredAdministrator();
  });
  afterAll(() => system.stop());

  async function accepted(hired: Answer, password = system.password): Promise<Answer> {
    const [invitation] = await system.database.query<{ id: string }>(
      'select id from invitation where user_id = $1 order by id desc',
      [hired.body.id],
    );
    const token = invitationToken(system.api.get(Sealing, { strict: false }), invitation!.id);
    return request(system.baseUrl, 'POST', '/v1/auth/invitations/accept', { body: { token, password } });
  }
  async function hiredAdministrator(): Promise<Person> {
    const hired = await administrator.post('/v1/users', {
      name: 'Autre Administratrice',
      email: 'autre@exemple.fr',
      structureId: administrator.structureId,
      role: 'administrator',
    });
    expect([hired.status, (await accepted(hired)).status]).toEqual([201, 200]);
    return enter('autre@exemple.fr');
  }
  const hire = (by: Person, structureId: string, role: string, email = 'boite.perso@exemple.fr') =>
    by.post('/v1/users', { name: 'Compte à Soi', email, structureId, role });
  const titles = async (person: Person): Promise<string[]> =>
    ((await person.all('/v1/notifications')) as Notice[]).map(({ title }) => title);
  const declared = async (name: string, by = coordinator): Promise<string> =>
    (await by.do('/v1/structures', { name, typology: 'ASSO', communes: [sable], services: [] })).id;

  it('nobody from outside makes an account in a structure that has a manager, or employs themself', async () => {
    for (const by of [coordinator, administrator]) {
      for (const role of ['manager', 'counsellor']) {
        const refused = await hire(by, manager.structureId, role);
        expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
      }
    }
    const detail = (await hire(coordinator, manager.structureId, 'manager')).body as unknown as { detail: string };
    expect(detail.detail).toBe('This structure has a manager: only its managers hire for it. Ask them.');
    const employ = (by: Person, structureId: string, role: string) =>
      by.post(`/v1/users/${by.id}/employments`, { structureId, role });
    expect((await employ(administrator, manager.structureId, 'manager')).status).toBe(403);
    expect((await employ(administrator, administrator.structureId, 'auditor')).status).toBe(403);
    expect((await employ(manager, manager.structureId, 'counsellor')).status).toBe(403);
    const empty = await declared('Les Souris vertes');
    expect((await employ(administrator, empty, 'manager')).status).toBe(403);
    const { user } = (await coordinator.get('/v1/me')) as unknown as { user: { email: string } };
    expect((await hire(coordinator, empty, 'manager', user.email)).status).toBe(403);
    expect((await hire(coordinator, empty, 'counsellor')).status).toBe(403);
  });

  it('the first manager of a structure is named from outside, once; its people and the other administrators are told', async () => {
    const empty = await declared('Les Lapins bleus');
    const first = await hire(coordinator, empty, 'manager', 'premiere@exemple.fr');
    expect(first.status).toBe(201);
    expect((await hire(administrator, empty, 'manager', 'seconde@exemple.fr')).status).toBe(403);
    await system.settle();
    const title = 'Les Lapins bleus\u00a0: invitation de Compte à Soi comme responsable, par Philippe Maréchal';
    const name = ((await coordinator.get('/v1/me')) as unknown as { user: { name: string } }).user.name;
    expect(await titles(administrator)).toContain(title.replace('Philippe Maréchal', name));
    expect((await titles(coordinator)).some((one) => one.startsWith('Les Lapins bleus'))).toBe(false);
    await accepted(first);
    const premiere = await enter('premiere@exemple.fr');
    expect((await hire(premiere, empty, 'counsellor', 'seconde@exemple.fr')).status).toBe(201);
  });

  it('two who name it at once: one', async () => {
    const empty = await declared('Les Chats gris');
    const answers = await Promise.all([
      hire(coordinator, empty, 'manager', 'une@exemple.fr'),
      hire(administrator, empty, 'manager', 'deux@exemple.fr'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
  });

  it('a mailbox with a role in the network does not become a first manager by the back door', async () => {
    const empty = await declared('Les Hiboux');
    const { user } = (await administrator.get('/v1/me')) as unknown as { user: { email: string } };
    const back = await hire(coordinator, empty, 'manager', user.email);
    // The answer must not say that there is such an account; the mailbox cannot accept.
    expect(back.status).toBe(201);
    expect((await accepted(back)).status).toBe(403);
  });

  it('a role in the network is given by an administrator, and the others are told', async () => {
    await system.settle();
    expect(await titles(administrator)).not.toContainEqual(expect.stringContaining('Autre Administratrice'));
    const given = await administrator.post('/v1/users', {
      name: 'Tierce Administratrice',
      email: 'tierce@exemple.fr',
      structureId: manager.structureId,
      role: 'administrator',
    });
    expect(given.status).toBe(201);
    await system.settle();
    for (const person of [other, manager])
      expect(await titles(person)).toContainEqual(
        expect.stringMatching(/^La Poste\u00a0: rôle dans le réseau confié à Tierce Administratrice par /),
      );
    // Hired by a manager of the structure, who is then the one who agrees.
    expect(
      (
        await manager.post(`/v1/users/${given.body.id}/employments`, {
          structureId: manager.structureId,
          role: 'counsellor',
        })
      ).status,
    ).toBe(201);
    await system.settle();
    expect(await titles(other)).toContainEqual(
      expect.stringContaining('Tierce Administratrice, qui a un rôle dans le réseau, y travaille désormais'),
    );
  });

  it('nobody from outside ends what people do there, but an administrator, with a reason, and it is told', async () => {
    const hired = (await manager.do('/v1/users', {
      name: 'Paul Part',
      email: 'paul@exemple.fr',
      structureId: manager.structureId,
      role: 'counsellor',
    })) as Hired;
    const end = (by: Person, body: object = {}) =>
      by.post(`/v1/users/${hired.id}/employments/${hired.employments[0]!.id}/end`, body);
    expect((await end(coordinator, { reason: 'Parti.' })).status).toBe(403);
    expect((await end(administrator)).body.errors[0]).toMatchObject({ pointer: '/reason', code: 'required' });
    expect((await end(administrator, { reason: 'Ordinateur volé.' })).status).toBe(200);
    await system.settle();
    for (const person of [manager, other])
      expect(await titles(person)).toContainEqual(
        expect.stringMatching(/^La Poste\u00a0: accès de Paul Part retiré par /),
      );
  });

  describe('a structure in which nobody works', () => {
    it('is not listed among those that can be asked, and is refused; the coordinator is told when the last one leaves', async () => {
      const lead = await enter(system.account('conseiller'));
      const listed = async () =>
        (await lead.all(`/v1/structures?acceptsReferrals=true&commune=${sable}`)).map(({ id }) => id);
      const structureId = await declared('Les Renards');
      expect(await listed()).not.toContain(structureId);
      await administrator.do(`/v1/structures/${structureId}/decisions`, {
        status: 'active',
        decidedOn: system.clock.now().slice(0, 10),
      });
      expect(await listed()).not.toContain(structureId);
      const { id: caseId } = await lead.do('/v1/cases', newCase());
      const refused = async () => {
        const referral = await lead.post(
          `/v1/cases/${caseId}/referrals`,
          newReferral(structureId, { needs: ['sante'] }),
        );
        const handover = await lead.post(`/v1/cases/${caseId}/handovers`, {
          kind: 'push',
          toStructureId: structureId,
          note: 'À vous ?',
        });
        return [referral.status, referral.body.code, handover.status, handover.body.code];
      };
      expect(await refused()).toEqual([422, 'recipient-unavailable', 422, 'recipient-unavailable']);
      const until = new Date(Date.parse(system.clock.now()) + 3 * 86_400_000).toISOString().slice(0, 10);
      const hired = await coordinator.post('/v1/users', {
        name: 'Rose Renard',
        email: 'rose@exemple.fr',
        structureId,
        role: 'manager',
        until,
      });
      expect(hired.status).toBe(201);
      expect(await listed()).toContain(structureId);
      expect((await lead.post(`/v1/cases/${caseId}/referrals`, newReferral(structureId))).body.status).toBe('sent');
      // By its date, and nobody has done anything.
      system.clock.advance({ days: 4 });
      await system.settle();
      const [notice] = ((await coordinator.all('/v1/notifications')) as Notice[]).filter(
        ({ type }) => type === 'StructureEmptied',
      );
      expect(notice).toMatchObject({
        title: 'Les Renards\u00a0: plus personne n’y travaille, un suivi l’attend',
        count: 1,
      });
      expect(await listed()).not.toContain(structureId);
      expect(await refused()).toEqual([422, 'recipient-unavailable', 422, 'recipient-unavailable']);
    });
  });

  describe('the sheet of a structure', () => {
    it('is offered in part, the capacity by a counsellor too', async () => {
      const counsellor = await enter(system.account('conseiller', 'la-poste'));
      const put = (by: Person, body: object) => by.try('PUT', `/v1/structures/${manager.structureId}/offer`, { body });
      const before = await manager.get(`/v1/structures/${manager.structureId}`);
      const changed = await put(counsellor, { capacity: 'full' });
      expect([changed.status, changed.body]).toEqual([
        200,
        expect.objectContaining({ capacity: 'full', communes: before.communes, acceptsReferrals: true }),
      ]);
      expect((await put(counsellor, { acceptsReferrals: false })).status).toBe(403);
      expect((await put(counsellor, { capacity: 'open', services: [] })).status).toBe(403);
      expect((await put(manager, { acceptsReferrals: true, capacity: 'open' })).status).toBe(200);
      expect((await put(manager, {})).status).toBe(200);
    });

    it('says how much room there is in one click: once, by its own people, and not over somebody else’s change', async () => {
      const counsellor = await enter(system.account('conseiller', 'la-poste'));
      const path = `/v1/structures/${manager.structureId}`;
      const put = (by: Person, capacity: unknown, ifMatch?: string) =>
        by.try('PUT', `${path}/capacity`, { body: { capacity }, headers: ifMatch ? { 'if-match': ifMatch } : {} });
      const read = await manager.try('GET', path);
      const etag = read.headers.get('etag')!;
      const full = await put(counsellor, 'full', etag);
      expect([full.status, full.body]).toEqual([
        200,
        { ...read.body, capacity: 'full', version: read.body.version + 1 },
      ]);
      expect(full.headers.get('etag')).not.toBe(etag);
      expect((await put(manager, 'waiting_list', etag)).status).toBe(412);
      // The same again writes nothing.
      expect((await put(manager, 'full')).body.version).toBe(full.body.version);
      for (const by of [coordinator, administrator, await enter(system.account('responsable', 'afpa'))])
        expect((await put(by, 'open')).status).toBe(403);
      for (const wrong of [undefined, null, 'OPEN', ['open'], 1]) expect((await put(manager, wrong)).status).toBe(422);
      const both = await Promise.all([put(manager, 'waiting_list'), put(counsellor, 'open')]);
      expect(both.map(({ status }) => status)).toEqual([200, 200]);
      const events = await system.database.query<{ type: string }>(
        `select type from event where stream_id = $1 order by seq desc limit 3`,
        [manager.structureId],
      );
      expect(events.map(({ type }) => type)).toEqual(['OfferChanged', 'OfferChanged', 'OfferChanged']);
      await put(manager, 'open');
    });

    it('is corrected by whoever declared it until it has a manager; the same name or SIRET is told, not refused', async () => {
      const id = await declared('Croix Rouge Francaise');
      const warned = (await coordinator.do(`/v1/structures/${id}/corrections`, {
        name: 'croix-rouge française',
      })) as unknown as { warnings: { code: string; structure: { name: string } }[] };
      expect(warned.warnings.map(({ code, structure }) => [code, structure.name])).toEqual([
        ['same-name', 'Croix-Rouge française'],
      ]);
      const siret = '13002526500013';
      expect(
        await coordinator.do(`/v1/structures/${id}/corrections`, { name: 'Les Loutres', siret }),
      ).not.toHaveProperty('warnings');
      const twin = (await administrator.do('/v1/structures', {
        name: 'Autre chose',
        typology: 'ASSO',
        siret,
        communes: [],
        services: [],
      })) as unknown as { warnings: object[] };
      expect(twin.warnings).toEqual([{ code: 'same-siret', structure: { id, name: 'Les Loutres' } }]);
      // A Cyrillic а in a Latin word, and nobody of that name yet.
      const mixed = await coordinator.do(`/v1/structures/${id}/corrections`, { name: 'Les Loutres du Mаns' });
      expect((mixed as unknown as { warnings: object[] }).warnings).toContainEqual({
        code: 'mixed-alphabets',
        structure: { id, name: 'Les Loutres du Mаns' },
      });
      expect(
        JSON.stringify(await coordinator.do(`/v1/structures/${id}/corrections`, { name: 'Les Loutres' })),
      ).not.toContain('mixed-alphabets');
      const correct = (by: Person) => by.post(`/v1/structures/${id}/corrections`, { name: 'Les Loutres du Loir' });
      expect((await correct(manager)).status).toBe(403);
      await hire(coordinator, id, 'manager', 'loutre@exemple.fr');
      expect((await correct(coordinator)).status).toBe(403);
      expect((await correct(administrator)).body.name).toBe('Les Loutres du Loir');
    });
  });
});
