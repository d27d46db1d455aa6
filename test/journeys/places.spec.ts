/** Where a structure receives: its managers keep the list, whoever reads it finds the usual places first, and a session says where it was. */
import { rebuild } from '../support/rebuild';
import { newCase, newSession, Person, type View } from './driver';
import { colleague as manager, coordinator, everybody, lead, open, recipient, system } from './entered-in-error-story';
import { timeline } from './merge-story';

interface Place extends View {
  commune: string;
  usual: boolean;
  street: string;
  complement?: string;
  closedOn?: string;
  structure: { id: string };
}

const library = (more: object = {}) => ({
  name: 'Médiathèque de Sablé',
  street: '1 place de la République',
  postalCode: '72300',
  commune: '72264',
  ...more,
});
const add = async (more: object = {}, by: Person = manager): Promise<Place> =>
  (await by.do('/v1/places', library(more))) as Place;
const refused = async (answer: ReturnType<Person['post']>) => {
  const { status, body } = await answer;
  return [status, body.code, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
};
const record = (by: Person, caseId: string, more: object) =>
  by.post(`/v1/cases/${caseId}/sessions`, newSession({ commune: undefined, ...more }));

everybody();

it('is kept by the managers of its structure, and read by everybody', async () => {
  const place = await add({
    complement: 'Rez-de-chaussée',
    latitude: 47.84,
    longitude: -0.33,
    hours: 'Mo-Fr 09:00-12:00',
  });
  expect(place).toMatchObject({
    version: 1,
    status: 'open',
    name: 'Médiathèque de Sablé',
    postalCode: '72300',
    commune: '72264',
    communeName: 'Sablé-sur-Sarthe',
    latitude: 47.84,
    structure: { id: manager.structureId },
    usual: false,
  });
  const path = `/v1/places/${place.id}`;
  for (const by of [lead, coordinator]) {
    expect(await refused(by.post('/v1/places', library()))).toEqual([403, 'forbidden']);
    for (const verb of ['corrections', 'close', 'reopen'])
      expect(await refused(by.post(`${path}/${verb}`))).toEqual([403, 'forbidden']);
  }
  expect((await recipient.get(path)).name).toBe('Médiathèque de Sablé');
  const listed = async (by: Person, query = '') => (await by.all(`/v1/places${query}`)).map(({ id }) => id);
  expect(await listed(lead)).toContain(place.id);
  expect(await listed(recipient)).not.toContain(place.id);
  expect(await listed(coordinator)).toEqual([]);
  expect(await listed(coordinator, `?structureId=${manager.structureId}`)).toContain(place.id);

  const corrected = await manager.post(`${path}/corrections`, { complement: null, street: '2 place de la République' });
  expect([corrected.headers.get('etag'), corrected.body]).toEqual([
    '"2"',
    expect.objectContaining({ street: '2 place de la République', version: 2 }),
  ]);
  expect(corrected.body).not.toHaveProperty('complement');
  expect((await manager.do(`${path}/corrections`, { street: '2 place de la République' })).version).toBe(2);
  expect(await refused(manager.post(`${path}/corrections`, { name: 'Autre' }, { 'if-match': '"1"' }))).toEqual([
    412,
    'stale',
  ]);
});

it('of another structure is not its manager’s to change', async () => {
  const place = await add();
  const theirs = await Person.signIn(system.baseUrl, system.account('responsable', 'la-poste'), system.password);
  expect(await refused(theirs.post(`/v1/places/${place.id}/close`))).toEqual([403, 'forbidden']);
});

it.each<[object, string]>([
  [{ postalCode: '7230' }, '/postalCode'],
  [{ commune: '00000' }, '/commune'],
  [{ latitude: 47 }, '/longitude required'],
  [{ latitude: 147, longitude: 0 }, '/latitude'],
  [{ name: '…' }, '/name'],
  [{ telephone: '0243' }, '/telephone'],
])('%j is refused where it stands: %s', async (more, where) => {
  const [status, code, first] = await refused(manager.post('/v1/places', library(more)));
  expect([status, code, String(first).startsWith(where)]).toEqual([422, 'invalid', true]);
});

it('closes once, of two who do at the same moment; and opens again', async () => {
  const { id } = await add({ name: 'Mairie annexe' });
  const both = await Promise.all([1, 2].map(() => manager.post(`/v1/places/${id}/close`)));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const listed = async (query = '') => (await lead.all(`/v1/places${query}`)).map((place) => place.id);
  expect(await listed()).not.toContain(id);
  expect(await listed('?status=closed')).toContain(id);
  expect(await manager.do(`/v1/places/${id}/reopen`)).toMatchObject({ status: 'open' });
  expect(await refused(manager.post(`/v1/places/${id}/reopen`))).toEqual([409, 'wrong-state']);
});

describe('a session', () => {
  it('names a place of its own structure: its commune is the place’s, and it keeps the name the place had', async () => {
    const [id, place] = [await open(), await add({ name: 'Médiathèque', commune: '72154', postalCode: '72200' })];
    const { status, body } = await record(lead, id, { placeId: place.id });
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({
        placeId: place.id,
        placeName: 'Médiathèque',
        commune: '72154',
        place: 'lieu_activite',
      }),
    ]);
    await manager.do(`/v1/places/${place.id}/corrections`, { name: 'Médiathèque Paul-Scarron' });
    await manager.do(`/v1/places/${place.id}/close`);
    await lead.do(`/v1/cases/${id}/sessions/${body.id}/corrections`, { minutes: 30 });
    expect(await lead.get(`/v1/cases/${id}/sessions/${body.id}`)).toMatchObject({
      placeName: 'Médiathèque',
      minutes: 30,
      versions: [{ placeName: 'Médiathèque' }],
    });
    expect((await timeline(lead, id)).find(({ type }) => type === 'SessionRecorded')).toMatchObject({
      data: { placeId: place.id, placeName: 'Médiathèque' },
    });
    const [line] = await lead.all(`/v1/sessions?placeId=${place.id}`);
    expect(line).toMatchObject({ id: body.id, placeId: place.id, placeName: 'Médiathèque Paul-Scarron' });
    // It goes to the right person as it was, although the place has closed since.
    const right = await open();
    system.clock.advance({ days: 1 });
    const moved = await lead.do(`/v1/cases/${id}/sessions/${body.id}/move`, { toCaseId: right, reason: 'Homonyme.' });
    expect(moved).toMatchObject({ placeId: place.id, placeName: 'Médiathèque' });
  });

  it('names neither another structure’s place nor one that is not there, and learns no difference; nor one where it cannot have been', async () => {
    const [id, place] = [await open(), await add()];
    const theirs = await recipient.do('/v1/cases', newCase());
    const at = (by: Person, caseId: string, more: object) =>
      refused(record(by, caseId, { placeId: place.id, ...more }));
    expect(await at(recipient, theirs.id, {})).toEqual([422, 'invalid', '/placeId unknown']);
    expect(await at(lead, id, { placeId: id })).toEqual([422, 'invalid', '/placeId unknown']);
    expect(await at(lead, id, { placeId: 'ici' })).toEqual([422, 'invalid', '/placeId id']);
    expect(await at(lead, id, { place: 'domicile' })).toEqual([422, 'invalid', '/placeId elsewhere']);
    expect(await at(lead, id, { commune: '72154' })).toEqual([422, 'invalid', '/commune elsewhere']);
    await manager.do(`/v1/places/${place.id}/close`);
    system.clock.advance({ days: 2 });
    expect(await at(lead, id, { date: system.clock.now().slice(0, 10) })).toEqual([422, 'invalid', '/placeId closed']);
    // What was done before it closed is recorded late.
    expect((await record(lead, id, { placeId: place.id })).status).toBe(201);
  });

  it('is corrected to another place, and to none', async () => {
    const id = await open();
    const [one, other] = [
      await add({ name: 'Une' }),
      await add({ name: 'Autre', commune: '72154', postalCode: '72200' }),
    ];
    const { body } = await record(lead, id, { placeId: one.id });
    const path = `/v1/cases/${id}/sessions/${body.id}/corrections`;
    expect(await lead.do(path, { placeId: other.id })).toMatchObject({ placeName: 'Autre', commune: '72154' });
    expect(await refused(lead.post(path, { place: 'domicile' }))).toEqual([422, 'invalid', '/placeId elsewhere']);
    expect(await refused(lead.post(path, { commune: '72264' }))).toEqual([422, 'invalid', '/commune elsewhere']);
    const none = await lead.do(path, { placeId: null, place: 'domicile', commune: null });
    for (const gone of ['placeId', 'placeName', 'commune']) expect(none).not.toHaveProperty(gone);
  });
});

it('is found first where it is used most, by who asks', async () => {
  const id = await open();
  const [rare, often] = [await add({ name: 'Aaa rare' }), await add({ name: 'Zzz souvent' })];
  const on = system.clock.now().slice(0, 10);
  for (let count = 0; count < 5; count++) await record(manager, id, { placeId: often.id, date: on });
  for (let count = 0; count < 4; count++) await record(manager, id, { placeId: rare.id, date: on });
  const first = async (by: Person) =>
    (await by.all('/v1/places', 2)).map((place) => [place.name, (place as Place).usual]);
  expect((await first(manager)).slice(0, 2)).toEqual([
    ['Zzz souvent', true],
    ['Aaa rare', true],
  ]);
  expect((await first(lead))[0]).not.toEqual(['Zzz souvent', true]);
  expect(new Set((await first(lead)).map(([name]) => name)).size).toBeGreaterThan(3);
});

it('nothing of it is lost by a rebuild', async () => {
  const rows = () =>
    Promise.all(
      ['select * from place order by id', 'select id, place_id, commune from session_entry order by id'].map((sql) =>
        system.database.query(sql),
      ),
    );
  const before = await rows();
  expect(await rebuild(system.database)).toEqual([]);
  expect(await rows()).toEqual(before);
});

it('is named by a workshop too, and stands on the case of everybody who came', async () => {
  const [place, other] = [await add(), await add({ name: 'Salle des fêtes', commune: '72154', postalCode: '72200' })];
  const caseId = await open();
  const workshop = {
    ...{ title: 'Premiers pas', date: '2026-11-20', minutes: 90, place: 'lieu_activite', themes: ['email'] },
    ...{ participants: [{ caseId }], anonymous: { total: 0 } },
  };
  const foreign = await add(
    {},
    await Person.signIn(system.baseUrl, system.account('responsable', 'la-poste'), system.password),
  );
  expect(await refused(lead.post('/v1/workshops', { ...workshop, placeId: foreign.id }))).toEqual([
    422,
    'invalid',
    '/placeId unknown',
  ]);
  expect(await refused(lead.post('/v1/workshops', { ...workshop, place: 'domicile', placeId: place.id }))).toEqual([
    422,
    'invalid',
    '/placeId elsewhere',
  ]);
  const held = await lead.do('/v1/workshops', { ...workshop, placeId: place.id });
  const named = { placeId: place.id, placeName: 'Médiathèque de Sablé', commune: '72264' };
  expect(held).toMatchObject(named);
  expect((await timeline(lead, caseId)).at(-1)).toMatchObject({ type: 'WorkshopAttended', data: named });
  const moved = { placeId: other.id, placeName: 'Salle des fêtes', commune: '72154' };
  expect(await lead.do(`/v1/workshops/${held.id}/corrections`, { placeId: other.id })).toMatchObject({
    ...moved,
    versions: [named],
  });
  expect((await timeline(lead, caseId)).at(-1)).toMatchObject({ type: 'AttendanceCorrected', data: moved });
  const { items } = await lead.get('/v1/workshops');
  expect(items.find(({ id }) => id === held.id)).toMatchObject(moved);
  expect(await lead.do(`/v1/workshops/${held.id}/corrections`, { placeId: null })).not.toHaveProperty('placeName');
});
