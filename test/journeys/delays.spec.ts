import { startSystem, type TestSystem } from '../support/system';
import { assemble, day20, happened, monday, refer, told, type Cast } from './clock-story';
import { newCase, newReferral, Person, type Answer } from './driver';

describe('the delays', () => {
  type Delays = { version: number; own: Record<string, unknown>; inForce: Record<string, unknown> };
  let system: TestSystem;
  let cast: Cast;
  let ofStructure: string;
  beforeEach(async () => {
    system = await startSystem();
    cast = await assemble(system);
    system.clock.set(monday);
    ofStructure = `/v1/structures/${cast.recipient.structureId}/delays`;
  });
  afterEach(() => system.stop());

  const ofNetwork = '/v1/settings/delays';
  const put = (
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
    by = cast.administrator,
  ): Promise<Answer> => by.try('PUT', path, { body, headers });
  const set = async (path: string, body: unknown): Promise<Delays> => {
    const answer = await put(path, body);
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    return answer.body as unknown as Delays;
  };
  const read = async (path: string): Promise<Delays> => (await cast.administrator.get(path)) as unknown as Delays;
  const dueAt = async (id: string) => (await cast.lead.get(`/v1/referrals/${id}`)).dueAt;

  it('are the administrators’ to read and change', async () => {
    const auditor = await Person.signIn(system.baseUrl, system.account('auditeur'), system.password);
    for (const person of [cast.lead, cast.manager, cast.coordinator, auditor]) {
      for (const path of [ofNetwork, ofStructure]) {
        expect((await put(path, {}, {}, person)).status).toBe(403);
        expect((await person.try('GET', path)).status).toBe(403);
      }
    }
    expect(await read(ofNetwork)).toEqual({
      version: 0,
      own: {},
      inForce: {
        reminders: [3, 7, 12],
        coordinator: 12,
        answer: 20,
        answerUnderReview: 30,
        late: 7,
        firstSession: 15,
        heldCalendarDays: 60,
        silenceCalendarDays: 60,
        urgent: { reminders: [1, 3], coordinator: 3, answer: 5, answerUnderReview: 10, late: 2 },
      },
    });
    expect(await read(ofStructure)).toMatchObject({ version: 0, own: {}, inForce: { answer: 20 } });
    expect((await cast.administrator.try('GET', `/v1/structures/${cast.lead.id}/delays`)).status).toBe(404);
    expect((await put(`/v1/structures/${cast.lead.id}/delays`, {})).status).toBe(404);
  });

  it('are set by several at once, also the first time: each as one after the other', async () => {
    const answers = await Promise.all([21, 22, 23].map((days) => put(ofNetwork, { answer: days })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await read(ofNetwork)).version).toBe(3);
  });

  it('are numbers of days that somebody can mean', async () => {
    const wrong = [
      { answer: 0 },
      { answer: 2.5 },
      { answer: null },
      { late: 300 },
      { reminders: [3, 3] },
      { reminders: [0] },
      { reminders: 3 },
      { silenceCalendarDays: 1000 },
      { patience: 3 },
    ];
    for (const body of wrong) {
      const answer = await put(ofNetwork, body);
      expect([answer.status, answer.body.errors.map((error) => error.pointer)]).toEqual([
        422,
        [`/${Object.keys(body)[0]}`],
      ]);
    }
    expect((await read(ofNetwork)).version).toBe(0);
  });

  it('contradict each other nowhere, of one level or of both: reminders, then the alert, then the end', async () => {
    const refused = async (path: string, body: object) => {
      const { status, body: problem } = await put(path, body);
      return [status, ...(problem.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
    };
    for (const path of [ofNetwork, ofStructure]) {
      expect(await refused(path, { reminders: [12], answer: 5 })).toEqual([422, '/reminders too-long']);
      expect(await refused(path, { reminders: [7, 3] })).toEqual([422, '/reminders order']);
      expect(await refused(path, { coordinator: 9, answer: 8 })).toEqual([422, '/coordinator too-long']);
      expect(await refused(path, { urgent: { reminders: [4], coordinator: 4, answer: 3 } })).toEqual([
        422,
        '/urgent/reminders too-long',
      ]);
    }
    await set(ofNetwork, { reminders: [3, 8], coordinator: 8 });
    expect(await refused(ofStructure, { answer: 5 })).toEqual([422, '/answer too-short']);
    await set(ofStructure, { reminders: [2], coordinator: 4, answer: 5 });
    // Whoever changes the network's is told whose own days stand against it.
    await set(ofStructure, { answer: 25 });
    expect(await refused(ofNetwork, { answerUnderReview: 22 })).toEqual([422, '/answerUnderReview too-short']);
    expect((await put(ofNetwork, { answerUnderReview: 22 })).text).toContain('La Poste');
    await set(ofStructure, (await read(ofStructure)).inForce);
  });

  it('of what is urgent are shorter, and set on their own', async () => {
    const { id: caseId } = await cast.lead.do('/v1/cases', newCase());
    const urgent = async (need: string) =>
      (
        await cast.lead.do(
          `/v1/cases/${caseId}/referrals`,
          newReferral(cast.recipient.structureId, { urgency: 'urgent', needs: [need] }),
        )
      ).id;
    const first = await urgent('sante');
    expect(await dueAt(first)).toBe('2026-11-30T22:59:59.999Z');
    await set(ofStructure, { urgent: { answer: 2 } });
    expect(await dueAt(await urgent('email'))).toBe('2026-11-25T22:59:59.999Z');
    expect(await dueAt((await refer(cast)).id)).toBe(day20);
    system.clock.set('2026-11-24T08:00:00.000Z');
    await system.settle();
    expect(await happened(cast.lead, first, 'ReferralReminded')).toBe(1);
    system.clock.set('2026-12-01T08:00:00.000Z');
    await system.settle();
    expect((await cast.lead.get(`/v1/referrals/${first}`)).status).toBe('expired');
  });

  it('of the network hold everywhere, a structure’s own above them, for what begins afterwards', async () => {
    const before = await refer(cast);
    expect(await set(ofNetwork, { answer: 25, reminders: [2, 10] })).toMatchObject({
      version: 1,
      own: { answer: 25, reminders: [2, 10] },
      inForce: { answer: 25, reminders: [2, 10, 12], coordinator: 12 },
    });
    const after = await refer(cast);
    expect(await set(ofStructure, { answer: 5, reminders: [2] })).toMatchObject({
      version: 1,
      own: { answer: 5, reminders: [2] },
      inForce: { answer: 5, reminders: [2], coordinator: 2 },
    });
    const own = await refer(cast);
    expect([await dueAt(before.id), await dueAt(after.id), await dueAt(own.id)]).toEqual([
      day20,
      '2026-12-29T22:59:59.999Z',
      '2026-11-30T22:59:59.999Z',
    ]);

    // The past was promised other days: a change of any of them is not its business.
    await set(ofStructure, {});
    await set(ofNetwork, { reminders: [1], answer: 2, late: 1, firstSession: 1 });
    const latest = await refer(cast);
    system.clock.set('2026-11-26T12:00:00.000Z');
    await system.settle();
    const seen: unknown[] = [];
    for (const { id } of [before, after, own, latest])
      seen.push([
        (await cast.lead.get(`/v1/referrals/${id}`)).status,
        await happened(cast.lead, id, 'ReferralReminded'),
      ]);
    expect(seen).toEqual([
      ['sent', 1],
      ['sent', 1],
      ['sent', 1],
      ['expired', 0],
    ]);
    expect([await dueAt(before.id), await dueAt(own.id)]).toEqual([day20, '2026-11-30T22:59:59.999Z']);
  });

  it('promise the first session as well, and how long a held referral waits', async () => {
    await set(ofStructure, { firstSession: 2 });
    const { id, caseId } = await refer(cast);
    await cast.recipient.do(`/v1/referrals/${id}/accept`);
    await set(ofStructure, { firstSession: 40 });
    system.clock.set('2026-11-25T08:00:00.000Z');
    expect(await told(system, cast.manager, caseId)).toEqual(['ReferralSent', 'FirstSessionAwaited']);

    const declared = await cast.administrator.do('/v1/structures', {
      name: 'Association du Pont Neuf',
      typology: 'ASSO',
      communes: ['72264'],
      services: [],
    });
    await set(`/v1/structures/${declared.id}/delays`, { heldCalendarDays: 3 });
    const held = await cast.lead.do(`/v1/cases/${caseId}/referrals`, newReferral(declared.id, { needs: ['sante'] }));
    await set(`/v1/structures/${declared.id}/delays`, { heldCalendarDays: 300 });
    system.clock.set('2026-11-29T08:00:00.000Z');
    await system.settle();
    expect(await cast.lead.get(`/v1/referrals/${held.id}`)).toMatchObject({
      status: 'cancelled',
      reason: 'structure_not_validated',
    });
  });

  it('of a draft are those of the day it is sent', async () => {
    const { id } = await refer(cast, false);
    await set(ofStructure, { answer: 5 });
    await cast.lead.do(`/v1/referrals/${id}/send`);
    expect(await dueAt(id)).toBe('2026-11-30T22:59:59.999Z');
  });

  it('of a silence are promised when the case opens, by the structure that leads it', async () => {
    const ofLead = `/v1/structures/${cast.lead.structureId}/delays`;
    await set(ofLead, { silenceCalendarDays: 10 });
    const { id: caseId } = await cast.lead.do('/v1/cases', newCase());
    await set(ofLead, {});
    system.clock.set('2026-12-03T08:00:00.000Z');
    expect(await told(system, cast.lead, caseId)).toEqual(['CaseFellSilent']);
  });

  it('are changed against what one has read', async () => {
    const { version } = await set(ofStructure, { answer: 9 });
    const stale = await put(ofStructure, { answer: 8 }, { 'if-match': `"${version - 1}"` });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale']);
    const done = await put(ofStructure, { answer: 8 }, { 'if-match': `"${version}"` });
    expect([done.status, done.headers.get('etag'), (done.body as unknown as Delays).own]).toEqual([
      200,
      `"${version + 1}"`,
      { answer: 8 },
    ]);
    expect((await set(ofStructure, { answer: 8 })).version).toBe(version + 1);
  });
});
