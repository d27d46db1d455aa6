/** An appointment comes into the calendar of the counsellor it is with, changes and leaves there; nothing of the resident goes with it. */
import { addCalendarDays } from '@fil-rouge/kernel';
import { newCase, Person } from '../journeys/driver';
import { today } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';
import { calendarLetters } from './calendar-letters';
import { Postman } from './postman';

const postman = new Postman();
let system: TestSystem;
let lead: Person;
let colleague: Person;
let caseId: string;

beforeAll(async () => {
  system = await startSystem({ smtpUrl: `smtp://127.0.0.1:${await postman.open()}` });
  lead = await Person.signIn(system.baseUrl, system.account('conseiller'), system.password);
  colleague = await Person.signIn(system.baseUrl, system.account('responsable'), system.password);
  caseId = (await lead.do('/v1/cases', newCase())).id;
});
afterAll(async () => {
  await system.stop();
  await postman.close();
});

const mails = () => calendarLetters(system, postman);
const soon = (time = '10:00'): string => `${addCalendarDays(today(), 3)}T${time}`;
const make = async (more: object = {}): Promise<string> =>
  (await lead.do(`/v1/cases/${caseId}/appointments`, { at: soon(), minutes: 45, text: 'Secret.', ...more })).id;
const change = (id: string, verb: string, body: object) =>
  lead.do(`/v1/cases/${caseId}/appointments/${id}/${verb}`, body);
const stamp = (day: string, time: string): string => `${day.replaceAll('-', '')}T${time}Z`;

it('is one file per appointment: made, moved and cancelled under one UID, with a SEQUENCE that only rises', async () => {
  const id = await make({ place: 'domicile' });
  const day = addCalendarDays(today(), 3);
  const [made] = await mails();
  expect(made).toMatchObject({
    to: lead.email,
    subject: 'Rendez-vous Fil Rouge',
    calendar: {
      METHOD: 'REQUEST',
      UID: id,
      SEQUENCE: '0',
      DTSTART: stamp(day, '090000'),
      DTEND: stamp(day, '094500'),
      SUMMARY: 'Rendez-vous Fil Rouge',
      LOCATION: 'À domicile',
      STATUS: 'CONFIRMED',
      ORGANIZER: 'mailto:ne-pas-repondre@fil-rouge.test',
      URL: `http://fil-rouge.test/#/cases/${caseId}/appointments/${id}`,
    },
  });
  expect(made!.text.replaceAll(/\s/g, ' ')).toContain('10:00, 45 minutes, À domicile.');
  expect(made!.calendar['ATTENDEE']?.toLowerCase()).toBe(`mailto:${lead.email}`);
  await change(id, 'move', { text: 'Autre secret.' });
  await change(id, 'move', { at: soon('14:00'), minutes: 60 });
  expect(await mails()).toMatchObject([
    {
      calendar: {
        METHOD: 'REQUEST',
        UID: id,
        SEQUENCE: '2',
        DTSTART: stamp(day, '130000'),
        DTEND: stamp(day, '140000'),
      },
    },
  ]);
  await change(id, 'cancel', { by: 'resident', reason: 'other', comment: 'Encore un secret.' });
  expect(await mails()).toMatchObject([
    {
      to: lead.email,
      subject: 'Rendez-vous Fil Rouge annulé',
      calendar: { METHOD: 'CANCEL', UID: id, SEQUENCE: '3', STATUS: 'CANCELLED', DTSTART: stamp(day, '130000') },
    },
  ]);
});

it('says nothing of the resident, neither in the text nor in the calendar', async () => {
  const id = await make({ privateNote: 'Secret.' });
  await change(id, 'cancel', { by: 'resident', reason: 'other', comment: 'Secret.' });
  const all = JSON.stringify(await mails());
  expect(all).toContain(id);
  expect(all).not.toMatch(/Secret|Eulalie|Essai|Sablé/);
});

it('goes to whoever it is with, and leaves the calendar of whoever it was with', async () => {
  const id = await make({ counsellorId: colleague.id });
  expect((await mails()).map(({ to }) => to)).toEqual([colleague.email]);
  await change(id, 'move', { counsellorId: lead.id });
  expect((await mails()).map(({ to, calendar }) => [to, calendar['METHOD'], calendar['SEQUENCE']]).sort()).toEqual([
    [lead.email, 'REQUEST', '1'],
    [colleague.email, 'CANCEL', '1'],
  ]);
});

it('names the place', async () => {
  const place = { name: 'Médiathèque, salle 2', street: '1 place Carnot', postalCode: '72300', commune: '72264' };
  await make({ placeId: (await colleague.do('/v1/places', place)).id });
  expect(await mails()).toMatchObject([{ calendar: { LOCATION: String.raw`Médiathèque\, salle 2` } }]);
});

it.each([
  ['2027-03-27T10:00', '20270327T090000Z'],
  ['2027-03-28T10:00', '20270328T080000Z'],
  ['2027-10-31T02:30', '20271031T003000Z'],
  ['2027-10-31T02:30+01:00', '20271031T013000Z'],
  ['2027-11-01T10:00', '20271101T090000Z'],
])('%s in Paris is %s in every calendar', async (at, start) => {
  await make({ at });
  expect(await mails()).toMatchObject([{ calendar: { DTSTART: start } }]);
});

it('leaves the calendar when the follow-up is closed or erased, too', async () => {
  const made = await make();
  await lead.do(`/v1/cases/${caseId}/close`, { reason: 'need_met' });
  const closed = await mails();
  expect(closed.find(({ calendar }) => calendar['UID'] === made && calendar['METHOD'] === 'CANCEL')).toBeDefined();
  const erased = await lead.do('/v1/cases', newCase());
  const { id } = await lead.do(`/v1/cases/${erased.id}/appointments`, { at: soon(), minutes: 45 });
  await mails();
  const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
  await administrator.do(`/v1/cases/${erased.id}/erasure`, { reason: 'request_of_resident' });
  const gone = (await mails()).filter(({ calendar }) => calendar['UID'] === id);
  expect(gone.map(({ calendar }) => calendar['METHOD'])).toEqual(['CANCEL']);
});

it('goes to nobody who works there no more', async () => {
  const { id: open } = await lead.do('/v1/cases', newCase());
  const { id: userId } = await colleague.do('/v1/users', {
    ...{ email: 'partante@exemple.fr', name: 'Paule Partante', role: 'counsellor' },
    ...{ structureId: colleague.structureId, from: today() },
  });
  const { id } = await lead.do(`/v1/cases/${open}/appointments`, { at: soon(), minutes: 45, counsellorId: userId });
  expect((await mails()).map(({ to }) => to)).toContain('partante@exemple.fr');
  const { employments } = (await colleague.get(`/v1/users/${userId}`)) as unknown as { employments: { id: string }[] };
  await colleague.do(`/v1/users/${userId}/employments/${employments[0]!.id}/end`, {
    until: today(),
    reason: 'Départ.',
  });
  system.clock.advance({ days: 1 });
  await lead.do(`/v1/cases/${open}/appointments/${id}/move`, { minutes: 20 });
  await lead.do(`/v1/cases/${open}/appointments/${id}/move`, { counsellorId: lead.id });
  expect((await mails()).map(({ to, calendar }) => [to, calendar['SEQUENCE']])).toEqual([[lead.email, '2']]);
});
