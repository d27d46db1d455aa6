/** That a record falls due is announced to who leads it and to administrators, with the day from which it may be erased; whatever is done meanwhile ends that. */
import { addCalendarDays, localDateOf } from '@fil-rouge/kernel';
import { Mailer } from '@fil-rouge/notifications';
import { Postman } from '../notifications/postman';
import { onThe } from '../support/days';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newSession, Person } from './driver';

interface Told {
  type: string;
  title: string;
  caseId?: string;
}

let system: TestSystem;
const postman = new Postman();
let lead: Person, other: Person, administrator: Person;
let first: string;

const today = () => localDateOf(system.clock.now());
async function passTo(day: string): Promise<void> {
  const enter = onThe(system, day);
  [lead, other, administrator] = [
    await enter('conseiller'),
    await enter('conseiller', 'la-poste'),
    await enter('administrateur'),
  ];
  await system.settle();
}
const toldTo = async (who: Person, type: string): Promise<Told[]> =>
  ((await who.get('/v1/notifications?limit=100')) as unknown as { items: Told[] }).items.filter(
    (one) => one.type === type,
  );
const shown = (id: string, who = lead) => who.get(`/v1/cases/${id}`) as unknown as Promise<Record<string, unknown>>;
const stages = async (): Promise<Record<string, string>> => {
  const { items } = (await administrator.get('/v1/retention?limit=100')) as unknown as {
    items: { caseId: string; stage: string; erasedFrom?: string }[];
  };
  return Object.fromEntries(items.map((one) => [one.caseId, `${one.stage} ${one.erasedFrom ?? ''}`.trim()]));
};

beforeAll(async () => {
  system = await startSystem({ smtpUrl: `smtp://127.0.0.1:${await postman.open()}` });
  first = today();
  await passTo(first);
});
afterAll(async () => {
  await system.stop();
  await postman.close();
});

it('on the very day, once, with thirty days of grace from then; ended by whatever is done, and announced anew after the next silence', async () => {
  const opened = async () => (await lead.do('/v1/cases', newCase())).id;
  const [silent, kept, busy, closed] = [await opened(), await opened(), await opened(), await opened()];
  await lead.do(`/v1/cases/${closed}/close`, { reason: 'need_met' });
  const ids = [silent, kept, busy, closed];

  await passTo(addCalendarDays(first, 729));
  expect(await toldTo(lead, 'ErasureAnnounced')).toEqual([]);
  await passTo(addCalendarDays(first, 730));
  const from = addCalendarDays(first, 760);
  // What is said names the day and nobody.
  const told = await toldTo(lead, 'ErasureAnnounced');
  expect(told.map(({ caseId }) => caseId).sort()).toEqual([...ids].sort());
  const day = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', dateStyle: 'long' }).format(new Date(from));
  for (const { title } of told) expect(title).toContain(`à partir du ${day}`);
  const sums = await toldTo(administrator, 'RecordsFallDue');
  expect(sums.map(({ title }) => title)).toEqual([expect.stringMatching(/^4 dossiers arrivent .* le /)]);
  expect(await toldTo(other, 'ErasureAnnounced')).toEqual([]);
  expect(await stages()).toEqual(Object.fromEntries(ids.map((id) => [id, `announced ${from}`])));
  expect(await shown(silent)).toMatchObject({ erasedFrom: from });
  // No entry of the record, and nothing done: neither version nor last activity moves.
  expect(await shown(silent)).toMatchObject({ version: 1, lastActivityAt: expect.stringContaining(first) as string });
  const { items } = (await lead.get(`/v1/cases/${silent}/timeline`)) as unknown as { items: { type: string }[] };
  expect(items.map(({ type }) => type)).not.toContain('ErasureAnnounced');

  // Said, done, or only looked at.
  await lead.do(`/v1/cases/${kept}/keep`, { reason: 'Revient en septembre.' });
  await lead.do(`/v1/cases/${busy}/notes`, { date: today(), text: 'Rappelée.' });
  await lead.do(`/v1/cases/${closed}/keep`, { reason: 'Une réclamation est en cours.' });
  expect(Object.keys(await stages())).toEqual([silent]);
  for (const id of [kept, busy, closed]) expect(await shown(id)).not.toHaveProperty('erasedFrom');

  // Once only, however many days pass; the grace ends on its day.
  await passTo(addCalendarDays(first, 759));
  expect(await stages()).toEqual({ [silent]: `announced ${from}` });
  await passTo(from);
  expect(await stages()).toEqual({ [silent]: `ready ${from}` });
  expect(await toldTo(lead, 'ErasureAnnounced')).toHaveLength(4);
  expect((await shown(silent)).status).toBe('open');

  await passTo(addCalendarDays(first, 1460));
  expect((await toldTo(lead, 'ErasureAnnounced')).filter(({ caseId }) => caseId === kept)).toHaveLength(2);
  expect((await stages())[kept]).toBe(`announced ${addCalendarDays(first, 1490)}`);
});

it('is told by e-mail, too, without a name', async () => {
  for (let round = 0; round < 10; round++) await system.worker.get(Mailer, { strict: false }).sendDue();
  const about = postman.received.filter(({ subject }) => /effacé|à effacer/.test(subject ?? ''));
  expect(about.map(({ subject }) => subject)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/son dossier sera effacé à partir du/) as string,
      expect.stringMatching(/dossiers arrivent au terme de la conservation/) as string,
    ]),
  );
  for (const { subject, text } of about) expect(`${subject} ${text}`).not.toMatch(/Eulalie|Essai/);
});

it('is prolonged by who leads and nobody else; nobody else is shown that it was announced', async () => {
  const { id } = await lead.do('/v1/cases', newCase());
  const reason = 'Sert encore.';
  for (const [who, status] of [
    [other, 404],
    [administrator, 403],
  ] as const)
    expect((await who.post(`/v1/cases/${id}/keep`, { reason })).status).toBe(status);
  expect((await lead.post(`/v1/cases/${id}/keep`, {})).status).toBe(422);
  await lead.do(`/v1/cases/${id}/sessions`, newSession({ date: today() }));
  await administrator.do(`/v1/cases/${id}/erasure`, { reason: 'opened_in_error' });
  expect((await lead.post(`/v1/cases/${id}/keep`, { reason })).status).toBe(404);
});
