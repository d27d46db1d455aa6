/** What comes of being sent outside the network, what is left when nobody says, and who reads it. */
import { addCalendarDays, localDateOf } from '@fil-rouge/kernel';
import { outsideDays } from '../../libs/cases/src/outside/outside';
import { rebuild } from '../support/rebuild';
import { newCase, Person } from './driver';
import {
  at,
  caf,
  contributor,
  coordinator,
  everybody,
  lead,
  open,
  refused,
  send,
  stranger,
  system,
  type Outside,
} from './outside-stage';

everybody();

describe('what comes of it', () => {
  it('is said by the structure that sent, once or better, and read by all', async () => {
    const id = await open();
    const { id: sent } = await send(id, {}, contributor);
    const report = `${at(id)}/${sent}/report`;
    expect(await refused(lead.post(report, { outcome: 'helped' }))).toEqual([403, 'forbidden']);
    expect((await refused(stranger.post(report, { outcome: 'helped' })))[0]).toBe(404);
    const today = localDateOf(system.clock.now());
    for (const [body, where] of [
      [{ outcome: 'perhaps' }, '/outcome'],
      [{ outcome: 'helped', on: addCalendarDays(today, 1) }, '/on'],
      [{ outcome: 'helped', on: addCalendarDays(today, -1) }, '/on before-sending'],
      [{}, '/outcome'],
    ] as const)
      expect(String((await refused(contributor.post(report, body)))[2]).startsWith(where)).toBe(true);
    const reported = (await contributor.do(report, { outcome: 'no_show', comment: 'Pas venue.' })) as Outside;
    expect(reported).toMatchObject({
      status: 'reported',
      version: 2,
      outcome: 'no_show',
      outcomeOn: today,
      ended: { comment: 'Pas venue.', actor: { id: contributor.id } },
    });
    expect(await refused(contributor.post(report, { outcome: 'helped' }, { 'if-match': '"1"' }))).toEqual([
      412,
      'stale',
    ]);
    for (let again = 0; again < 2; again++)
      expect(await contributor.do(report, { outcome: 'helped' })).toMatchObject({ outcome: 'helped', version: 3 });
    expect((await lead.get(`${at(id)}/${sent}`)) as Outside).toMatchObject({ outcome: 'helped' });
    const timeline = await lead.all(`/v1/cases/${id}/timeline?kind=outside`);
    expect(timeline.map(({ type }) => type)).toEqual([
      'OutsideReferralMade',
      'OutsideReferralReported',
      'OutsideReferralReported',
    ]);
  });

  it('of two who say it at once both are heard; one takes it back, and it stays as it is', async () => {
    const id = await open();
    const { id: sent } = await send(id);
    const both = await Promise.all(
      ['helped', 'no_show'].map((outcome) => lead.post(`${at(id)}/${sent}/report`, { outcome })),
    );
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await lead.do(`${at(id)}/${sent}/cancel`, { reason: 'other', comment: 'Jamais remise.' })).toMatchObject({
      status: 'entered_in_error',
      version: 4,
    });
    expect(await refused(lead.post(`${at(id)}/${sent}/report`, { outcome: 'helped' }))).toEqual([409, 'wrong-state']);
    expect(await refused(lead.post(`${at(id)}/${sent}/cancel`, { reason: 'duplicate' }))).toEqual([409, 'wrong-state']);
    expect((await refused(lead.post(`${at(id)}/${sent}/cancel`, { reason: 'other' })))[2]).toMatch('/comment');
    const listed = async (query = '') => (await lead.all(`/v1/outside-referrals${query}`)).map((one) => one.id);
    expect(await listed()).not.toContain(sent);
    expect(await listed('?status=entered_in_error')).toContain(sent);
    const [first] = await lead.all(`/v1/cases/${id}/timeline?kind=outside`);
    expect(first).toMatchObject({ cancelled: true });
  });

  it('is not known after sixty days, by the clock; then somebody says it all the same', async () => {
    const { id } = await lead.do('/v1/cases', newCase());
    const { id: sent } = await send(id);
    const shared = await open();
    await send(shared);
    const activity = async () => [
      (await lead.get(`/v1/cases/${id}`)).lastActivityAt,
      (await contributor.get(`/v1/cases/${shared}`)).lastActivityAt,
    ];
    const before = await activity();
    system.clock.advance({ days: outsideDays });
    await system.settle();
    expect((await lead.get(`${at(id)}/${sent}`)).status).toBe('sent');
    system.clock.advance({ days: 1 });
    await system.settle();
    const lapsed = (await lead.get(`${at(id)}/${sent}`)) as Outside;
    expect([lapsed.status, lapsed.ended?.actor]).toEqual(['unknown', undefined]);
    // That nobody said anything is no activity.
    expect(await activity()).toEqual(before);
    expect((await lead.all('/v1/outside-referrals?status=unknown')).map((one) => one.id)).toContain(sent);
    expect(await lead.do(`${at(id)}/${sent}/report`, { outcome: 'helped_partially' })).toMatchObject({
      status: 'reported',
    });
  });

  it('is still said after the part of the structure has ended, and on a closed case; its list names nobody then', async () => {
    const id = await open();
    const { id: sent } = await send(id, caf, contributor);
    const referral = (await contributor.get(`/v1/cases/${id}`)).referrals[0]!.id;
    await contributor.do(`/v1/referrals/${referral}/complete`, { outcome: 'helped' });
    const line = async () =>
      (await contributor.all('/v1/outside-referrals')).find((one) => one.id === sent) as Outside | undefined;
    expect(await line()).toMatchObject({ recipient: 'caf' });
    expect(await line()).not.toHaveProperty('resident');
    expect((await contributor.try('GET', `${at(id)}/${sent}/sheet`)).status).toBe(403);
    await contributor.do(`${at(id)}/${sent}/report`, { outcome: 'helped' });
    expect((await line())!.outcome).toBe('helped');
    const closed = await open();
    const { id: last } = await send(closed);
    await lead.do(`/v1/cases/${closed}/close`, { reason: 'need_met', cancelReferrals: true });
    expect(await lead.do(`${at(closed)}/${last}/report`, { outcome: 'helped' })).toMatchObject({ status: 'reported' });
  });
});

describe('after an end', () => {
  it('a former lead does not learn what came of it since', async () => {
    const id = await open();
    const [{ id: mine }, { id: theirs }] = [await send(id), await send(id, {}, contributor)];
    const { id: handover } = await lead.do(`/v1/cases/${id}/handovers`, {
      kind: 'push',
      toStructureId: stranger.structureId,
      note: 'Déménage.',
    });
    await stranger.do(`/v1/handovers/${handover}/accept`);
    const seen = async () => (await lead.all(at(id))).map((one) => one.id).sort();
    expect(await seen()).toEqual([mine, theirs].sort());
    await contributor.do(`${at(id)}/${theirs}/report`, { outcome: 'no_show' });
    expect(await seen()).toEqual([mine]);
    expect((await lead.try('GET', `${at(id)}/${theirs}`)).status).toBe(404);
    expect(await lead.do(`${at(id)}/${mine}/report`, { outcome: 'helped' })).toMatchObject({ status: 'reported' });
  });

  it('whom the resident objects to adds nothing any more', async () => {
    const id = await open();
    const { id: sent } = await send(id, {}, contributor);
    const on = localDateOf(system.clock.now());
    await lead.do(`/v1/cases/${id}/objections`, { against: contributor.structureId, on, how: 'oral' });
    expect((await refused(contributor.post(`${at(id)}/${sent}/report`, { outcome: 'helped' })))[0]).toBe(403);
    expect((await refused(contributor.post(`${at(id)}/${sent}/cancel`, { reason: 'duplicate' })))[0]).toBe(403);
  });
});

describe('the list across cases', () => {
  it('filters by where they were sent, and pages', async () => {
    const id = await open();
    const work = await send(id, { recipient: 'france_travail' });
    const lines = (await lead.all('/v1/outside-referrals?recipient=france_travail', 1)) as Outside[];
    expect(lines.map((one) => one.id)).toContain(work.id);
    expect(new Set(lines.map(({ recipient }) => recipient))).toEqual(new Set(['france_travail']));
    expect(lines.find((one) => one.id === work.id)!.resident?.lastName).toMatch(/^Essai/);
    const today = localDateOf(system.clock.now());
    expect(await lead.all(`/v1/outside-referrals?from=${addCalendarDays(today, 1)}`)).toEqual([]);
    expect((await lead.all(`/v1/outside-referrals?from=${today}&to=${today}`)).map((one) => one.id)).toContain(work.id);
    expect((await lead.try('GET', '/v1/outside-referrals?recipient=nobody')).status).toBe(422);
  });
});

it('goes on where a record goes on, is gone with an erasure, and nothing is lost by a rebuild', async () => {
  const [loser, survivor] = [await lead.do('/v1/cases', newCase()), await lead.do('/v1/cases', newCase())];
  const { id: sent } = await send(loser.id, caf);
  await coordinator.do(`/v1/cases/${loser.id}/merge`, { intoCaseId: survivor.id, reason: 'Même personne.' });
  expect((await lead.get(`${at(survivor.id)}/${sent}`)) as Outside).toMatchObject({ message: caf.message });
  expect((await lead.all(at(survivor.id))).map((one) => one.id)).toEqual([sent]);
  system.clock.advance({ days: outsideDays + 1 });
  await system.settle();
  expect((await lead.get(`${at(survivor.id)}/${sent}`)).status).toBe('unknown');
  await lead.do(`${at(survivor.id)}/${sent}/report`, { outcome: 'helped', comment: 'Enfin.' });
  const rows = () => system.database.query<{ id: string }>('select * from outside_referral order by id');
  const before = await rows();
  expect(await rebuild(system.database)).toEqual([]);
  expect(await rows()).toEqual(before);
  const administrator = await Person.signIn(system.baseUrl, system.account('administrateur'), system.password);
  await administrator.do(`/v1/cases/${survivor.id}/erasure`, { reason: 'request_of_resident' });
  expect((await rows()).map(({ id }) => id)).not.toContain(sent);
});
