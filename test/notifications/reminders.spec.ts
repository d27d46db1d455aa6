/** A resident who asked for it hears of an appointment in their own mailbox: when, where and with whom, the day before; and nothing of why. */
import { addCalendarDays } from '@fil-rouge/kernel';
import { Mailer } from '@fil-rouge/notifications';
import { newCase, newReferral, Person, type Answer } from '../journeys/driver';
import { rebuild } from '../support/rebuild';
import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';
import { Postman } from './postman';

const postman = new Postman();
let system: TestSystem;
let lead: Person;
let colleague: Person;
let contributor: Person;
let caseId: string;

beforeAll(async () => {
  system = await startSystem({ smtpUrl: `smtp://127.0.0.1:${await postman.open()}` });
  [lead, colleague, contributor] = (await Promise.all(
    [system.account('conseiller'), system.account('responsable'), system.account('conseiller', 'la-poste')].map(
      (account) => Person.signIn(system.baseUrl, account, system.password),
    ),
  )) as [Person, Person, Person];
  caseId = (await lead.do('/v1/cases', newCase())).id;
  const { id } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(contributor.structureId));
  await contributor.do(`/v1/referrals/${id}/accept`);
});
afterAll(async () => {
  await system.stop();
  await postman.close();
});

const own = 'eulalie.essai@exemple.fr';
const soon = (days = 3): string => `${addCalendarDays(today(), days)}T10:00`;
const meet = async (more: object = {}): Promise<string> => {
  const { id } = await lead.do(`/v1/cases/${caseId}/appointments`, {
    ...{ at: soon(), minutes: 45, place: 'domicile', text: 'Dossier de logement.', ...more },
  });
  return `/v1/cases/${caseId}/appointments/${id}`;
};
const ask = (at: string, body: object = { email: own }, by = lead): Promise<Answer> => by.post(`${at}/reminder`, body);
const refused = async (answer: Promise<Answer>): Promise<unknown[]> => {
  const { status, body } = await answer;
  return [status, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
};

/** What has come to somebody without an account since the last look. */
async function mails(): Promise<{ to: string | undefined; subject: string | undefined; text: string }[]> {
  await system.settle();
  postman.received.length = 0;
  const mailer = system.worker.get(Mailer, { strict: false });
  await mailer.sendDue();
  await mailer.sendDue();
  return postman.received
    .map(({ to, subject, text }) => ({
      to: to && !Array.isArray(to) ? to.value[0]?.address : undefined,
      subject,
      text: (text ?? '').replaceAll(/\s+/g, ' '),
    }))
    .filter(({ to }) => to?.endsWith('@exemple.fr'));
}
/** Past nine in Paris, that many days on. */
const pass = (days: number): void => system.clock.advance({ days });

it('goes the day before, once, with day, place and person; neither why nor a link', async () => {
  const at = await meet();
  const { body } = await ask(at);
  expect(body).toMatchObject({
    reminder: { email: own, sent: false, at: expect.stringContaining(addCalendarDays(today(), 2)) as string },
  });
  expect(await mails()).toEqual([]);
  pass(2);
  const [mail, ...more] = await mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ to: own, subject: 'Rappel de votre rendez-vous' });
  expect(mail!.text).toMatch(/10:00, À domicile, avec .+ \(Département de la Sarthe\)\./);
  expect(JSON.stringify(mail)).not.toMatch(/http|logement|Eulalie Essai|Sablé|Fil Rouge :/);
  expect(await lead.get(at)).toMatchObject({ reminder: { sent: true } });
  expect(await mails()).toEqual([]);
});

it('moved or called off, they hear so at once, and are reminded of the new day', async () => {
  const at = await meet();
  await ask(at);
  await lead.do(`${at}/move`, { text: 'Autre chose.' });
  expect(await mails()).toEqual([]);
  await lead.do(`${at}/move`, { at: soon(5), place: 'a_distance' });
  expect(await mails()).toMatchObject([{ to: own, subject: 'Votre rendez-vous a changé' }]);
  pass(4);
  expect(await mails()).toMatchObject([{ subject: 'Rappel de votre rendez-vous' }]);
  await lead.do(`${at}/move`, { at: soon(4) });
  expect(await mails()).toMatchObject([{ subject: 'Votre rendez-vous a changé' }]);
  pass(3);
  expect(await mails()).toMatchObject([{ subject: 'Rappel de votre rendez-vous' }]);
  await lead.do(`${at}/cancel`, { by: 'counsellor', reason: 'unavailable', comment: 'Secret.' });
  const [mail] = await mails();
  expect(mail).toMatchObject({ to: own, subject: 'Votre rendez-vous est annulé' });
  expect(mail!.text).not.toContain('Secret');
});

it('uses the address on the record, where there is one; without any it is asked for', async () => {
  const at = await meet();
  expect(await refused(ask(at, {}))).toEqual([422, '/email required']);
  expect(await refused(ask(at, { email: 'eulalie' }))).toEqual([422, '/email email']);
  await lead.do(`/v1/cases/${caseId}/corrections`, { resident: { email: 'eulalie.autre@exemple.fr' } });
  expect((await ask(at, {})).body).toMatchObject({ reminder: { email: 'eulalie.autre@exemple.fr' } });
  // Asked for again, it goes to the new one alone.
  await ask(at);
  pass(2);
  expect((await mails()).filter(({ subject }) => subject!.startsWith('Rappel')).map(({ to }) => to)).toContain(own);
});

it('is for its own structure to ask for and to read, of what is still ahead; taken back, nothing more goes', async () => {
  const at = await meet();
  expect(await refused(ask(at, { email: own }, contributor))).toEqual([403]);
  await ask(at);
  expect((await contributor.get(at)) as object).not.toHaveProperty('reminder');
  for (const by of [lead, contributor])
    expect(JSON.stringify(await by.all(`/v1/cases/${caseId}/timeline`))).not.toContain(own);
  expect(await colleague.get(at)).toMatchObject({ reminder: { email: own } });
  for (let n = 0; n < 2; n++) await colleague.do(`${at}/reminder/revoke`);
  expect((await lead.get(at)) as object).not.toHaveProperty('reminder');
  pass(2);
  await lead.do(`${at}/move`, { minutes: 30 });
  expect(await mails()).toEqual([]);
  const now = await meet({ at: `${today()}T23:30` });
  expect(await refused(ask(now))).toEqual([422, ' too-late']);
});

it('lies nowhere in clear, goes with an erasure, and a rebuild finds the same rows', async () => {
  const at = await meet();
  await ask(at, { email: 'cachee@exemple.fr' });
  for (const table of ['appointment', 'event', 'email', 'stream', 'timer']) {
    const [{ all }] = (await system.database.query<{ all: string }>(
      `select coalesce(string_agg(t::text, ' '), '') as all from ${table} t`,
    )) as [{ all: string }];
    expect([table, all.includes('cachee@')]).toEqual([table, false]);
  }
  expect(await rebuild(system.database)).toEqual([]);
  const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
  await lead.do(`/v1/cases/${caseId}/close`, { reason: 'need_met', cancelReferrals: true });
  expect((await mails()).map(({ to, subject }) => [to, subject])).toContainEqual([
    'cachee@exemple.fr',
    'Votre rendez-vous est annulé',
  ]);
  const erased = (await lead.do('/v1/cases', newCase())).id;
  const { id } = await lead.do(`/v1/cases/${erased}/appointments`, { at: soon(), minutes: 45 });
  await ask(`/v1/cases/${erased}/appointments/${id}`, { email: 'effacee@exemple.fr' });
  await administrator.do(`/v1/cases/${erased}/erasure`, { reason: 'request_of_resident' });
  pass(2);
  expect((await mails()).filter(({ to }) => to === 'effacee@exemple.fr')).toEqual([]);
});
