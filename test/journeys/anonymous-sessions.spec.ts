/** Somebody who does not want to give a name: what was done is recorded on no case, in codes, for the structure alone. */
import { today } from '../support/clock';
import { rebuild } from '../support/rebuild';
import { startSystem, type TestSystem } from '../support/system';
import { expectProblem, Person, sable, type View } from './driver';

type Session = View & { date: string; minutes: number; actor: { id: string }; themes: string[]; placeName?: string };

let system: TestSystem;
let lead: Person;
let colleague: Person;
let elsewhere: Person;
let coordinator: Person;
let administrator: Person;

beforeAll(async () => {
  system = await startSystem();
  const enter = (role: string, structure?: string) =>
    Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  lead = await enter('conseiller');
  colleague = await enter('responsable');
  elsewhere = await enter('responsable', 'la-poste');
  coordinator = await enter('coordinateur');
  administrator = await enter('administrateur');
});
afterAll(() => system.stop());

const walkIn = (more: object = {}) => ({
  date: today(),
  minutes: 20,
  place: 'domicile',
  commune: sable,
  themes: ['email'],
  equipment: ['telephone'],
  ...more,
});
const record = async (more: object = {}, by = lead): Promise<Session> =>
  (await by.do('/v1/anonymous-sessions', walkIn(more))) as Session;
const path = (id: string, verb = '') => `/v1/anonymous-sessions/${id}${verb}`;
const listed = async (by: Person, query = '') => (await by.all(`/v1/anonymous-sessions${query}`)).map(({ id }) => id);

it('is recorded, read by its structure, corrected and taken back; what it counted is read until then', async () => {
  const answer = await lead.post(
    '/v1/anonymous-sessions',
    walkIn({
      ageBracket: 'soixante_soixante_neuf',
      gender: 'feminin',
      residentStatus: 'retraite',
      autonomy: 'partiellement_autonome',
    }),
  );
  const session = answer.body as Session;
  expect([answer.status, answer.headers.get('location'), answer.headers.get('etag')]).toEqual([
    201,
    path(session.id),
    '"1"',
  ]);
  expect(await colleague.get(path(session.id))).toEqual(session);
  expect(session).toMatchObject({
    status: 'recorded',
    ageBracket: 'soixante_soixante_neuf',
    actor: { id: lead.id },
    minutes: 20,
  });
  const corrected = await colleague.do(path(session.id, '/corrections'), { minutes: 35, gender: null });
  expect(corrected).toMatchObject({
    version: 2,
    minutes: 35,
    ageBracket: 'soixante_soixante_neuf',
    actor: { id: lead.id },
  });
  expect(corrected).not.toHaveProperty('gender');
  // Nothing different is no event.
  expect((await lead.do(path(session.id, '/corrections'), { minutes: 35 })).version).toBe(2);
  expectProblem(
    await lead.post(path(session.id, '/corrections'), { minutes: 40 }, { 'if-match': '"1"' }),
    412,
    'stale',
  );
  expect(await lead.do(path(session.id, '/cancel'), { reason: 'duplicate' })).toMatchObject({
    status: 'entered_in_error',
  });
  expectProblem(await lead.post(path(session.id, '/corrections'), { minutes: 40 }), 409, 'wrong-state');
  expect(await listed(lead)).not.toContain(session.id);
  expect(await listed(lead, '?status=entered_in_error')).toContain(session.id);
});

it('does not exist for anybody else', async () => {
  const { id } = await record();
  expectProblem(await elsewhere.try('GET', path(id)), 404, 'not-found');
  expectProblem(await elsewhere.post(path(id, '/corrections'), { minutes: 1 }), 404, 'not-found');
  expectProblem(await elsewhere.post(path(id, '/cancel'), { reason: 'duplicate' }), 404, 'not-found');
  expect(await listed(elsewhere)).toEqual([]);
  for (const outside of [coordinator, administrator]) {
    expectProblem(await outside.try('GET', path(id)), 403, 'forbidden');
    expectProblem(await outside.post('/v1/anonymous-sessions', walkIn()), 403, 'forbidden');
  }
});

it('takes no text: nothing in it can tell who it was', async () => {
  for (const text of ['summary', 'privateNote', 'comment', 'name'])
    expect((await lead.post('/v1/anonymous-sessions', walkIn({ [text]: 'Mme Besnard' }))).body.errors).toEqual([
      expect.objectContaining({ pointer: `/${text}` }),
    ]);
  const pieces = await system.database.query(
    `select p.event_id from piece p join stream s on s.id = p.stream_id where s.kind = 'anonymous_session'`,
  );
  expect(pieces).toEqual([]);
});

it('is held to the rules of every session', async () => {
  const tomorrow = new Date(Date.parse(system.clock.now()) + 2 * 86_400_000).toISOString().slice(0, 10);
  for (const [more, pointer] of [
    [{ date: tomorrow }, '/date'],
    [{ themes: ['logement'] }, '/themes'],
    [{ ageBracket: 'vieux' }, '/ageBracket'],
    [{ placeId: lead.id, place: 'lieu_activite' }, '/placeId'],
    [{ equipment: ['aucun', 'ordinateur'] }, '/equipment'],
  ] as const) {
    const answer = await lead.post('/v1/anonymous-sessions', walkIn(more));
    expectProblem(answer, 422, 'invalid');
    expect(answer.body.errors[0]!.pointer).toMatch(new RegExp(`^${pointer}`));
  }
});

it('is found by place, counsellor, theme and day, page by page, the newest day first', async () => {
  const { id: placeId } = await colleague.do('/v1/places', {
    name: 'Médiathèque',
    street: '1 place Carnot',
    postalCode: '72300',
    commune: sable,
  });
  const mine = await record({ place: 'lieu_activite', commune: undefined, placeId, themes: ['sante'] }, colleague);
  expect(mine.placeName).toBe('Médiathèque');
  for (const query of [
    `placeId=${placeId}`,
    `counsellor=${colleague.id}`,
    'theme=sante',
    `from=${today()}&theme=sante`,
  ])
    expect(await listed(lead, `?${query}`)).toEqual([mine.id]);
  const first = await lead.all('/v1/anonymous-sessions', 2);
  expect(first.map(({ id }) => id)).toEqual(await listed(lead));
});

it('once, of two with one key; once, of two who take it back at the same moment', async () => {
  const key = { 'idempotency-key': 'passage-1' };
  const before = (await listed(lead)).length;
  const both = await Promise.all([1, 2].map(() => lead.post('/v1/anonymous-sessions', walkIn(), key)));
  expect(new Set(both.map(({ body }) => body.id)).size).toBe(1);
  expect(await listed(lead)).toHaveLength(before + 1);
  const { id } = both[0]!.body;
  const cancelled = await Promise.all(
    [lead, colleague].map((by) => by.post(path(id, '/cancel'), { reason: 'duplicate' })),
  );
  expect(cancelled.map(({ status }) => status).sort()).toEqual([200, 409]);
});

it('nothing of it is lost by a rebuild', async () => {
  const rows = () => system.database.query('select * from anonymous_session order by id');
  const before = await rows();
  expect(before.length).toBeGreaterThan(3);
  expect(await rebuild(system.database)).toEqual([]);
  expect(await rows()).toEqual(before);
});
