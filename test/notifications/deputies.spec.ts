/** Whoever takes over has the appointments of these days in their calendar, as long as they take over: said, changed and taken back as absences are. */
import { addCalendarDays } from '@fil-rouge/kernel';
import { newCase, Person } from '../journeys/driver';
import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';
import { calendarLetters } from './calendar-letters';
import { Postman } from './postman';

const postman = new Postman();
let system: TestSystem;
let manager: Person;
let away: Person;
let deputy: Person;
let third: Person;
let caseId: string;
let at: string;

const enter = (account: string): Promise<Person> =>
  Person.signIn(system.baseUrl, `${account}@departement-sarthe.demo`, system.password);

beforeAll(async () => {
  system = await startSystem({ smtpUrl: `smtp://127.0.0.1:${await postman.open()}` });
  [manager, away, deputy, third] = (await Promise.all(
    ['responsable', 'conseiller', 'conseiller.pays-flechois', 'conseiller.pays-sabolien'].map(enter),
  )) as [Person, Person, Person, Person];
  at = `/v1/structures/${manager.structureId}/absences`;
  caseId = (await away.do('/v1/cases', newCase())).id;
});
afterAll(async () => {
  await system.stop();
  await postman.close();
});
afterEach(async () => {
  for (const { id } of await manager.all(at)) await manager.do(`${at}/${id}/end`);
  for (const { id } of await away.all(`/v1/cases/${caseId}/appointments`))
    await away.do(`/v1/cases/${caseId}/appointments/${id}/cancel`, { by: 'counsellor', reason: 'unavailable' });
  await told();
});

const in_ = (days: number): string => addCalendarDays(today(), days);
const meet = async (days: number): Promise<string> =>
  (await away.do(`/v1/cases/${caseId}/appointments`, { at: `${in_(days)}T10:00`, minutes: 45, place: 'domicile' })).id;
const move = (id: string, body: object) => away.do(`/v1/cases/${caseId}/appointments/${id}/move`, body);
const say = async (by: Person, more: object = {}): Promise<string> =>
  (await by.do(at, { from: in_(2), until: in_(6), deputyId: deputy.id, ...more })).id;
const correct = (id: string, body: object) => manager.do(`${at}/${id}/corrections`, body);

/** Who was written to since the last look, and what their calendar does with it. */
async function told(id?: string): Promise<string[]> {
  const letters = (await calendarLetters(system, postman)).filter(({ calendar }) => !id || calendar['UID'] === id);
  const nameOf = (address?: string): string =>
    Object.entries({ away, deputy, third, manager }).find(([, { email }]) => email === address)?.[0] ?? address ?? '';
  return letters
    .map(({ to, calendar }) => `${nameOf(to)} ${calendar['METHOD']} ${calendar['SEQUENCE']}`)
    .sort((one, other) => (one < other ? -1 : 1));
}

it('an absence brings what is planned into the colleague’s calendar; other days take it out and bring it back, with a SEQUENCE that only rises', async () => {
  const [id, later] = [await meet(3), await meet(9)];
  expect(await told()).toEqual(['away REQUEST 0', 'away REQUEST 0']);
  const absence = await say(away);
  expect([await told(id), await told(later)]).toEqual([['deputy REQUEST 0'], []]);
  await correct(absence, { from: in_(4), until: in_(10) });
  expect(await told()).toEqual(['deputy CANCEL 1', 'deputy REQUEST 0']);
  await correct(absence, { from: in_(2) });
  expect(await told(id)).toEqual(['deputy REQUEST 2']);
  await move(id, { at: `${in_(3)}T14:00` });
  expect(await told(id)).toEqual(['away REQUEST 1', 'deputy REQUEST 3']);
  // Still on a day of the absence, and then on none.
  await move(id, { at: `${in_(12)}T14:00` });
  expect(await told(id)).toEqual(['away REQUEST 2', 'deputy CANCEL 4']);
});

it('another colleague, and the end of the absence, move it on; what does not change is not sent again', async () => {
  const id = await meet(3);
  const absence = await say(away);
  await told();
  await correct(absence, { deputyId: third.id });
  expect(await told(id)).toEqual(['deputy CANCEL 1', 'third REQUEST 0']);
  await correct(absence, { until: in_(7) });
  expect(await told()).toEqual([]);
  await manager.do(`${at}/${absence}/end`);
  expect(await told(id)).toEqual(['third CANCEL 1']);
});

it('whoever is away, too, takes over nothing, until they are back; what is called off leaves both calendars', async () => {
  const id = await meet(3);
  await say(away);
  await told();
  const too = await say(deputy, { deputyId: third.id });
  expect(await told(id)).toEqual(['deputy CANCEL 1']);
  await manager.do(`${at}/${too}/end`);
  expect(await told(id)).toEqual(['deputy REQUEST 2']);
  await away.do(`/v1/cases/${caseId}/appointments/${id}/cancel`, { by: 'resident', reason: 'unavailable' });
  expect(await told(id)).toEqual(['away CANCEL 1', 'deputy CANCEL 3']);
});

it('somebody who takes over at another employer’s hears nothing of it', async () => {
  const laPoste = await Person.signIn(system.baseUrl, system.account('responsable', 'la-poste'), system.password);
  const there = await Person.signIn(system.baseUrl, system.account('conseiller', 'la-poste'), system.password);
  const both = await enter('coordinateur');
  const administrator = await enter('administrateur');
  // A role at the other employer's, so that it knows of the account and may hire it, too.
  const work = { structureId: laPoste.structureId, role: 'auditor' };
  await administrator.do(`/v1/users/${both.id}/employments`, work);
  for (const by of [manager, laPoste])
    await by.do(`/v1/users/${both.id}/employments`, { structureId: by.structureId, role: 'counsellor' });
  const { id } = await away.do(`/v1/cases/${caseId}/appointments`, {
    ...{ at: `${in_(3)}T11:00`, minutes: 30, place: 'domicile', counsellorId: both.id },
  });
  expect(await told(id)).toEqual([`${both.email} REQUEST 0`]);
  await laPoste.do(`/v1/structures/${laPoste.structureId}/absences`, {
    ...{ userId: both.id, from: in_(0), until: in_(6), deputyId: there.id },
  });
  await move(id, { at: `${in_(4)}T11:00` });
  expect(await told(id)).toEqual([`${both.email} REQUEST 1`]);
});
