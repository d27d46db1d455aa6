/** How a structure receives: its places with their hours, its leaflet, and who hears of a referral first where nobody was chosen. */
import { addCalendarDays, localDateOf, weekdayOf } from '@fil-rouge/kernel';
import { startSystem, type TestSystem } from '../support/system';
import { rebuild } from '../support/rebuild';
import { newCase, newReferral, Person, type View } from './driver';

interface Detail extends View {
  leaflet?: object;
  reception: (View & { openings?: object[] })[];
}
interface Duty extends View {
  default: { id: string } | null;
  today: { id: string; name: string } | null;
  rota: { weekday: string; person: { id: string } }[];
}

let system: TestSystem;
let lead: Person,
  manager: Person,
  post: Person,
  second: Person,
  coordinator: Person,
  administrator: Person,
  auditor: Person;

beforeAll(async () => {
  system = await startSystem();
  const enter = (account: string) => Person.signIn(system.baseUrl, `${account}.demo`, system.password);
  [lead, manager, post, second, coordinator, administrator, auditor] = (await Promise.all(
    [
      'conseiller@la-poste',
      'responsable@departement-sarthe',
      'conseiller@departement-sarthe',
      'conseiller.pays-sabolien@departement-sarthe',
      'coordinateur@departement-sarthe',
      'administrateur@departement-sarthe',
      'auditeur@departement-sarthe',
    ].map(enter),
  )) as [Person, Person, Person, Person, Person, Person, Person];
});
afterAll(() => system.stop());

const path = () => `/v1/structures/${manager.structureId}`;
const put = (by: Person, what: string, body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  by.try('PUT', `${path()}/${what}`, { body, headers });
const refusal = async (answer: ReturnType<Person['try']>) => {
  const { status, body } = await answer;
  return [status, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
};
const desk = (more: object = {}) => ({
  name: 'Bureau du Mans',
  street: '13 place de la République',
  postalCode: '72000',
  commune: '72181',
  ...more,
});
const detail = async (by: Person) => (await by.get(path())) as Detail;

describe('a place where it receives', () => {
  it('says when it is open and how it is called, in the directory too; and nothing once it has closed', async () => {
    const place = (await manager.do(
      '/v1/places',
      desk({
        phone: '3631',
        openings: [
          { weekday: 'tuesday', from: '14:00', to: '17:00' },
          { weekday: 'monday', from: '14:00', to: '17:00' },
          { weekday: 'monday', from: '09:00', to: '12:00' },
        ],
        openingsNote: 'Fermé en août.',
      }),
    )) as Detail['reception'][number];
    const said = {
      phone: '3631',
      openings: [
        { weekday: 'monday', from: '09:00', to: '12:00' },
        { weekday: 'monday', from: '14:00', to: '17:00' },
        { weekday: 'tuesday', from: '14:00', to: '17:00' },
      ],
      openingsNote: 'Fermé en août.',
    };
    expect(place).toMatchObject(said);
    for (const by of [lead, coordinator, auditor]) {
      const [shown] = (await detail(by)).reception;
      expect(shown).toEqual({ ...desk(), ...said, id: place.id, communeName: 'Le Mans' });
    }
    const { id } = await manager.do('/v1/places', desk({ name: 'Autre bureau' }));
    expect((await detail(lead)).reception.map(({ name }) => name)).toEqual(['Autre bureau', 'Bureau du Mans']);
    const less = await manager.do(`/v1/places/${place.id}/corrections`, { openings: [], phone: null });
    for (const gone of ['openings', 'phone']) expect(less).not.toHaveProperty(gone);
    expect(less).toMatchObject({ openingsNote: 'Fermé en août.' });
    await manager.do(`/v1/places/${id}/close`);
    expect((await detail(lead)).reception.map(({ name }) => name)).toEqual(['Bureau du Mans']);
  });

  it.each<[object, string]>([
    [{ openings: [{ weekday: 'monday', from: '12:00', to: '09:00' }] }, '/openings/0/to order'],
    [
      {
        openings: [
          { weekday: 'monday', from: '09:00', to: '12:00' },
          { weekday: 'monday', from: '11:59', to: '13:00' },
        ],
      },
      '/openings/0 overlap',
    ],
    [{ openings: [{ weekday: 'lundi', from: '09:00', to: '12:00' }] }, '/openings/0/weekday'],
    [{ openings: [{ weekday: 'monday', from: '9:00', to: '24:00' }] }, '/openings/0/from'],
    [{ openings: [null] }, '/openings'],
    [{ openings: 'Mo' }, '/openings'],
    [{ phone: 'Madame Dupont' }, '/phone'],
  ])('%j is refused where it stands: %s', async (more, where) => {
    const [status, first] = await refusal(manager.post('/v1/places', desk(more)));
    expect([status, String(first).startsWith(where)]).toEqual([422, true]);
  });
});

describe('the leaflet', () => {
  it('is its managers’ to write, everybody’s to read, and replaced as a whole', async () => {
    const leaflet = { purpose: 'Aide aux démarches.', bring: 'Une pièce d’identité.', coming: 'Tram T1.' };
    const first = await put(manager, 'leaflet', leaflet);
    expect([first.status, (first.body as Detail).leaflet]).toEqual([200, leaflet]);
    expect((await detail(auditor)).leaflet).toEqual(leaflet);
    expect((await put(manager, 'leaflet', leaflet)).body.version).toBe(first.body.version);
    for (const by of [post, lead, coordinator, administrator])
      expect((await put(by, 'leaflet', leaflet)).status).toBe(403);
    expect((await put(manager, 'leaflet', { purpose: 'Autre.' }, { 'if-match': '"1"' })).status).toBe(412);
    expect(((await put(manager, 'leaflet', { purpose: 'Aide.' })).body as Detail).leaflet).toEqual({
      purpose: 'Aide.',
    });
    expect((await put(manager, 'leaflet', {})).body).not.toHaveProperty('leaflet');
    expect(await refusal(put(manager, 'leaflet', { purpose: '', bring: null }))).toEqual([
      422,
      expect.stringMatching('/purpose'),
      expect.stringMatching('/bring'),
    ]);
  });
});

describe('who answers', () => {
  const weekday = () => weekdayOf(localDateOf(system.clock.now()));
  const duty = async (by: Person) => (await by.get(`${path()}/contacts`)) as Duty;
  const refer = async (more: Record<string, unknown> = {}) => {
    const { id: caseId } = await lead.do('/v1/cases', newCase());
    return (await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(post.structureId, more))).id;
  };
  const told = async (who: Person, referralId: string): Promise<number> =>
    (await who.all('/v1/notifications')).filter(
      (one) => (one as unknown as { referralId?: string }).referralId === referralId,
    ).length;
  const tasks = async (who: Person, referralId: string) =>
    (await who.all('/v1/tasks?mine=true')).filter(
      (task) => (task as unknown as { referralId?: string }).referralId === referralId,
    ).length;

  it('is said by its managers, of people who work there, and read by whoever may know who does', async () => {
    const body = { defaultId: post.id, rota: [{ weekday: weekday(), userId: second.id }] };
    expect(await duty(post)).toMatchObject({ default: null, rota: [], today: null });
    for (const by of [post, lead, administrator]) expect((await put(by, 'contacts', body)).status).toBe(403);
    const { status, body: named } = await put(manager, 'contacts', body);
    expect([status, named]).toEqual([
      200,
      expect.objectContaining({
        default: expect.objectContaining({ id: post.id }) as object,
        today: expect.objectContaining({ id: second.id }) as object,
      }),
    ]);
    for (const by of [coordinator, administrator, post]) expect((await duty(by)).today?.id).toBe(second.id);
    expect((await lead.try('GET', `${path()}/contacts`)).status).toBe(403);
    expect(JSON.stringify(await detail(lead))).not.toContain(post.id);
    expect(await refusal(put(manager, 'contacts', { defaultId: lead.id }))).toEqual([422, '/defaultId not-employed']);
    expect(await refusal(put(manager, 'contacts', { rota: [{ weekday: 'monday', userId: lead.id }] }))).toEqual([
      422,
      '/rota/0/userId not-employed',
    ]);
    expect(
      await refusal(
        put(manager, 'contacts', { rota: ['monday', 'monday'].map((day) => ({ weekday: day, userId: post.id })) }),
      ),
    ).toEqual([422, '/rota/0/weekday twice'].toSpliced(1, 1, '/rota/1/weekday twice'));
    expect((await manager.try('GET', '/v1/structures/00000000-0000-7000-8000-000000009999/contacts')).status).toBe(404);
  });

  it('hears first of a referral for which nobody is chosen; it is theirs to answer, and accepted it is theirs', async () => {
    const referral = await refer();
    await system.settle();
    expect([await told(second, referral), await told(post, referral), await told(manager, referral)]).toEqual([
      1, 0, 0,
    ]);
    expect([await tasks(second, referral), await tasks(post, referral), await tasks(manager, referral)]).toEqual([
      1, 0, 0,
    ]);
    // A colleague accepts it and names nobody: whoever answers that day is told that it is theirs.
    const accepted = (await post.do(`/v1/referrals/${referral}/accept`)) as View & { contactPerson?: { id: string } };
    expect(accepted.contactPerson?.id).toBe(second.id);
    await system.settle();
    expect([await told(second, referral), await tasks(second, referral)]).toEqual([2, 1]);
  });

  it('is another one tomorrow, and who was chosen all the same is', async () => {
    system.clock.advance({ days: 1 });
    expect((await duty(post)).today?.id).toBe(post.id);
    const [one, other] = [await refer(), await refer()];
    await system.settle();
    expect([await told(post, one), await told(second, one)]).toEqual([1, 0]);
    const accepted = (await post.do(`/v1/referrals/${other}/accept`, { contactUserId: second.id })) as View & {
      contactPerson?: { id: string };
    };
    expect(accepted.contactPerson?.id).toBe(second.id);
  });

  it('who leaves is passed over: the managers hear of it, and nobody is named', async () => {
    await put(manager, 'contacts', { defaultId: second.id });
    const { employments } = (await manager.get(`/v1/users/${second.id}`)) as unknown as { employments: View[] };
    const ended = await manager.try('POST', `/v1/users/${second.id}/employments/${employments[0]!.id}/end`, {
      body: { until: localDateOf(system.clock.now()), reason: 'Fin de contrat.' },
    });
    expect(ended.status).toBe(200);
    system.clock.set(`${addCalendarDays(localDateOf(system.clock.now()), 1)}T09:00:00.000Z`);
    await system.settle();
    expect((await duty(manager)).today).toBeNull();
    const referral = await refer();
    await system.settle();
    expect([await told(manager, referral), await tasks(manager, referral)]).toEqual([1, 1]);
    const accepted = (await post.do(`/v1/referrals/${referral}/accept`)) as View & { contactPerson?: { id: string } };
    expect(accepted.contactPerson ?? null).toBeNull();
  });

  it('nothing of it is lost by a rebuild', async () => {
    const rows = () =>
      Promise.all(
        ['structure_leaflet', 'structure_contacts', 'place'].map((table) =>
          system.database.query(`select * from ${table} order by id`),
        ),
      );
    const before = await rows();
    expect(await rebuild(system.database)).toEqual([]);
    expect(await rows()).toEqual(before);
  });
});
