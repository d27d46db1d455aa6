/** When the resident is expected: made, moved, called off, missed or honoured by the structure that agreed on it, and read as far as the thread is. */
import { addCalendarDays } from '@fil-rouge/kernel';
import { rebuild } from '../support/rebuild';
import { start, today } from '../support/clock';
import { newSession } from './driver';
import { accepted, callOff, handOver, in3Days, make, pathOf, refused } from './appointment-story';
import { colleague, coordinator, everybody, lead, manager, open, recipient, system } from './entered-in-error-story';
import { timeline } from './merge-story';

everybody();
beforeEach(() => system.clock.set(start));

it('is read by everybody who works on the case: when, where, with whom; the private note by its own structure', async () => {
  const id = await open();
  await accepted(id);
  const made = await make(lead, id, { place: 'domicile', text: 'Apporter l’avis.', privateNote: 'Chien méchant.' });
  expect(made).toMatchObject({
    version: 1,
    status: 'planned',
    at: `${addCalendarDays(today(), 3)}T09:00:00.000Z`,
    atParis: `${addCalendarDays(today(), 3)}T10:00+01:00`,
    minutes: 45,
    place: 'domicile',
    text: 'Apporter l’avis.',
    privateNote: 'Chien méchant.',
    structure: { id: lead.structureId },
    counsellor: { id: lead.id },
  });
  const seen = await recipient.get(pathOf(id, made));
  expect(seen).toMatchObject({ text: 'Apporter l’avis.', counsellor: { id: lead.id } });
  expect(seen).not.toHaveProperty('privateNote');
  const listed = await recipient.all(`/v1/cases/${id}/appointments`);
  expect(listed.map(({ id: each }) => each)).toEqual([made.id]);
  expect(JSON.stringify([listed, await recipient.all('/v1/appointments')])).not.toMatch(/avis|Chien/);
  // Across cases only the own structure's.
  expect((await recipient.all('/v1/appointments')).filter(({ id: each }) => each === made.id)).toEqual([]);
  expect((await timeline(recipient, id)).at(-1)).toMatchObject({ type: 'AppointmentMade', text: 'Apporter l’avis.' });
  expect((await lead.all(`/v1/cases/${id}/timeline?kind=appointment`)).length).toBe(1);
  expect((await coordinator.try('GET', `/v1/cases/${id}/appointments`)).status).toBe(404);
  expect((await coordinator.try('GET', pathOf(id, made))).status).toBe(404);
  expect(await refused(coordinator.post(`${pathOf(id, made)}/miss`))).toEqual([403, 'forbidden']);
});

it('is changed by its own structure alone; each change counts, and a version that is none any more is told', async () => {
  const id = await open();
  await accepted(id);
  const one = await make(lead, id, { text: 'À revoir.' });
  const path = pathOf(id, one);
  for (const [verb, body] of [
    ['move', { minutes: 30 }],
    ['cancel', callOff],
    ['miss', {}],
  ] as const)
    expect(await refused(recipient.post(`${path}/${verb}`, body))).toEqual([403, 'forbidden']);
  const moved = await colleague.post(`${path}/move`, { at: in3Days('14:30'), counsellorId: colleague.id });
  expect([moved.headers.get('etag'), moved.body]).toEqual([
    '"2"',
    expect.objectContaining({
      atParis: `${addCalendarDays(today(), 3)}T14:30+01:00`,
      counsellor: expect.objectContaining({ id: colleague.id }) as object,
      text: 'À revoir.',
    }),
  ]);
  expect((await lead.do(`${path}/move`, { minutes: 45 })).version).toBe(2);
  expect(await refused(lead.post(`${path}/move`, { minutes: 30 }, { 'if-match': '"1"' }))).toEqual([412, 'stale']);
  expect(await lead.do(`${path}/move`, { text: null })).not.toHaveProperty('text');
  const both = await Promise.all([
    lead.post(`${path}/cancel`, { by: 'resident', reason: 'other', comment: 'Malade.' }),
    colleague.post(`${path}/cancel`, { by: 'resident', reason: 'other', comment: 'Malade.' }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await recipient.get(path)).toMatchObject({
    status: 'cancelled',
    version: 4,
    ended: { by: 'resident', reason: 'other', comment: 'Malade.' },
  });
  expect(await refused(lead.post(`${path}/move`, { minutes: 30 }))).toEqual([409, 'wrong-state']);
});

it('is honoured by the session that is recorded from it, whose form it fills; once', async () => {
  const id = await open();
  const one = await make(lead, id, { minutes: 30, place: 'a_distance' });
  const { session } = (await colleague.get(`/v1/sessions/preset?appointment=${one.id}`)) as unknown as {
    session: object;
  };
  const day = addCalendarDays(today(), 3);
  expect(session).toEqual({ date: day, minutes: 30, place: 'a_distance', appointmentId: one.id });
  system.clock.advance({ days: 3 });
  const body = newSession({ commune: undefined, ...session });
  const done = await lead.do(`/v1/cases/${id}/sessions`, body);
  expect(done).toMatchObject({ appointmentId: one.id, minutes: 30 });
  expect(await lead.get(pathOf(id, one))).toMatchObject({ status: 'honoured', ended: { sessionId: done.id } });
  expect(await refused(lead.post(`/v1/cases/${id}/sessions`, body))).toEqual([
    422,
    'invalid',
    '/appointmentId unknown',
  ]);
  expect((await lead.try('GET', `/v1/sessions/preset?appointment=${one.id}`)).status).toBe(404);
  // A correction says what was done, and nothing of what was planned.
  const corrected = await lead.do(`/v1/cases/${id}/sessions/${done.id}/corrections`, { minutes: 20 });
  expect(corrected).toMatchObject({ appointmentId: one.id, minutes: 20 });
});

it('of another structure, or of another case, is not honoured here', async () => {
  const [id, other] = [await open(), await open()];
  await accepted(id);
  const one = await make(recipient, id);
  for (const [by, caseId] of [
    [lead, id],
    [recipient, other],
  ] as const)
    expect(
      (await by.post(`/v1/cases/${caseId}/sessions`, newSession({ appointmentId: one.id }))).status,
    ).toBeGreaterThan(403);
  expect((await lead.try('GET', `/v1/sessions/preset?appointment=${one.id}`)).status).toBe(404);
  expect((await lead.try('GET', `/v1/cases/${other}/appointments/${one.id}`)).status).toBe(404);
  expect(await refused(lead.post(`/v1/cases/${other}/appointments/${one.id}/miss`))).toEqual([404, 'not-found']);
});

it('is missed when its time has come, not before', async () => {
  const id = await open();
  const one = await make(lead, id);
  expect(await refused(lead.post(`${pathOf(id, one)}/miss`))).toEqual([409, 'wrong-state']);
  system.clock.advance({ days: 3, hours: 1 });
  expect((await lead.do(`${pathOf(id, one)}/miss`)).status).toBe('missed');
});

it('marked as missed by mistake it is planned again as it stood, once, for its own structure alone', async () => {
  const id = await open();
  await accepted(id);
  const one = await make(lead, id, { text: 'Apporter l’avis.', privateNote: 'Chien méchant.' });
  const path = pathOf(id, one);
  expect(await refused(lead.post(`${path}/miss/undo`))).toEqual([409, 'wrong-state']);
  await lead.do(`${path}/move`, { minutes: 30 });
  system.clock.advance({ days: 3, hours: 1 });
  const before = await lead.get(path);
  const missed = await lead.do(`${path}/miss`);
  expect(await refused(recipient.post(`${path}/miss/undo`))).toEqual([403, 'forbidden']);
  expect(await refused(coordinator.post(`${path}/miss/undo`))).toEqual([403, 'forbidden']);
  expect(await refused(lead.post(`${path}/miss/undo`, {}, { 'if-match': '"1"' }))).toEqual([412, 'stale']);
  const both = await Promise.all([lead.post(`${path}/miss/undo`), colleague.post(`${path}/miss/undo`)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await lead.get(path)).toEqual({ ...before, version: missed.version + 1 });
  expect((await recipient.all(`/v1/cases/${id}/appointments`)).map(({ id: each }) => each)).toEqual([one.id]);
  expect((await timeline(recipient, id)).at(-1)).toMatchObject({ type: 'AppointmentMissUndone' });
  expect(await rebuild(system.database)).toEqual([]);
  const done = await lead.do(
    `/v1/cases/${id}/sessions`,
    newSession({ date: today(), commune: undefined, place: 'a_distance', appointmentId: one.id }),
  );
  expect(await lead.get(path)).toMatchObject({ status: 'honoured', ended: { sessionId: done.id } });
  expect(await refused(lead.post(`${path}/miss/undo`))).toEqual([409, 'wrong-state']);
  // Whoever has helped and takes part no more may still say what became of its own, and plans nothing again.
  const helped = await open();
  const referral = await accepted(helped);
  const theirs = await make(recipient, helped);
  system.clock.advance({ days: 4 });
  await recipient.do(`${pathOf(helped, theirs)}/miss`);
  await recipient.do(`/v1/referrals/${referral}/complete`, { outcome: 'helped' });
  expect((await recipient.post(`${pathOf(helped, theirs)}/miss/undo`)).status).toBe(403);
  // Nobody would call it off where the follow-up has ended.
  const other = await open();
  const two = await make(lead, other);
  system.clock.advance({ days: 4 });
  await lead.do(`${pathOf(other, two)}/miss`);
  await lead.do(`/v1/cases/${other}/close`, { reason: 'need_met' });
  expect(await refused(lead.post(`${pathOf(other, two)}/miss/undo`))).toEqual([409, 'wrong-state']);
});

it.each<[object, string]>([
  [{ at: undefined }, '/at'],
  [{ at: '2027-03-28T02:30' }, '/at meeting'],
  [{ at: '2026-11-31T10:00' }, '/at meeting'],
  [{ at: '2026-11-22T10:00' }, '/at past'],
  [{ at: '2029-01-01T10:00' }, '/at too-late'],
  [{ at: '9999-12-31T23:59:59.999Z' }, '/at meeting'],
  [{ minutes: 0 }, '/minutes'],
  [{ place: 'ailleurs' }, '/place'],
  [{ placeId: '0190a5d2-0000-7000-8000-000000000000' }, '/placeId unknown'],
  [{ counsellorId: '0190a5d2-0000-7000-8000-000000000000' }, '/counsellorId not-employed'],
])('%j is refused where it stands: %s', async (body, where) => {
  const id = await open();
  const [status, code, first] = await refused(
    lead.post(`/v1/cases/${id}/appointments`, { at: in3Days(), minutes: 45, ...body }),
  );
  expect([status, code, String(first).startsWith(where)]).toEqual([422, 'invalid', true]);
});

it('is with somebody who works for the structure, at an open place of its own', async () => {
  const id = await open();
  expect(
    await refused(
      lead.post(`/v1/cases/${id}/appointments`, { at: in3Days(), minutes: 45, counsellorId: recipient.id }),
    ),
  ).toEqual([422, 'invalid', '/counsellorId not-employed']);
  const body = { name: 'Médiathèque', street: '1 place Carnot', postalCode: '72300', commune: '72264' };
  const [ours, theirs] = [await colleague.do('/v1/places', body), await manager.do('/v1/places', body)];
  const at = (placeId: string, more: object = {}) =>
    lead.post(`/v1/cases/${id}/appointments`, { at: in3Days(), minutes: 45, placeId, ...more });
  expect(await refused(at(theirs.id))).toEqual([422, 'invalid', '/placeId unknown']);
  expect(await refused(at(ours.id, { place: 'domicile' }))).toEqual([422, 'invalid', '/placeId elsewhere']);
  const { body: made } = await at(ours.id);
  expect(made).toMatchObject({ place: 'lieu_activite', placeId: ours.id, placeName: 'Médiathèque' });
  expect(await refused(lead.post(`${pathOf(id, made)}/move`, { place: 'domicile' }))).toEqual([
    422,
    'invalid',
    '/placeId elsewhere',
  ]);
  await colleague.do(`/v1/places/${ours.id}/close`);
  expect(await refused(at(ours.id))).toEqual([422, 'invalid', '/placeId closed']);
  // What stood there before is not asked about again.
  expect((await lead.do(`${pathOf(id, made)}/move`, { minutes: 20 })).status).toBe('planned');
  expect(await lead.do(`${pathOf(id, made)}/move`, { place: 'domicile', placeId: null })).not.toHaveProperty('placeId');
});

it.each([
  ['2027-03-28T01:59', '2027-03-28T00:59:00.000Z', '2027-03-28T01:59+01:00'],
  ['2027-03-28T03:00', '2027-03-28T01:00:00.000Z', '2027-03-28T03:00+02:00'],
  ['2027-10-31T02:30', '2027-10-31T00:30:00.000Z', '2027-10-31T02:30+02:00'],
  ['2027-10-31T02:30+01:00', '2027-10-31T01:30:00.000Z', '2027-10-31T02:30+01:00'],
  ['2027-10-31T03:00', '2027-10-31T02:00:00.000Z', '2027-10-31T03:00+01:00'],
  ['2027-07-14T10:00', '2027-07-14T08:00:00.000Z', '2027-07-14T10:00+02:00'],
])('%s is %s, and is shown as %s', async (said, at, atParis) => {
  expect(await make(lead, await open(), { at: said })).toMatchObject({ at, atParis });
});

it('across cases: soonest first, by whom and between days in Paris, with the name while the structure takes part', async () => {
  system.clock.set('2027-03-01T09:00:00.000Z');
  const [id, other] = [await open(), await open()];
  const late = await make(lead, id, { at: '2027-03-29T00:15' });
  const soon = await make(lead, other, { at: '2027-03-28T23:45' });
  const hers = await make(lead, id, { at: '2027-03-28T23:50', counsellorId: colleague.id });
  const listed = async (query: string) =>
    (await lead.all(`/v1/appointments?from=2027-03-28T20:00${query}`)).map(({ id: one }) => one);
  expect(await listed('&to=2027-03-29')).toEqual([soon.id, hers.id, late.id]);
  expect(await listed('&to=2027-03-28')).toEqual([soon.id, hers.id]);
  expect(await listed('&to=2027-03-29&counsellor=mine')).toEqual([soon.id, late.id]);
  expect(await listed(`&to=2027-03-29&counsellor=${colleague.id}`)).toEqual([hers.id]);
  expect(await listed('&status=cancelled')).toEqual([]);
  expect((await lead.all('/v1/appointments?from=2027-03-28T20:00'))[0]).toMatchObject({
    caseId: other,
    resident: { firstName: 'Eulalie' },
    structure: { id: lead.structureId },
  });
  await handOver(other, recipient);
  const [gone] = await lead.all('/v1/appointments?from=2027-03-28T20:00');
  expect(gone).toMatchObject({ id: soon.id, status: 'planned' });
  expect(gone).not.toHaveProperty('resident');
});

it('is planned so many times on one case, and no more', async () => {
  const id = await open();
  for (let n = 0; n < 20; n++) await make(lead, id, { at: in3Days(`10:${10 + n}`) });
  expect(await refused(lead.post(`/v1/cases/${id}/appointments`, { at: in3Days(), minutes: 5 }))).toEqual([
    422,
    'invalid',
    ' too-many-planned',
  ]);
  const [first] = await lead.all(`/v1/cases/${id}/appointments`);
  await lead.do(`${pathOf(id, first!)}/cancel`, callOff);
  expect((await make(lead, id)).status).toBe('planned');
});

it('nothing of it is lost by a rebuild', async () => {
  const rows = () => system.database.query('select * from appointment order by id');
  const before = await rows();
  expect(before.length).toBeGreaterThan(30);
  expect(await rebuild(system.database)).toEqual([]);
  expect(await rows()).toEqual(before);
});
