/** What is said of a resident and of a follow-up, and said better later: what stood before stays readable in the record, nothing of it stands in clear. */
import { startSystem, type TestSystem } from '../support/system';
import { expectProblem, newCase, newReferral, Person, type View } from './driver';
import { timeline } from './merge-story';

type Shown = View & { themes: string[]; resident: Record<string, unknown> };

let system: TestSystem;
let lead: Person;
let recipient: Person;
let coordinator: Person;

const representative = { name: 'Udaf de Mayenne', right: 'curatelle', phone: '06 39 98 00 01' };

beforeAll(async () => {
  system = await startSystem();
  const enter = (role: string, structure?: string) =>
    Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  [lead, recipient, coordinator] = await Promise.all([
    enter('conseiller'),
    enter('conseiller', 'la-poste'),
    enter('coordinateur'),
  ]);
});
afterAll(() => system.stop());

const open = async (more: object = {}): Promise<Shown> => {
  const body = newCase();
  return (await lead.do('/v1/cases', { ...body, resident: { ...(body['resident'] as object), ...more } })) as Shown;
};
const correct = (id: string, body: object) => lead.post(`/v1/cases/${id}/corrections`, body);
const pointers = ({ body }: Awaited<ReturnType<typeof correct>>) => body.errors?.map(({ pointer }) => pointer);

describe('of the resident', () => {
  it('the language, the need of an interpreter and who acts for the resident are kept, changed and taken away', async () => {
    const { id, resident } = await open({ language: 'ar', interpreter: true, representative });
    expect(resident).toMatchObject({ language: 'ar', languageName: 'arabe', interpreter: true, representative });
    const { body } = await correct(id, {
      resident: { language: null, interpreter: false, representative: { ...representative, right: 'tutelle' } },
    });
    const corrected = (body as Shown).resident;
    expect(corrected).not.toHaveProperty('language');
    expect(corrected).toMatchObject({
      interpreter: false,
      representative: { name: 'Udaf de Mayenne', right: 'tutelle' },
    });
    // The same again, in another order, changes nothing.
    const { version } = await lead.get(`/v1/cases/${id}`);
    const [name, right, phone] = [representative.name, 'tutelle', representative.phone];
    expect((await correct(id, { resident: { representative: { phone, right, name } } })).body.version).toBe(version);
  });

  it.each([
    ['a language that there is not', { language: 'qqq' }, '/resident/language'],
    ['a language by its name', { language: 'Ara' }, '/resident/language'],
    ['a representative without a right', { representative: { name: 'Udaf' } }, '/resident/representative/right'],
    [
      'whose telephone is none',
      { representative: { ...representative, phone: 'x' } },
      '/resident/representative/phone',
    ],
  ])('%s is refused, and nothing has changed', async (_, changes, pointer) => {
    const { id, version } = await open();
    const answer = await correct(id, { resident: changes });
    expectProblem(answer, 422, 'invalid');
    expect(pointers(answer)).toEqual([pointer]);
    expect((await lead.get(`/v1/cases/${id}`)).version).toBe(version);
  });

  it('nothing of it stands in clear, or is told before an answer or to who watches', async () => {
    const { id } = await open({ representative, language: 'ar' });
    await lead.do(`/v1/cases/${id}/referrals`, newReferral(recipient.structureId));
    const [referral] = (await recipient.all('/v1/referrals?box=received')).filter(({ caseId }) => caseId === id);
    const seen = [
      await recipient.get(`/v1/referrals/${referral!.id}`),
      await coordinator.get(`/v1/cases/${id}`),
      await system.database.query(
        'select state, (select json_agg(e) from event e where e.stream_id = s.id) from stream s where id = $1',
        [id],
      ),
    ];
    expect(JSON.stringify(seen)).not.toMatch(/Udaf|arabe|"ar"/);
  });
});

describe('of the follow-up', () => {
  it('themes and first words are said anew: lists go by the new ones, the record keeps both', async () => {
    const { id, version } = (await lead.do('/v1/cases', { ...newCase(), summary: 'Ne sait pas allumer.' })) as Shown;
    const { body } = await correct(id, { themes: ['sante', 'email'], summary: 'Sait allumer.' });
    expect(body).toMatchObject({ version: version + 1, themes: ['sante', 'email'] });
    expect((await lead.all('/v1/cases?theme=sante')).map((one) => one.id)).toContain(id);
    const entries = (await timeline(lead, id)) as unknown as { type: string; data: object; text?: object }[];
    expect(entries.map(({ type }) => type)).toEqual(['CaseOpened', 'CaseDescribed']);
    expect(JSON.stringify(entries[0])).toContain('Ne sait pas allumer.');
    expect(JSON.stringify(entries[1])).toContain('Sait allumer.');
    expect(JSON.stringify(await coordinator.get(`/v1/cases/${id}/timeline`))).not.toMatch(/CaseDescribed|allumer/);
    // The same themes in another order are the same.
    expect((await correct(id, { themes: ['email', 'sante'] })).body.version).toBe(version + 1);
    expect((await correct(id, { summary: null })).body.version).toBe(version + 2);
  });

  it('both at once are one command; nothing at all is refused, and so is what no opening takes', async () => {
    const { id, version } = await open();
    expect((await correct(id, { resident: { birthYear: 1980 }, themes: ['sante'] })).body).toMatchObject({
      version: version + 2,
      themes: ['sante'],
      resident: { birthYear: 1980 },
    });
    for (const [body, pointer] of [
      [{}, '/resident'],
      [{ themes: [] }, '/themes'],
      [{ themes: ['logement'] }, '/themes'],
      [{ summary: '' }, '/summary'],
    ] as const) {
      const answer = await correct(id, body);
      expectProblem(answer, 422, 'invalid');
      expect(pointers(answer)[0]).toMatch(new RegExp(`^${pointer}`));
    }
    expectProblem(await recipient.post(`/v1/cases/${id}/corrections`, { themes: ['email'] }), 404, 'not-found');
  });

  it('of two who say it at the same moment from one version, one', async () => {
    const { id, version } = await open();
    const say = (theme: string) =>
      lead.post(`/v1/cases/${id}/corrections`, { themes: [theme] }, { 'if-match': `"${version}"` });
    const both = await Promise.all(['sante', 'bureautique'].map(say));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});
