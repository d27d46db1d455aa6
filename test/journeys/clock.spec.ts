import { createRedisBackend, Queue } from 'bullmq';
import { Client, DatabaseError } from 'pg';
import { Timers, type BellSettings } from '@fil-rouge/platform';
import { queueServers, type QueueServer } from '../support/queues';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, newSession, Person, type Answer } from './driver';

/** Monday. Day n is the n-th business day after it; reminders go at nine in Paris, where it is one hour later than in UTC. */
const monday = '2026-11-23T10:00:00.000Z';
const day3 = '2026-11-26T08:00:00.000Z';
const day7 = '2026-12-02T08:00:00.000Z';
const day12 = '2026-12-09T08:00:00.000Z';
const day20 = '2026-12-21T22:59:59.999Z';
const justBefore = (instant: string) => new Date(Date.parse(instant) - 60_000).toISOString();

interface Cast {
  lead: Person;
  recipient: Person;
  manager: Person;
  coordinator: Person;
  administrator: Person;
}

async function assemble(system: TestSystem): Promise<Cast> {
  const enter = (role: string, structure?: string) => Person.signIn(system.baseUrl, system.account(role, structure), system.password);
  return {
    lead: await enter('conseiller'),
    recipient: await enter('conseiller', 'la-poste'),
    manager: await enter('responsable', 'la-poste'),
    coordinator: await enter('coordinateur'),
    administrator: await enter('administrateur'),
  };
}

/** What somebody was told about a case, oldest first. */
async function told(system: TestSystem, person: Person, caseId: string): Promise<string[]> {
  await system.settle();
  return (await person.all('/v1/notifications')).filter((item) => item.caseId === caseId).map(({ type }) => type).reverse();
}

const refer = async ({ lead, recipient }: Cast, send = true): Promise<{ caseId: string; id: string }> => {
  const { id: caseId } = await lead.do('/v1/cases', newCase());
  return { caseId, id: (await lead.do(`/v1/cases/${caseId}/referrals`, newReferral(recipient.structureId, { send }))).id };
};
const happened = async (person: Person, id: string, type: string) => (await person.get(`/v1/referrals/${id}`)).history.filter((entry) => entry.type === type).length;

/** Everything the queue holds is gone, as after the loss of its disk. */
async function lose({ redisUrl, postgresUrl }: BellSettings): Promise<void> {
  if (redisUrl) {
    const queue = new Queue('bell', { connection: { url: redisUrl } }, createRedisBackend);
    await queue.obliterate({ force: true });
    return queue.close();
  }
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'bullmq' and tablename not like '%migration%'`);
    expect(rows.length).toBeGreaterThan(0);
    await emptied(client, rows.map(({ name }) => `bullmq.${name}`).join(', '));
  } finally {
    await client.end();
  }
}

/**
 * The queue is at work on these tables meanwhile and locks them in its own order, so PostgreSQL may end either of the two as a deadlock
 * (40P01). The loss is what the test is about: it is taken up again until it has happened.
 */
async function emptied(client: Client, tables: string): Promise<void> {
  for (;;) {
    try {
      return void (await client.query(`truncate ${tables}`));
    } catch (error) {
      if (!(error instanceof DatabaseError && error.code === '40P01')) throw error;
    }
  }
}

describe.each(queueServers())('with every queue lost again and again, on %s', (_name, start) => {
  let server: QueueServer;
  let system: TestSystem;
  let cast: Cast;
  beforeAll(async () => {
    server = await start();
    // It is meant to be in trouble.
    system = await startSystem({ bell: { ...server.settings, onTrouble: () => undefined } });
    cast = await assemble(system);
  });
  afterAll(async () => {
    await system.stop();
    await server.stop();
  });

  /** Two rings at once, as two workers would, and once more. */
  const ring = async (instant: string): Promise<void> => {
    await lose(server.settings);
    system.clock.set(instant);
    const timers = system.worker.get(Timers, { strict: false });
    await Promise.all([timers.ring(), timers.ring()]);
    await system.settle();
  };

  it('each reminder comes on its day, exactly once, and the coordinator is alerted on day 12', async () => {
    system.clock.set(monday);
    const { caseId, id } = await refer(cast);
    for (const [before, day] of [day3, day7, day12].entries()) {
      await ring(justBefore(day));
      expect(await happened(cast.lead, id, 'ReferralReminded')).toBe(before);
      await ring(day);
      await ring(day);
      expect(await happened(cast.lead, id, 'ReferralReminded')).toBe(before + 1);
    }
    expect(await told(system, cast.manager, caseId)).toEqual(['ReferralSent', 'ReferralReminded', 'ReferralReminded', 'ReferralReminded']);
    expect(await told(system, cast.coordinator, caseId)).toEqual(['ReferralUnanswered']);
    await ring(justBefore(day20));
    expect((await cast.lead.get(`/v1/referrals/${id}`)).status).toBe('sent');
    await ring(day20);
    expect((await cast.lead.get(`/v1/referrals/${id}`)).status).toBe('expired');
    expect(await told(system, cast.lead, caseId)).toEqual(['ReferralExpired']);
    expect(await told(system, cast.manager, caseId)).toHaveLength(4);
  });
});

describe('the clock', () => {
  let system: TestSystem;
  let cast: Cast;
  // Time goes forward only: tokens and counted attempts to sign in are of their day.
  beforeEach(async () => {
    system = await startSystem();
    cast = await assemble(system);
    system.clock.set(monday);
  });
  afterEach(() => system.stop());

  const move = (instant: string): Promise<void> => {
    system.clock.set(instant);
    return system.settle();
  };

  it('catches up after an outage: what was missed comes once, and what is over is not called to mind', async () => {
    const [late, over] = [await refer(cast), await refer(cast)];
    await move(day7);
    expect(await happened(cast.lead, late.id, 'ReferralReminded')).toBe(2);
    await cast.recipient.do(`/v1/referrals/${over.id}/acknowledge`);
    await move('2027-02-01T12:00:00.000Z');
    expect(await happened(cast.lead, over.id, 'ReferralReminded')).toBe(2);
    expect(await happened(cast.lead, over.id, 'ReferralExpired')).toBe(1);
  });

  it('decides before any late worker: an answer after the last day gets 409', async () => {
    const { id } = await refer(cast);
    system.clock.set('2026-12-22T09:00:00.000Z');
    const late = await cast.recipient.post(`/v1/referrals/${id}/accept`);
    expect([late.status, late.body.code, late.text]).toEqual([409, 'wrong-state', expect.stringContaining('expired')]);
  });

  it('skips public holidays: Christmas and New Year’s Day are no business days', async () => {
    system.clock.set('2026-12-23T10:00:00.000Z');
    const { id } = await refer(cast);
    // Thursday 24, (25), Monday 28, Tuesday 29
    await move('2026-12-29T07:59:00.000Z');
    expect(await happened(cast.lead, id, 'ReferralReminded')).toBe(0);
    await move('2026-12-29T08:00:00.000Z');
    expect(await happened(cast.lead, id, 'ReferralReminded')).toBe(1);
  });

  it('alerts the recipient 15 days after the acceptance when no session was recorded, once', async () => {
    const { caseId, id } = await refer(cast);
    await cast.recipient.do(`/v1/referrals/${id}/accept`);
    await move('2026-12-14T07:59:00.000Z');
    expect(await told(system, cast.manager, caseId)).toEqual(['ReferralSent']);
    await move('2026-12-14T08:00:00.000Z');
    await move('2027-01-11T08:00:00.000Z');
    expect(await told(system, cast.manager, caseId)).toEqual(['ReferralSent', 'FirstSessionAwaited']);
  });

  describe('of a case to which nobody adds an entry', () => {
    const silences = async (caseId: string) => (await cast.lead.all(`/v1/cases/${caseId}/timeline`)).filter(({ type }) => type === 'CaseFellSilent').length;

    it('tells the lead after 60 days, once per silence', async () => {
      const { id: caseId } = await cast.lead.do('/v1/cases', newCase());
      const before = await cast.lead.get(`/v1/cases/${caseId}`);
      await move('2027-01-22T07:59:00.000Z');
      expect(await silences(caseId)).toBe(0);
      await move('2027-01-22T08:00:00.000Z');
      await move('2027-06-01T08:00:00.000Z');
      expect(await silences(caseId)).toBe(1);
      expect(await told(system, cast.lead, caseId)).toEqual(['CaseFellSilent']);
      // It changes nothing of the case, and no list calls it activity.
      const after = await cast.lead.get(`/v1/cases/${caseId}`);
      expect([after.version, after.lastActivityAt]).toEqual([before.version, before.lastActivityAt]);
      await cast.lead.do(`/v1/cases/${caseId}/sessions`, newSession({ date: '2027-05-31' }));
      await move('2027-08-30T08:00:00.000Z');
      expect(await silences(caseId)).toBe(2);
    });

    it('counts the entries of every structure, and is told to nobody but the lead', async () => {
      const { caseId, id } = await refer(cast);
      await cast.recipient.do(`/v1/referrals/${id}/accept`);
      await move('2027-01-15T08:00:00.000Z');
      await cast.recipient.do(`/v1/cases/${caseId}/sessions`, newSession({ date: '2027-01-14' }));
      await move('2027-03-10T08:00:00.000Z');
      expect(await silences(caseId)).toBe(0);
      await move('2027-03-16T08:00:00.000Z');
      expect(await silences(caseId)).toBe(1);
      expect((await cast.recipient.all(`/v1/cases/${caseId}/timeline`)).map(({ type }) => type)).not.toContain('CaseFellSilent');
      expect(await told(system, cast.recipient, caseId)).not.toContain('CaseFellSilent');
      expect(await told(system, cast.coordinator, caseId)).not.toContain('CaseFellSilent');
    });

    it('rests while the case is closed', async () => {
      const { id: caseId } = await cast.lead.do('/v1/cases', newCase());
      await cast.lead.do(`/v1/cases/${caseId}/close`, { reason: 'need_met' });
      await move('2027-06-01T08:00:00.000Z');
      expect(await silences(caseId)).toBe(0);
      await cast.lead.do(`/v1/cases/${caseId}/reopen`, { reason: 'Nouveau besoin.' });
      await move('2027-08-30T08:00:00.000Z');
      expect(await silences(caseId)).toBe(1);
    });
  });
});

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
  const put = (path: string, body: unknown, headers: Record<string, string> = {}, by = cast.administrator): Promise<Answer> => by.try('PUT', path, { body, headers });
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
      version: 0, own: {},
      inForce: { reminders: [3, 7, 12], coordinator: 12, answer: 20, answerUnderReview: 30, late: 7, firstSession: 15, heldCalendarDays: 60, silenceCalendarDays: 60 },
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
      { answer: 0 }, { answer: 2.5 }, { answer: null }, { late: 300 }, { reminders: [3, 3] }, { reminders: [0] }, { reminders: 3 }, { silenceCalendarDays: 1000 }, { patience: 3 },
    ];
    for (const body of wrong) {
      const answer = await put(ofNetwork, body);
      expect([answer.status, answer.body.errors.map((error) => error.pointer)]).toEqual([422, [`/${Object.keys(body)[0]}`]]);
    }
    expect((await read(ofNetwork)).version).toBe(0);
  });

  it('of the network hold everywhere, a structure’s own above them, for what begins afterwards', async () => {
    const before = await refer(cast);
    expect(await set(ofNetwork, { answer: 25, reminders: [10, 2] })).toMatchObject({ version: 1, own: { answer: 25, reminders: [2, 10] }, inForce: { answer: 25, reminders: [2, 10, 12], coordinator: 12 } });
    const after = await refer(cast);
    expect(await set(ofStructure, { answer: 5 })).toMatchObject({ version: 1, own: { answer: 5 }, inForce: { answer: 5, reminders: [2] } });
    const own = await refer(cast);
    expect([await dueAt(before.id), await dueAt(after.id), await dueAt(own.id)]).toEqual([day20, '2026-12-29T22:59:59.999Z', '2026-11-30T22:59:59.999Z']);

    // The past was promised other days: a change of any of them is not its business.
    await set(ofNetwork, { reminders: [1], answer: 2, late: 1, firstSession: 1 });
    await set(ofStructure, {});
    const latest = await refer(cast);
    system.clock.set('2026-11-26T12:00:00.000Z');
    await system.settle();
    const seen: unknown[] = [];
    for (const { id } of [before, after, own, latest]) seen.push([(await cast.lead.get(`/v1/referrals/${id}`)).status, await happened(cast.lead, id, 'ReferralReminded')]);
    expect(seen).toEqual([['sent', 1], ['sent', 1], ['sent', 1], ['expired', 0]]);
    expect([await dueAt(before.id), await dueAt(own.id)]).toEqual([day20, '2026-11-30T22:59:59.999Z']);
  });

  it('promise the first session as well, and how long a held referral waits', async () => {
    await set(ofStructure, { firstSession: 2 });
    const { id, caseId } = await refer(cast);
    await cast.recipient.do(`/v1/referrals/${id}/accept`);
    await set(ofStructure, { firstSession: 40 });
    system.clock.set('2026-11-25T08:00:00.000Z');
    expect(await told(system, cast.manager, caseId)).toEqual(['ReferralSent', 'FirstSessionAwaited']);

    const declared = await cast.administrator.do('/v1/structures', { name: 'Association du Pont Neuf', typology: 'ASSO', communes: ['72264'], services: [] });
    await set(`/v1/structures/${declared.id}/delays`, { heldCalendarDays: 3 });
    const held = await cast.lead.do(`/v1/cases/${caseId}/referrals`, newReferral(declared.id, { needs: ['sante'] }));
    await set(`/v1/structures/${declared.id}/delays`, { heldCalendarDays: 300 });
    system.clock.set('2026-11-29T08:00:00.000Z');
    await system.settle();
    expect(await cast.lead.get(`/v1/referrals/${held.id}`)).toMatchObject({ status: 'cancelled', reason: 'structure_not_validated' });
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
    expect([done.status, done.headers.get('etag'), (done.body as unknown as Delays).own]).toEqual([200, `"${version + 1}"`, { answer: 8 }]);
    expect((await set(ofStructure, { answer: 8 })).version).toBe(version + 1);
  });
});
