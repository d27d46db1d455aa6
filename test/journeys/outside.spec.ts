/** A resident is sent outside the network: who does it, what the sheet says, what comes of it, and what is left when nobody says. */
import { addCalendarDays, localDateOf } from '@fil-rouge/kernel';
import { outsideDays } from '../../libs/cases/src/outside/outside';
import { startSystem, type TestSystem } from '../support/system';
import { rebuild } from '../support/rebuild';
import { newCase, newOutside, newReferral, Person, type View } from './driver';

interface Outside extends View {
  recipient: string;
  place?: string;
  outcome?: string;
  outcomeOn?: string;
  ended?: { actor?: { id: string }; comment?: string };
  resident?: { firstName?: string; lastName?: string };
}

let system: TestSystem;
let lead: Person, contributor: Person, stranger: Person, coordinator: Person, auditor: Person;

beforeAll(async () => {
  system = await startSystem();
  const enter = (account: string) => Person.signIn(system.baseUrl, `${account}.demo`, system.password);
  [lead, contributor, stranger, coordinator, auditor] = (await Promise.all(
    [
      'conseiller@departement-sarthe',
      'conseiller@la-poste',
      'conseiller@afpa',
      'coordinateur@departement-sarthe',
      'auditeur@departement-sarthe',
    ].map(enter),
  )) as [Person, Person, Person, Person, Person];
});
afterAll(() => system.stop());

const refused = async (answer: ReturnType<Person['post']>) => {
  const { status, body } = await answer;
  return [status, body.code, ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
};
const open = async (): Promise<string> => {
  const { id } = await lead.do('/v1/cases', newCase());
  const { id: referral } = await lead.do(`/v1/cases/${id}/referrals`, newReferral(contributor.structureId));
  await contributor.do(`/v1/referrals/${referral}/accept`);
  return id;
};
const at = (caseId: string): string => `/v1/cases/${caseId}/outside-referrals`;
const send = async (caseId: string, more: object = {}, by = lead): Promise<Outside> =>
  (await by.do(at(caseId), newOutside(more))) as Outside;
const caf = { name: 'Caf de la Sarthe', place: 'Le Mans', message: 'Aide au logement.' };

describe('sending', () => {
  it('is for who takes part; everybody who reads the thread reads it, and nobody else learns of it', async () => {
    const id = await open();
    const sent = await send(id, caf);
    expect(sent).toMatchObject({
      status: 'sent',
      version: 1,
      recipient: 'caf',
      ...caf,
      structure: { id: lead.structureId },
    });
    for (const by of [lead, contributor])
      expect((await by.get(`${at(id)}/${sent.id}`)) as Outside).toMatchObject({
        recipient: 'caf',
        message: caf.message,
      });
    expect((await contributor.all(at(id))).map((one) => one.id)).toEqual([sent.id]);
    for (const by of [stranger, coordinator, auditor]) {
      for (const path of [at(id), `${at(id)}/${sent.id}`, `${at(id)}/${sent.id}/sheet`])
        expect([403, 404]).toContain((await by.try('GET', path)).status);
      expect([403, 404]).toContain((await by.post(at(id), newOutside())).status);
    }
    for (const by of [stranger, coordinator])
      expect(JSON.stringify(await by.all('/v1/outside-referrals').catch(() => []))).not.toContain(sent.id);
    const [event] = await system.database.query<{ data: object }>('select data from event where about = $1', [sent.id]);
    expect(event!.data).toEqual({ outsideId: sent.id, means: 'printed' });
    const timeline = await contributor.all(`/v1/cases/${id}/timeline?kind=outside`);
    expect(timeline.map(({ type }) => type)).toEqual(['OutsideReferralMade']);
    expect((await lead.get(`/v1/cases/${id}`)).actions).toContain('outside-referrals');
  });

  it.each<[object, string]>([
    [{ recipient: 'nobody' }, '/recipient'],
    [{ recipient: 'unlisted' }, '/name'],
    [{ needs: ['rien'] }, '/needs'],
    [{ needs: ['logement'] }, '/needs'],
    [{ means: 'pigeon' }, '/means'],
    [{ informed: undefined }, '/informed'],
    [{ message: '' }, '/message'],
    [{ phone: '0243' }, '/phone'],
  ])('%j is refused where it stands: %s', async (more, where) => {
    const [status, , first] = await refused(lead.post(at(await open()), newOutside(more)));
    expect([status, String(first).startsWith(where)]).toEqual([422, true]);
  });

  it('is not done behind the back of the resident, nor against an objection to everybody, nor on a closed case', async () => {
    const id = await open();
    const old = addCalendarDays(localDateOf(system.clock.now()), -800);
    expect((await refused(lead.post(at(id), newOutside({ informed: { on: old, how: 'oral' } })))).slice(0, 2)).toEqual([
      422,
      'not-informed',
    ]);
    expect((await refused(lead.post(at(id), newOutside(), { 'if-match': '"77"' })))[0]).toBe(412);
    const on = localDateOf(system.clock.now());
    await lead.do(`/v1/cases/${id}/objections`, { against: 'all', on, how: 'oral' });
    expect(await refused(lead.post(at(id), newOutside()))).toEqual([422, 'objection']);
    const closed = await open();
    await lead.do(`/v1/cases/${closed}/close`, { reason: 'need_met', cancelReferrals: true });
    expect((await refused(lead.post(at(closed), newOutside())))[0]).toBe(409);
  });

  it('is done once, and of twenty at most one waits', async () => {
    const id = await open();
    const headers = { 'idempotency-key': 'une-fois-pour-toutes' };
    const twice = [await lead.post(at(id), newOutside(), headers), await lead.post(at(id), newOutside(), headers)];
    expect(twice.map(({ body }) => body.id)).toEqual([twice[0]!.body.id, twice[0]!.body.id]);
    for (let n = 1; n < 20; n++) await send(id);
    expect(await refused(lead.post(at(id), newOutside()))).toEqual([422, 'invalid', ' too-many-open']);
  });
});

describe('the sheet', () => {
  it('says no more of the resident than a structure of the network reads before it answers, and is in the journal each time', async () => {
    const { id } = await lead.do('/v1/cases', {
      ...newCase(),
      resident: {
        firstName: 'Apolline',
        lastName: 'Introuvable',
        birthName: 'Cachée',
        birthYear: 1950,
        phone: '0639980009',
        email: 'apolline@exemple.fr',
        commune: '72264',
      },
    });
    const sent = await send(id, caf);
    const before = await lead.try('GET', `${at(id)}/${sent.id}/sheet`);
    expect(before.body).toMatchObject({
      ...caf,
      recipient: 'caf',
      resident: {
        firstName: 'Apolline',
        commune: '72264',
        communeName: 'Sablé-sur-Sarthe',
        ageBracket: 'soixante_dix_plus',
      },
      structure: { id: lead.structureId },
      person: { id: lead.id },
    });
    expect(before.text).not.toMatch(/Introuvable|Cachée|0639980009|apolline@|1950/i);
    await lead.get(`${at(id)}/${sent.id}/sheet`);
    const [{ entries }] = (await system.database.query<{ entries: number }>(
      `select count(*)::integer as entries from audit_entry where action = 'case.outside-sheet' and stream_id = $1`,
      [id],
    )) as [{ entries: number }];
    expect(entries).toBe(2);
  });

  it('is made by who sent, and of nothing that was taken back', async () => {
    const id = await open();
    const sent = await send(id);
    const sheet = async (by: Person, of = `${at(id)}/${sent.id}`) => (await by.try('GET', `${of}/sheet`)).status;
    expect([await sheet(contributor), await sheet(stranger)]).toEqual([403, 404]);
    await lead.do(`${at(id)}/${sent.id}/cancel`, { reason: 'duplicate' });
    expect(await sheet(lead)).toBe(409);
    const [closed, objected] = [await open(), await open()];
    const [last, other] = [await send(closed), await send(objected)];
    await lead.do(`/v1/cases/${closed}/close`, { reason: 'need_met', cancelReferrals: true });
    const on = localDateOf(system.clock.now());
    await lead.do(`/v1/cases/${objected}/objections`, { against: 'all', on, how: 'oral' });
    expect(await sheet(lead, `${at(closed)}/${last.id}`)).toBe(403);
    expect(await sheet(lead, `${at(objected)}/${other.id}`)).toBe(403);
    expect(
      await system.database.query(
        `select from audit_entry where action = 'case.outside-sheet' and stream_id = any($1)`,
        [[id, closed, objected]],
      ),
    ).toEqual([]);
  });
});

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
