/** When something happened and when it was written down are two things; what happened before an end may be written down after it. */
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person } from './driver';
import { timeline } from './merge-story';

let system: TestSystem;
let lead: Person;
let colleague: Person;
let recipient: Person;
let other: Person;
let manager: Person;
let coordinator: Person;

beforeAll(async () => {
  system = await startSystem();
  const enter = (role: string, structure?: string) =>
    Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  [lead, colleague, recipient, other, manager, coordinator] = await Promise.all([
    enter('conseiller'),
    enter('responsable'),
    enter('conseiller', 'la-poste'),
    enter('conseiller', 'afpa'),
    enter('responsable', 'afpa'),
    enter('coordinateur'),
  ]);
});
afterAll(() => system.stop());

const open = async (): Promise<string> => (await lead.do('/v1/cases', newCase())).id;
const day = (days = 0) => new Date(Date.parse(system.clock.now()) + days * 86_400_000).toISOString().slice(0, 10);
const accepted = async (caseId: string): Promise<string> => {
  const { id } = await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId));
  await recipient.do(`/v1/referrals/${id}/accept`);
  return id;
};
const record = async (by: Person, caseId: string, more: object) => {
  const answer = await by.post(`/v1/cases/${caseId}/sessions`, newSession({ ...more }));
  return [
    answer.status,
    answer.status === 201 ? undefined : (answer.body.errors?.[0]?.pointer ?? answer.body.code),
  ].filter((one) => one !== undefined);
};

describe('a session dated before the referral was sent', () => {
  it('starts nothing, named or not, and nobody is told of a start; one of the day of sending does', async () => {
    const id = await open();
    const referral = await accepted(id);
    for (const more of [{ date: day(-1) }, { date: day(-1), referralId: referral }, { date: day(-300) }]) {
      expect(await record(recipient, id, more)).toEqual([201]);
      expect((await lead.get(`/v1/referrals/${referral}`)).status).toBe('accepted');
    }
    await system.settle();
    expect(
      (await lead.all('/v1/notifications')).filter(({ caseId, type }) => caseId === id && type === 'ReferralStarted'),
    ).toEqual([]);
    expect(await record(recipient, id, { date: day() })).toEqual([201]);
    expect((await lead.get(`/v1/referrals/${referral}`)).status).toBe('in_progress');
  });

  it('and whose date is corrected starts it then; corrected away, it has not begun', async () => {
    const id = await open();
    const referral = await accepted(id);
    const { id: sid } = await recipient.do(`/v1/cases/${id}/sessions`, newSession({ date: day(-1) }));
    const dated = (date: string) => recipient.do(`/v1/cases/${id}/sessions/${sid}/corrections`, { date });
    await dated(day());
    expect((await lead.get(`/v1/referrals/${referral}`)).status).toBe('in_progress');
    await dated(day(-2));
    expect((await lead.get(`/v1/referrals/${referral}`)).status).toBe('accepted');
  });
});

describe('for 30 days after the end', () => {
  it.each([
    ['complete', { outcome: 'helped' }, true],
    ['return', { reason: 'out_of_scope' }, true],
    ['agree-cancellation', {}, false],
  ] as const)(
    'of a referral by %s, its recipient records and corrects what it did: %o %s',
    async (action, body, grace) => {
      const id = await open();
      const referral = await accepted(id);
      const { id: sid } = await recipient.do(`/v1/cases/${id}/sessions`, newSession({ date: day() }));
      if (action === 'agree-cancellation')
        await lead.do(`/v1/referrals/${referral}/request-cancellation`, { reason: 'Aidé ailleurs.' });
      await recipient.do(`/v1/referrals/${referral}/${action}`, body);
      const correct = async () =>
        (await recipient.post(`/v1/cases/${id}/sessions/${sid}/corrections`, { minutes: 15, reason: action + day() }))
          .status;
      const ended = day();
      expect([await record(recipient, id, { date: ended }), await correct()]).toEqual(
        grace ? [[201], 200] : [[403, 'forbidden'], 403],
      );
      if (!grace) return;
      system.clock.advance({ days: 29 });
      expect(await record(recipient, id, { date: ended })).toEqual([201]);
      expect(await record(recipient, id, { date: day() })).toEqual([422, '/date']);
      // Closed or not is no longer theirs to know.
      await lead.do(`/v1/cases/${id}/close`, { reason: 'need_met' });
      expect(await record(recipient, id, { date: ended })).toEqual([201]);
      system.clock.advance({ days: 2 });
      expect(await record(recipient, id, { date: ended })).toEqual([403, 'forbidden']);
    },
  );

  it('not after an objection, nor once there is one', async () => {
    const [during, after] = [await open(), await open()];
    const [one, two] = [await accepted(during), await accepted(after)];
    const object = (id: string) =>
      lead.do(`/v1/cases/${id}/objections`, { against: recipient.structureId, on: day(), how: 'oral' });
    await object(during);
    await recipient.do(`/v1/referrals/${two}/complete`, { outcome: 'helped' });
    expect(await record(recipient, after, { date: day() })).toEqual([201]);
    await object(after);
    for (const id of [during, after]) expect(await record(recipient, id, { date: day() })).toEqual([403, 'forbidden']);
    expect((await recipient.get(`/v1/referrals/${one}`)).status).toBe('cancelled');
  });

  it('of a follow-up, its last lead records what was before the closing, and corrects the resident’s details', async () => {
    const id = await open();
    await lead.do(`/v1/cases/${id}/close`, { reason: 'need_met' });
    const closed = day();
    system.clock.advance({ days: 20 });
    expect(await record(lead, id, { date: closed })).toEqual([201]);
    expect(await record(lead, id, { date: day() })).toEqual([422, '/date']);
    expect(await lead.do(`/v1/cases/${id}/corrections`, { resident: { phone: '0639980103' } })).toMatchObject({
      status: 'closed',
      resident: { phone: '0639980103' },
    });
    const workshop = {
      title: 'Atelier',
      date: closed,
      minutes: 60,
      place: 'autre',
      themes: ['email'],
      participants: [{ caseId: id }],
      anonymous: { total: 0 },
    };
    expect((await lead.post('/v1/workshops', workshop)).status).toBe(201);
    expect((await lead.post(`/v1/cases/${id}/assignments`, { counsellorId: lead.id })).body).toMatchObject({
      code: 'wrong-state',
      actions: ['sessions', 'notes', 'corrections', 'reopen', 'keep'],
    });
    system.clock.advance({ days: 11 });
    expect(await record(lead, id, { date: closed })).toEqual([409, 'wrong-state']);
    expect((await lead.post(`/v1/cases/${id}/corrections`, { resident: { phone: null } })).body).toMatchObject({
      code: 'wrong-state',
      actions: ['reopen', 'keep'],
    });
    expect((await timeline(lead, id)).filter(({ type }) => type === 'SessionRecorded')).toHaveLength(1);
  });
});

describe('closing over a handover', () => {
  it.each([
    ['proposed', undefined],
    ['accepted', 10],
  ] as const)('that is %s asks first; cancelled with the case, the other side is told', async (_state, days) => {
    const id = await open();
    const { id: handover } = await lead.do(`/v1/cases/${id}/handovers`, {
      kind: 'push',
      toStructureId: other.structureId,
      note: 'Déménage.',
    });
    if (days) await other.do(`/v1/handovers/${handover}/accept`, { effectiveAt: `${day(days)}T09:00:00.000Z` });
    const close = (more: object) => lead.post(`/v1/cases/${id}/close`, { reason: 'moved_out', ...more });
    expect((await close({})).body).toMatchObject({ code: 'open-handover', handoverId: handover });
    expect((await close({ cancelReferrals: true, cancelHandover: false })).body.code).toBe('open-handover');
    expect((await close(days ? { cancelHandover: true } : { cancelReferrals: true })).status).toBe(200);
    await system.settle();
    const told = (await manager.all('/v1/notifications'))
      .filter((one) => (one as unknown as { handoverId: string }).handoverId === handover)
      .map(({ type }) => type);
    expect(told).toContain('HandoverCancelled');
  });

  it('need not be asked when the resident has died', async () => {
    const id = await open();
    await lead.do(`/v1/cases/${id}/handovers`, { kind: 'push', toStructureId: other.structureId, note: 'Déménage.' });
    expect((await lead.post(`/v1/cases/${id}/close`, { reason: 'deceased' })).status).toBe(200);
  });
});

it('a closed case is found by who led it when it was closed, and by the structure; reopened, by who leads it now', async () => {
  const [id, still] = [await open(), await open()];
  const found = async (by: Person, query: string) =>
    (await by.all(`/v1/cases?${query}`)).map((one) => one.id).filter((one) => one === id || one === still);
  await lead.do(`/v1/cases/${id}/close`, { reason: 'need_met' });
  expect(await found(lead, 'lead=mine&status=closed')).toEqual([id]);
  expect(await found(lead, 'lead=mine&status=open')).toEqual([still]);
  expect((await found(lead, 'lead=mine')).sort()).toEqual([id, still].sort());
  expect((await found(lead, 'lead=mine&status=open,closed')).sort()).toEqual([id, still].sort());
  expect([
    await found(colleague, 'lead=mine&status=closed'),
    await found(colleague, 'lead=structure&status=closed'),
  ]).toEqual([[], [id]]);
  expect(await found(coordinator, 'lead=structure&status=closed')).toEqual([id]);
  await colleague.do(`/v1/cases/${id}/reopen`, { reason: 'Revient.' });
  expect([await found(lead, 'lead=mine'), await found(colleague, 'lead=mine')]).toEqual([[still], [id]]);
  const handover = await colleague.do(`/v1/cases/${id}/handovers`, {
    kind: 'push',
    toStructureId: other.structureId,
    note: 'Déménage.',
  });
  await other.do(`/v1/handovers/${handover.id}/accept`, { counsellorId: other.id });
  await other.do(`/v1/cases/${id}/close`, { reason: 'need_met' });
  expect([
    await found(colleague, 'lead=mine&status=closed'),
    await found(other, 'lead=mine&status=closed'),
    await found(colleague, 'lead=structure'),
  ]).toEqual([[], [id], [still]]);
});
