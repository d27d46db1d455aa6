/** A structure's sessions, whichever case they stand on: by day, newest first, with names only where the structure takes part. */
import { expectProblem, newCase, newReferral, newSession, Person, type View } from './driver';
import { startSystem, type TestSystem } from '../support/system';

interface Line extends View {
  date: string;
  corrected: boolean;
  actor: { id: string };
}

let system: TestSystem;
let lead: Person;
let colleague: Person;
let recipient: Person;
let coordinator: Person;

beforeAll(async () => {
  system = await startSystem();
  const enter = (role: string, structure?: string) =>
    Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  lead = await enter('conseiller');
  colleague = await enter('responsable');
  recipient = await enter('conseiller', 'la-poste');
  coordinator = await enter('coordinateur');
});
afterAll(() => system.stop());

const open = async (commune?: string): Promise<string> => (await lead.do('/v1/cases', newCase(commune))).id;
const record = async (by: Person, caseId: string, more: object): Promise<string> =>
  (await by.do(`/v1/cases/${caseId}/sessions`, newSession({ ...more }))).id;
const listed = async (by: Person, query = ''): Promise<Line[]> => (await by.all(`/v1/sessions${query}`, 2)) as Line[];
const idsOf = (lines: readonly Line[]): string[] => lines.map(({ id }) => id);

describe('the sessions of a structure', () => {
  let cases: string[];
  let sessions: Record<'older' | 'newest' | 'atHome' | 'colleagues' | 'theirs', string>;

  beforeAll(async () => {
    cases = [await open(), await open('72154')];
    const [one, other] = cases as [string, string];
    const { id: referral } = await lead.do(`/v1/cases/${one}/referrals`, newReferral(recipient.structureId));
    await recipient.do(`/v1/referrals/${referral}/accept`);
    sessions = {
      older: await record(lead, one, { date: '2026-01-05' }),
      newest: await record(lead, other, { date: '2026-01-20', themes: ['sante'], commune: '72154' }),
      atHome: await record(lead, one, { date: '2026-01-12', place: 'domicile' }),
      colleagues: await record(colleague, other, { date: '2026-01-12', themes: ['email', 'sante'] }),
      theirs: await record(recipient, one, { date: '2026-01-21' }),
    };
  });

  it('are listed by the day they were done, across cases and pages, each with its case and whose it is', async () => {
    const lines = await listed(lead);
    expect(idsOf(lines)).toEqual([sessions.newest, sessions.colleagues, sessions.atHome, sessions.older]);
    expect(lines[0]).toMatchObject({
      caseId: cases[1],
      status: 'recorded',
      date: '2026-01-20',
      themes: ['sante'],
      resident: { firstName: 'Eulalie' },
      actor: { id: lead.id },
      corrected: false,
    });
    expect(JSON.stringify(lines)).not.toContain('summary');
  });

  it.each<[string, (keyof typeof sessions)[]]>([
    ['from=2026-01-12', ['newest', 'colleagues', 'atHome']],
    ['from=2026-01-12&to=2026-01-12', ['colleagues', 'atHome']],
    ['theme=sante', ['newest', 'colleagues']],
    ['place=domicile,a_distance', ['atHome']],
    ['commune=72154', ['newest']],
    ['status=entered_in_error', []],
  ])('?%s', async (query, expected) => {
    expect(idsOf(await listed(lead, `?${query}`))).toEqual(expected.map((name) => sessions[name]));
  });

  it('are narrowed to what one person recorded', async () => {
    expect(idsOf(await listed(lead, `?counsellor=${colleague.id}`))).toEqual([sessions.colleagues]);
    expect(idsOf(await listed(colleague, `?counsellor=${lead.id}&from=2026-01-10`))).toEqual([
      sessions.newest,
      sessions.atHome,
    ]);
    // Whoever works elsewhere has done nothing here, as nobody has of whom nothing is known.
    expect(await listed(lead, `?counsellor=${recipient.id}`)).toEqual([]);
  });

  it('are its own alone, for whoever takes part beside it too; those outside have none', async () => {
    expect(idsOf(await listed(recipient))).toEqual([sessions.theirs]);
    expect((await coordinator.try('GET', '/v1/sessions')).status).toBe(403);
  });

  it.each(['from=hier', 'to=2026-02-30', 'theme=magie', 'place=lune', 'commune=99999', 'counsellor=moi', 'status=x'])(
    '?%s is refused by its name',
    async (query) => {
      const { status, body } = await lead.try('GET', `/v1/sessions?${query}`);
      expect([status, body.errors.map(({ pointer }) => pointer)]).toEqual([422, [`?${query.split('=')[0]!}`]]);
    },
  );

  it('are in the journal under the case of each, once', async () => {
    const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
    await listed(recipient);
    const entries = await administrator.all('/v1/audit/entries?action=session.list');
    expect(entries[0]).toMatchObject({ user: { id: recipient.id }, shown: [cases[0]] });
  });
});

it('what was corrected shows its present day, what was entered in error stands apart, what was moved is on the right case', async () => {
  const [wrong, right] = [await open(), await open()];
  const moved = await record(lead, wrong, { date: '2025-03-03' });
  const corrected = await record(lead, wrong, { date: '2025-03-04' });
  await lead.do(`/v1/cases/${wrong}/sessions/${corrected}/corrections`, { date: '2025-03-01' });
  const { id: there } = await lead.do(`/v1/cases/${wrong}/sessions/${moved}/move`, {
    toCaseId: right,
    reason: 'Autre personne.',
  });
  const around = '?from=2025-03-01&to=2025-03-31';
  expect((await listed(lead, around)).map(({ id, caseId, date, corrected }) => [id, caseId, date, corrected])).toEqual([
    [there, right, '2025-03-03', false],
    [corrected, wrong, '2025-03-01', true],
  ]);
  expect(await lead.get(`/v1/cases/${wrong}/sessions/${corrected}`)).toMatchObject({
    date: '2025-03-01',
    versions: [{ date: '2025-03-04' }],
  });
  expect(idsOf(await listed(lead, `${around}&status=entered_in_error`))).toEqual([moved]);
});

it('what was being done online is said in words, corrected and taken back; it is in no list and no preset', async () => {
  const id = await open();
  const sessionId = await record(lead, id, { date: '2025-02-03', procedure: 'Carte grise' });
  const at = `/v1/cases/${id}/sessions/${sessionId}`;
  expect(await lead.do(`${at}/corrections`, { procedure: 'Certificat d’immatriculation' })).toMatchObject({
    procedure: 'Certificat d’immatriculation',
    versions: [{ procedure: 'Carte grise' }],
  });
  const without = await lead.do(`${at}/corrections`, { procedure: null });
  expect(without).not.toHaveProperty('procedure');
  expect(without).toMatchObject({ versions: [{}, { procedure: 'Certificat d’immatriculation' }] });
  for (const path of ['/v1/sessions?from=2025-02-03&to=2025-02-03', `/v1/sessions/preset?like=${sessionId}`])
    expect(JSON.stringify(await lead.get(path))).not.toMatch(/Carte grise|immatriculation/);
  const tooLong = await lead.post(`${at}/corrections`, { procedure: 'x'.repeat(201) });
  expectProblem(tooLong, 422, 'invalid');
  const { status, body } = await lead.post('/v1/anonymous-sessions', { ...newSession(), procedure: 'Carte grise' });
  expect([status, body.errors]).toMatchObject([422, [{ pointer: '/procedure', code: 'unknown' }]]);
});

it('after the end of its part a structure still finds what it did, without the name; after an erasure nobody does', async () => {
  const id = await open();
  const { id: referral } = await lead.do(`/v1/cases/${id}/referrals`, newReferral(recipient.structureId));
  await recipient.do(`/v1/referrals/${referral}/accept`);
  const done = await record(recipient, id, { date: '2024-12-03' });
  const found = async () => (await listed(recipient, '?to=2024-12-31'))[0];
  expect(await found()).toMatchObject({ id: done, resident: { firstName: 'Eulalie' } });
  await recipient.do(`/v1/referrals/${referral}/complete`, { outcome: 'helped' });
  expect(await found()).toMatchObject({ id: done, caseId: id });
  expect(await found()).not.toHaveProperty('resident');
  const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
  await administrator.do(`/v1/cases/${id}/erasure`, { reason: 'request_of_resident' });
  expect(await found()).toBeUndefined();
});
