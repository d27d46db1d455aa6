/** What becomes of what was planned when something ends: a part in the case, the case, the record, somebody's work. */
import { rebuild } from '../support/rebuild';
import { start, today } from '../support/clock';
import { newCase, newSession, Person } from './driver';
import { accepted, callOff, handOver, in3Days, make, pathOf, refused, statusOf } from './appointment-story';
import { colleague, coordinator, everybody, lead, open, recipient, system } from './entered-in-error-story';

everybody();
beforeEach(() => system.clock.set(start));

it('of a lead that hands over stays its own, to be called off or missed; nobody else’s, and none is added', async () => {
  const id = await open();
  const [one, two] = [await make(lead, id, { text: 'Avant.' }), await make(lead, id)];
  await handOver(id, recipient);
  expect(await refused(recipient.post(`${pathOf(id, one)}/cancel`, callOff))).toEqual([403, 'forbidden']);
  const theirs = await make(recipient, id);
  expect((await lead.try('GET', pathOf(id, theirs))).status).toBe(404);
  expect(await refused(lead.post(`${pathOf(id, theirs)}/cancel`, callOff))).toEqual([404, 'not-found']);
  expect((await lead.all(`/v1/cases/${id}/appointments`)).map(({ id: each }) => each)).toEqual([one.id, two.id]);
  expect(await refused(lead.post(`/v1/cases/${id}/appointments`, { at: in3Days(), minutes: 5 }))).toEqual([
    403,
    'forbidden',
  ]);
  expect(await refused(lead.post(`${pathOf(id, one)}/move`, { minutes: 5 }))).toEqual([403, 'forbidden']);
  expect(await lead.do(`${pathOf(id, one)}/cancel`, callOff)).toMatchObject({ status: 'cancelled', text: 'Avant.' });
  // However long ago that was: what was agreed is called off by whoever agreed on it.
  system.clock.advance({ days: 60 });
  expect((await lead.do(`${pathOf(id, two)}/miss`)).status).toBe('missed');
  await recipient.do(`/v1/cases/${id}/close`, { reason: 'need_met' });
  expect(await statusOf(recipient, id, theirs)).toBe('cancelled');
});

it('is called off by itself when the follow-up closes, when its structure is shut out, and goes with an erasure', async () => {
  const id = await open();
  await accepted(id);
  const [ours, theirs] = [await make(lead, id), await make(recipient, id)];
  await lead.do(`/v1/cases/${id}/objections`, { against: recipient.structureId, on: today(), how: 'oral' });
  expect([await statusOf(lead, id, ours), await statusOf(lead, id, theirs)]).toEqual(['planned', 'cancelled']);
  expect(await recipient.get(pathOf(id, theirs))).toMatchObject({
    status: 'cancelled',
    ended: { reason: 'part_ended' },
  });
  await lead.do(`/v1/cases/${id}/close`, { reason: 'need_met' });
  expect(await lead.get(pathOf(id, ours))).toMatchObject({ status: 'cancelled', ended: { reason: 'case_closed' } });
  expect(await refused(lead.post(`/v1/cases/${id}/appointments`, { at: in3Days(), minutes: 5 }))).toEqual([
    409,
    'wrong-state',
  ]);
  await lead.do(`/v1/cases/${id}/reopen`, { reason: 'Revient.' });
  const last = await make(lead, id, { text: 'Dernier.' });
  const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
  await administrator.do(`/v1/cases/${id}/erasure`, { reason: 'request_of_resident' });
  expect((await lead.try('GET', pathOf(id, last))).status).toBe(404);
  expect(await system.database.query('select id from appointment where case_id = $1', [id])).toEqual([]);
  expect(
    await system.database.query(
      `select data->>'reason' as reason from event where about = $1 and type = 'AppointmentCancelled'`,
      [last.id],
    ),
  ).toEqual([{ reason: 'erased' }]);
});

it('goes on in the record that goes on after a merge, and is moved and honoured there', async () => {
  const loser = await open();
  const { id: survivor } = await recipient.do('/v1/cases', newCase());
  const [one, two] = [await make(lead, loser, { text: 'Du dossier fusionné.' }), await make(lead, loser)];
  await coordinator.do(`/v1/cases/${loser}/merge`, { intoCaseId: survivor, reason: 'Même personne.' });
  const path = pathOf(survivor, one);
  expect(await recipient.get(path)).toMatchObject({
    caseId: survivor,
    status: 'planned',
    text: 'Du dossier fusionné.',
  });
  expect((await recipient.all(`/v1/cases/${survivor}/appointments`)).map(({ id }) => id)).toEqual([one.id, two.id]);
  expect(await lead.do(`${path}/move`, { minutes: 20, text: 'Plus court.' })).toMatchObject({
    version: 2,
    text: 'Plus court.',
  });
  expect(await refused(recipient.post(`${path}/cancel`, callOff))).toEqual([403, 'forbidden']);
  const done = await lead.do(`/v1/cases/${survivor}/sessions`, newSession({ date: today(), appointmentId: one.id }));
  expect(await recipient.get(path)).toMatchObject({ status: 'honoured', ended: { sessionId: done.id } });
  expect((await lead.all('/v1/appointments')).find(({ id }) => id === two.id)).toMatchObject({ caseId: survivor });
  await recipient.do(`/v1/cases/${survivor}/close`, { reason: 'need_met' });
  expect(await statusOf(recipient, survivor, two)).toBe('cancelled');
});

it('of whoever the other resident objects to does not go on', async () => {
  const loser = await open();
  await accepted(loser);
  const [kept, left] = [await make(lead, loser), await make(recipient, loser)];
  const other = await Person.signIn(system.baseUrl, system.account('conseiller', 'afpa'), system.password);
  const { id: survivor } = await other.do('/v1/cases', newCase());
  await other.do(`/v1/cases/${survivor}/objections`, { against: recipient.structureId, on: today(), how: 'oral' });
  await coordinator.do(`/v1/cases/${loser}/merge`, { intoCaseId: survivor, reason: 'Même personne.' });
  expect([await statusOf(other, survivor, kept), await statusOf(other, survivor, left)]).toEqual([
    'planned',
    'cancelled',
  ]);
});

it('with a counsellor who has left stays, for a colleague to take', async () => {
  const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
  const { id: userId } = await colleague.do('/v1/users', {
    ...{ email: 'partante@exemple.fr', name: 'Paule Partante', role: 'counsellor' },
    ...{ structureId: colleague.structureId, from: today() },
  });
  const id = await open();
  const one = await make(lead, id, { counsellorId: userId });
  const { employments } = (await administrator.get(`/v1/users/${userId}`)) as unknown as {
    employments: { id: string }[];
  };
  await colleague.do(`/v1/users/${userId}/employments/${employments[0]!.id}/end`, {
    until: today(),
    reason: 'Départ.',
  });
  system.clock.advance({ days: 1 });
  const path = pathOf(id, one);
  expect((await lead.all(`/v1/appointments?counsellor=${userId}`)).map(({ id: each }) => each)).toEqual([one.id]);
  expect(await lead.do(`${path}/move`, { minutes: 20 })).toMatchObject({ counsellor: { id: userId } });
  expect(
    await refused(lead.post(`/v1/cases/${id}/appointments`, { at: in3Days(), minutes: 5, counsellorId: userId })),
  ).toEqual([422, 'invalid', '/counsellorId not-employed']);
  expect(await lead.do(`${path}/move`, { counsellorId: lead.id })).toMatchObject({ counsellor: { id: lead.id } });
});

it('nothing of it is lost by a rebuild', async () => {
  const rows = () => system.database.query('select * from appointment order by id');
  const before = await rows();
  expect(before.length).toBeGreaterThan(5);
  expect(await rebuild(system.database)).toEqual([]);
  expect(await rows()).toEqual(before);
});
