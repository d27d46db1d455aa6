/** How often a request asks PostgreSQL, and waits: counted, because a clock says something else on every machine. */
import { Database } from '@fil-rouge/platform';
import { newCase, newOutside, newReferral, newSession, Person } from '../journeys/driver';
import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';

let system: TestSystem;
let lead: Person;
let recipient: Person;
let coordinator: Person;
let manager: Person;
let caseId: string;
let appointmentId: string;
let asked: string[];

beforeAll(async () => {
  system = await startSystem();
  lead = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
  recipient = await Person.signIn(system.baseUrl, system.account('conseiller', 'la-poste'), system.password);
  coordinator = await Person.signIn(system.baseUrl, system.account('coordinateur'), system.password);
  manager = await Person.signIn(system.baseUrl, system.account('responsable'), system.password);
  const database = system.api.get(Database, { strict: false });
  const ask = database.query.bind(database);
  database.query = (name, text, values) => {
    asked.push(name);
    return ask(name, text, values);
  };
  asked = [];
  caseId = (await lead.do('/v1/cases', newCase())).id;
  await lead.do(`/v1/cases/${caseId}/sessions`, newSession());
  appointmentId = (await lead.do(`/v1/cases/${caseId}/appointments`, { at: `${today()}T18:00`, minutes: 30 })).id;
});
afterAll(() => system.stop());

/** But for the guard, which asks once in three seconds who a token is for, and for what no request asks, whether there is a new key: when that is, depends on how fast the machine is. */
async function trips(request: () => Promise<unknown>): Promise<string[]> {
  asked = [];
  await request();
  return asked.filter((name) => name !== 'session_begins' && name !== 'sealing_roots');
}

it('to read the territory at a glance, once', async () => {
  for (const who of [coordinator, manager])
    expect(await trips(() => who.get('/v1/territory'))).toEqual(['read_rows_2']);
});

it('to read statistics, one’s own and those of a territory, once', async () => {
  for (const who of [manager, coordinator]) expect(await trips(() => who.get('/v1/statistics'))).toEqual(['read_rows']);
  for (const who of [manager, coordinator])
    expect(await trips(() => who.get('/v1/statistics/continuity'))).toEqual(['read_rows_2']);
});

it('to know who asks, not with every request', async () => {
  asked = [];
  for (let request = 0; request < 20; request++) await lead.get('/v1/communes?q=sable');
  expect(asked.length).toBeLessThan(20);
});

it.each<[string, () => string]>([
  ['a case', () => `/v1/cases/${caseId}`],
  ['the cases of a structure', () => '/v1/cases?limit=20'],
  ['a timeline', () => `/v1/cases/${caseId}/timeline`],
  ['its newest sessions', () => `/v1/cases/${caseId}/timeline?order=desc&kind=session`],
  ['referrals sent', () => '/v1/referrals?box=sent'],
  ['handovers', () => '/v1/handovers'],
  ['tasks', () => '/v1/tasks?mine=true'],
  ['the inbox', () => '/v1/notifications'],
  ['how much is unread', () => '/v1/notifications/unread'],
  ['workshops', () => '/v1/workshops'],
  ['sessions across cases', () => '/v1/sessions'],
  ['what a session begins with', () => '/v1/sessions/preset'],
  ['places', () => '/v1/places'],
  ['the structures near somebody', () => '/v1/structures?near=72264&acceptsReferrals=true'],
  ['appointments of a case', () => `/v1/cases/${caseId}/appointments`],
  ['appointments across cases', () => '/v1/appointments?counsellor=mine'],
  ['goals', () => `/v1/cases/${caseId}/goals`],
  ['sent outside, of a case', () => `/v1/cases/${caseId}/outside-referrals`],
  ['sent outside, by a structure', () => '/v1/outside-referrals'],
  ['the files of a session', () => `/v1/cases/${caseId}/sessions/${appointmentId}/attachments`],
  ['progress', () => `/v1/cases/${caseId}/progress`],
  ['exports', () => '/v1/exports'],
  ['what a session begins with that was planned', () => `/v1/sessions/preset?appointment=${appointmentId}`],
])('to read %s, once', async (_, path) => {
  expect(await trips(() => lead.get(path()))).toEqual(['read_rows']);
});

it.each([
  ['accounts', '/v1/users?q=be'],
  ['where I am signed in', '/v1/me/sign-ins'],
  ['whether a code is asked for when I sign in', '/v1/me/second-factor'],
])('to read %s, once', async (_, path) => {
  const manager = await Person.signIn(system.baseUrl, system.account('responsable'), system.password);
  expect(await trips(() => manager.get(path))).toEqual(['read_rows']);
});

it.each([
  ['runs of the verification', '/v1/audit/verifications'],
  ['conventions', '/v1/conventions'],
  ['what is kept too long', '/v1/retention'],
  ['the register of eliminations', '/v1/eliminations'],
  ['what was set before', '/v1/settings/delays/changes'],
])('to read %s, once', async (_, path) => {
  const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
  expect(await trips(() => administrator.get(path))).toEqual(['read_rows']);
});

it('to find a case for its resident, once, and whether one may still look', async () => {
  const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
  const find = () => administrator.do('/v1/audit/cases/search', { name: 'Essai', reasonCode: 'control' });
  expect(await trips(find)).toEqual(['take_turns', 'read_rows']);
});

it.each([
  ['my day', '/v1/today', 6],
  ['its numbers', '/v1/today/badges', 2],
])('to read %s, once for all its lists', async (_, path, lists) => {
  expect(await trips(() => lead.get(path))).toEqual([`read_rows_${lists}`]);
});

it('to search, once', async () => {
  expect(await trips(() => lead.do('/v1/cases/search', { name: 'Essai' }))).toEqual(['read_rows']);
});

it('to open a case, once more: before, whether the person may still be told that somebody is followed already', async () => {
  const open = () => lead.do('/v1/cases', { ...newCase(), confirmNotDuplicate: false });
  const asked = (await trips(open)).filter((name) => name !== 'give_back_turn'); // which nobody waits for
  expect(asked).toEqual(['take_turns', 'load_records', 'commit_then_read']);
});

it('to command, two times: what is to be known; what was decided, and with it what is answered', async () => {
  const command = ['load_records', 'commit_then_read'];
  let id = '';
  expect(await trips(() => lead.do(`/v1/cases/${caseId}/sessions`, newSession()))).toEqual(command);
  const at = { at: `${today()}T18:00`, minutes: 30 };
  const plan = async () => (id = (await lead.do(`/v1/cases/${caseId}/appointments`, at)).id);
  expect(await trips(plan)).toEqual(command);
  expect(await trips(() => lead.do(`/v1/cases/${caseId}/appointments/${id}/move`, { minutes: 45 }))).toEqual(command);
  const aim = async () => (id = (await lead.do(`/v1/cases/${caseId}/goals`, { text: 'Seule.' })).id);
  expect(await trips(aim)).toEqual(command);
  expect(await trips(() => lead.do(`/v1/cases/${caseId}/goals/${id}/reach`))).toEqual(command);
  const room = () => lead.try('PUT', `/v1/structures/${lead.structureId}/capacity`, { body: { capacity: 'full' } });
  expect(await trips(room)).toEqual(command);
  const send = async () => (id = (await lead.do(`/v1/cases/${caseId}/outside-referrals`, newOutside())).id);
  expect(await trips(send)).toEqual(command);
  const link = () => lead.do(`/v1/cases/${caseId}/outside-referrals/${id}/answer-link`, { email: 'a@exemple.fr' });
  expect(await trips(link)).toEqual(['take_turns', ...command]);
  const report = () => lead.do(`/v1/cases/${caseId}/outside-referrals/${id}/report`, { outcome: 'helped' });
  expect(await trips(report)).toEqual(command);
  const refer = async () =>
    (id = (await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId))).id);
  expect(await trips(refer)).toEqual(command);
  expect(await trips(() => recipient.do(`/v1/referrals/${id}/accept`))).toEqual(command);
  const push = { kind: 'push', toStructureId: recipient.structureId, note: 'Note de passation.' };
  const propose = async () => (id = (await lead.do(`/v1/cases/${caseId}/handovers`, push)).id);
  expect(await trips(propose)).toEqual(command);
  expect(await trips(() => recipient.do(`/v1/handovers/${id}/accept`))).toEqual(command);
});

it('to leave the worker what is counted, what somebody is told of, and nothing else: most of what is written is a session of the lead', async () => {
  const left = async (command: () => Promise<unknown>): Promise<number> => {
    const sequence = `select case when is_called then last_value else 0 end::int as n from delivery_id_seq`;
    const number = async () => (await system.database.query<{ n: number }>(sequence))[0]!.n;
    const before = await number();
    await command();
    return (await number()) - before;
  };
  const { id } = await lead.do('/v1/cases', newCase());
  expect(await left(() => lead.do(`/v1/cases/${id}/sessions`, newSession()))).toBe(1);
  let referral = '';
  const refer = async () =>
    (referral = (await lead.do(`/v1/cases/${id}/referrals`, newReferral(recipient.structureId))).id);
  // It is counted, and the other side is told.
  expect(await left(refer)).toBe(2);
  expect(await left(() => recipient.do(`/v1/referrals/${referral}/accept`))).toBe(2);
  // It is counted, it starts the referral, and both are told.
  expect(await left(() => recipient.do(`/v1/cases/${id}/sessions`, newSession()))).toBe(3);
});

it('to record a convention, say who holds its posts, and rename a structure, two times as well', async () => {
  const command = ['load_records', 'commit_then_read'];
  const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
  const structure = `/v1/structures/${lead.structureId}`;
  const convention = { reference: 'CN-72-COURT', envelope: 9, from: today(), posts: 1 };
  let signed: { id: string; posts: { id: string }[] } = { id: '', posts: [] };
  const sign = async () => (signed = (await administrator.do(`${structure}/conventions`, convention)) as never);
  expect(await trips(sign)).toEqual(command);
  const path = `/v1/conventions/${signed.id}`;
  const occupy = { userId: lead.id, from: today() };
  expect(await trips(() => administrator.do(`${path}/posts/${signed.posts[0]!.id}/occupy`, occupy))).toEqual(command);
  const end = { on: today(), reason: 'Résiliée.' };
  expect(await trips(() => administrator.do(`${path}/end`, end))).toEqual(command);
  expect(await trips(() => administrator.do(`${structure}/rename`, { name: 'Département' }))).toEqual(command);
});
