/**
 * Two api processes on one database, a worker beside them; both sides of each race ask at the same moment, each its own process. 25 rounds;
 * `npm run races` runs 1,000 (ROUNDS=1000). Exactly one wins, the other is told what the record has become.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { newCase, newReferral, newSession, Person, succeeded, type Answer } from '../journeys/driver';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { startProcesses, type Processes } from './processes';

const rounds = Number(process.env['ROUNDS'] ?? 25);
/** Rounds under way at once: races among strangers must not disturb each other. */
const abreast = 4;
const patience = 60_000 + rounds * 3_000;

let database: TestDatabase;
let processes: Processes;
/** The same people at both processes; a token of one is a token of all. */
let here: People;
let there: People;

const accounts = {
  lead: 'conseiller@departement-sarthe', manager: 'responsable@departement-sarthe', recipient: 'conseiller@la-poste', other: 'conseiller@afpa',
  administrator: 'administrateur@departement-sarthe', auditor: 'auditeur@departement-sarthe',
} as const;
type People = Record<keyof typeof accounts, Person>;

beforeAll(async () => {
  database = await cloneDatabase();
  processes = await startProcesses(database);
  const enter = async (baseUrl: string): Promise<People> => {
    const people: Partial<Record<keyof typeof accounts, Person>> = {};
    for (const [name, account] of Object.entries(accounts)) people[name as keyof People] = await Person.signIn(baseUrl, `${account}.demo`, database.password);
    return people as People;
  };
  here = await enter(processes.apis[0].baseUrl);
  there = await enter(processes.apis[1]!.baseUrl);
});
afterAll(async () => {
  await processes.stop();
  await database.drop();
});

type Ask = () => Promise<Answer>;

/** Both at once; which one is sent first, and by how much, is chance. @param within ms: longer where one side has more to look at before it writes */
async function race(one: Ask, other: Ask, within = 8): Promise<[Answer, Answer]> {
  const late = async (ask: Ask, ms: number): Promise<Answer> => {
    if (ms > 0) await pause(ms);
    return ask();
  };
  const head = (Math.random() * 2 - 1) * within;
  return Promise.all([late(one, head), late(other, -head)]);
}

async function repeat(round: () => Promise<string>, among = abreast): Promise<Record<string, number>> {
  const ends: Record<string, number> = {};
  let left = rounds;
  await Promise.all(Array.from({ length: among }, async () => {
    while (left-- > 0) {
      const end = await round();
      ends[end] = (ends[end] ?? 0) + 1;
    }
  }));
  if (process.env['SHOW']) console.log(expect.getState().currentTestName, ends);
  // Chance alone does not let one side win a thousand times.
  if (rounds >= 200) expect(Object.keys(ends).length).toBeGreaterThan(1);
  return ends;
}

const today = (): string => new Date().toISOString().slice(0, 10);
const informed = () => ({ on: today(), how: 'oral' });
const open = async (): Promise<string> => (await here.lead.do('/v1/cases', { ...newCase(), informed: informed() })).id;
const refer = (caseId: string): Promise<{ id: string }> => here.lead.do(`/v1/cases/${caseId}/referrals`, newReferral(here.recipient.structureId, { informed: informed() }));
const push = (caseId: string, more: object = {}): Promise<{ id: string }> =>
  here.lead.do(`/v1/cases/${caseId}/handovers`, { kind: 'push', toStructureId: here.recipient.structureId, note: 'Note de passation.', ...more });

/** Told the truth: 409 with the present state, and what may still be done in it. */
function expectTold(answer: Answer, status: string, actions: readonly string[]): void {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 409, body: { code: 'wrong-state', status, actions } });
}

/** After every race: chain and numbers, one lead at any instant, one open handover at most. */
async function expectWhole(caseId: string): Promise<void> {
  expect(await here.auditor.get(`/v1/audit/cases/${caseId}/verification`)).toMatchObject({ chain: 'ok', continuity: 'ok', gaps: [] });
  const periods = await database.query<{ from_seq: number; until_seq: number | null; meets: boolean }>(
    'select from_seq, until_seq, from_at = lag(until_at) over (order by from_seq) as meets from lead_period where case_id = $1 order by from_seq', [caseId]);
  expect(periods.slice(1).filter(({ meets }) => !meets)).toEqual([]);
  expect(periods.filter(({ until_seq }) => until_seq === null)).toHaveLength(1);
  expect(await database.query(`select id from handover where case_id = $1 and status in ('proposed', 'requested', 'accepted') offset 1`, [caseId])).toEqual([]);
}

const typesOf = async (caseId: string): Promise<string[]> =>
  (await database.query<{ type: string }>('select type from event where stream_id = $1 order by seq', [caseId])).map(({ type }) => type);

describe('between two processes', () => {
  it('an acceptance meets a withdrawal', async () => {
    await repeat(async () => {
      const caseId = await open();
      const { id } = await refer(caseId);
      const [accepted, withdrawn] = await race(() => here.recipient.post(`/v1/referrals/${id}/accept`), () => there.lead.post(`/v1/referrals/${id}/withdraw`, { reason: 'changed_mind' }));
      const won = accepted.status === 200 ? 'accept' : 'withdraw';
      if (won === 'accept') expectTold(withdrawn, 'accepted', ['request-cancellation']);
      else {
        expect(succeeded(withdrawn).body.status).toBe('withdrawn');
        expectTold(accepted, 'withdrawn', []);
      }
      expect((await typesOf(caseId)).filter((type) => /Accepted|Withdrawn/.test(type))).toHaveLength(1);
      expect((await here.recipient.try('GET', `/v1/cases/${caseId}`)).status).toBe(won === 'accept' ? 200 : 404);
      await expectWhole(caseId);
      return won;
    });
  }, patience);

  it('two handovers of one case are proposed', async () => {
    await repeat(async () => {
      const caseId = await open();
      const propose = (person: Person, to: Person) => () => person.post(`/v1/cases/${caseId}/handovers`, { kind: 'push', toStructureId: to.structureId, note: 'Note de passation.' });
      const answers = await race(propose(here.lead, here.recipient), propose(there.manager, there.other));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      const loser = answers.find(({ status }) => status === 409)!;
      const winner = answers.find(({ status }) => status === 201)!;
      expect(loser.body).toMatchObject({ code: 'open-handover', handoverId: winner.body.id, status: 'proposed', actions: ['withdraw'] });
      await expectWhole(caseId);
      return answers[0].status === 201 ? 'here' : 'there';
    });
  }, patience);

  it('an acceptance meets an objection', async () => {
    await repeat(async () => {
      const caseId = await open();
      const { id } = await refer(caseId);
      const against = here.recipient.structureId;
      const [accepted, objected] = await race(() => here.recipient.post(`/v1/referrals/${id}/accept`), () => there.lead.post(`/v1/cases/${caseId}/objections`, { against, ...informed() }));
      succeeded(objected);
      if (accepted.status !== 200) expectTold(accepted, 'cancelled', []);
      // The objection stands whoever came first: nothing is shared any more.
      expect(await here.lead.get(`/v1/referrals/${id}`)).toMatchObject({ status: 'cancelled', reason: 'objection' });
      expect(await typesOf(caseId)).toEqual([
        'CaseOpened', 'ReferralDrafted', 'ReferralSent', ...(accepted.status === 200 ? ['ReferralAccepted'] : []), 'ObjectionRecorded', 'ReferralCancelled',
      ]);
      await expectWhole(caseId);
      return accepted.status === 200 ? 'accept, then objection' : 'objection';
    });
  }, patience);

  it("an acceptance meets the recipient's suspension", async () => {
    const structure = here.recipient.structureId;
    const decide = (person: Person, status: string) => person.post(`/v1/structures/${structure}/decisions`, { status, decidedOn: today() });
    // One structure: one round at a time.
    await repeat(async () => {
      const caseId = await open();
      const { id } = await refer(caseId);
      const [accepted, suspended] = await race(() => here.recipient.post(`/v1/referrals/${id}/accept`), () => decide(there.administrator, 'suspended'));
      succeeded(suspended);
      // Refused before its state is looked at, whoever came first.
      const again = await there.recipient.post(`/v1/referrals/${id}/accept`);
      expect([again.status, again.body.code]).toEqual([403, 'forbidden']);
      if (accepted.status !== 200) expect([accepted.status, accepted.body.code]).toEqual([403, 'forbidden']);
      expect((await typesOf(caseId)).filter((type) => type === 'ReferralAccepted')).toHaveLength(accepted.status === 200 ? 1 : 0);
      await expectWhole(caseId);
      succeeded(await decide(here.administrator, 'active'));
      return accepted.status === 200 ? 'accept, then suspension' : 'suspension';
    }, 1);
  }, patience);

  it('a write of the lead meets a handover that takes effect by the clock', async () => {
    await repeat(async () => {
      const caseId = await open();
      const { id } = await push(caseId);
      const date = Date.now() + 150;
      succeeded(await here.recipient.post(`/v1/handovers/${id}/accept`, { effectiveAt: new Date(date).toISOString() }));
      await pause(Math.max(0, date - Date.now() - Math.random() * 40));
      const write = () => here.lead.post(`/v1/cases/${caseId}/referrals`, newReferral(here.other.structureId, { informed: informed() }));
      const ownSession = () => there.recipient.post(`/v1/cases/${caseId}/sessions`, newSession({ date: today() }));
      const [written, session] = await race(write, ownSession);
      // Who is not the lead yet does not know the case; the one that was says nothing new about it.
      expect([201, 403]).toContain(written.status);
      expect([201, 404]).toContain(session.status);
      await until(async () => (await there.recipient.try('GET', `/v1/cases/${caseId}`)).status === 200);
      const types = await typesOf(caseId);
      const effect = types.indexOf('HandoverTookEffect');
      expect(types.filter((type) => type === 'HandoverTookEffect')).toHaveLength(1);
      expect(types.indexOf('ReferralSent') === -1 ? 403 : types.indexOf('ReferralSent') < effect ? 201 : 'written by who leads no more').toBe(written.status);
      expect(types.indexOf('SessionRecorded') === -1 ? 404 : types.indexOf('SessionRecorded') > effect ? 201 : 'written by who did not lead yet').toBe(session.status);
      await expectWhole(caseId);
      return `${written.status} ${session.status}`;
    });
  }, patience);

  it('a correction meets a handover', async () => {
    await repeat(async () => {
      const caseId = await open();
      const { id } = await push(caseId);
      const [corrected, accepted] = await race(
        () => here.lead.post(`/v1/cases/${caseId}/corrections`, { resident: { phone: '0243000000' } }), () => there.recipient.post(`/v1/handovers/${id}/accept`));
      expect(succeeded(accepted).body.status).toBe('effective');
      const types = await typesOf(caseId);
      const correction = types.indexOf('ResidentCorrected');
      if (corrected.status === 403) expect(correction).toBe(-1);
      else {
        expect(corrected.status).toBe(200);
        expect(correction).toBeGreaterThan(0);
        expect(correction).toBeLessThan(types.indexOf('HandoverTookEffect'));
      }
      expect((await there.recipient.get(`/v1/cases/${caseId}`)).lead.structure.id).toBe(here.recipient.structureId);
      await expectWhole(caseId);
      return corrected.status === 200 ? 'correction, then handover' : 'handover';
    });
  }, patience);

  it('somebody is named for a case whose employment ends', async () => {
    let people = 0;
    await repeat(async () => {
      const caseId = await open();
      const who = await here.manager.do('/v1/users', { name: 'Part Bientôt', email: `part.${++people}@exemple.fr`, structureId: here.manager.structureId, role: 'counsellor' });
      const [employment] = (who as unknown as { employments: { id: string }[] }).employments;
      const [named, ended] = await race(
        () => here.manager.post(`/v1/cases/${caseId}/assignments`, { counsellorId: who.id }), () => there.manager.post(`/v1/users/${who.id}/employments/${employment!.id}/end`));
      if (named.status === 200) expectTold(ended, 'leads-open-cases', []);
      else expect([named.status, named.body.errors[0], ended.status]).toEqual([422, expect.objectContaining({ code: 'not-employed' }), 200]);
      await expectWhole(caseId);
      return named.status === 200 ? 'named' : 'ended';
    });
  }, patience);

  /** Of somebody of its own each time, with one case. */
  async function leaving(email: string): Promise<{ caseId: string; at: string }> {
    const caseId = await open();
    const who = await here.manager.do('/v1/users', { name: 'Quitte Bientôt', email, structureId: here.manager.structureId, role: 'counsellor' });
    await here.manager.do(`/v1/cases/${caseId}/assignments`, { counsellorId: who.id });
    const { id } = await here.manager.do('/v1/handover-batches', { kind: 'counsellor_leaves', userId: who.id });
    return { caseId, at: `/v1/handover-batches/${id}` };
  }
  const to = (caseId: string, counsellor: Person) => ({ decisions: [{ caseId, decision: 'colleague', counsellorId: counsellor.id }] });
  const leads = async (at: string, caseId: string): Promise<unknown> => {
    await until(async () => (await here.manager.get(at)).status === 'done');
    return (await here.manager.get(`/v1/cases/${caseId}`)).lead.counsellor!.id;
  };

  it.each(['start', 'cancel'])('a decision on who follows a case meets the %s of its batch', async (action) => {
    let batches = 0;
    await repeat(async () => {
      const { caseId, at } = await leaving(`decide.${action}.${++batches}@exemple.fr`);
      await here.manager.do(`${at}/decisions`, to(caseId, here.lead));
      const [decided, done] = await race(() => here.manager.post(`${at}/decisions`, to(caseId, here.manager)), () => there.administrator.post(`${at}/${action}`), 60);
      succeeded(done);
      if (decided.status !== 200) expect([decided.status, decided.body.code]).toEqual([409, 'wrong-state']);
      const won = decided.status === 200 ? here.manager.id : here.lead.id;
      if (action === 'start') expect(await leads(at, caseId)).toBe(won);
      else expect((await here.manager.get(at)).items).toEqual([expect.objectContaining({ status: 'cancelled', toCounsellor: expect.objectContaining({ id: won }) })]);
      await expectWhole(caseId);
      return decided.status === 200 ? `decision, then ${action}` : action;
    });
  }, patience);

  it('two start one batch with different decisions', async () => {
    let batches = 0;
    await repeat(async () => {
      const { caseId, at } = await leaving(`commence.${++batches}@exemple.fr`);
      const answers = await race(() => here.manager.post(`${at}/start`, to(caseId, here.manager)), () => there.administrator.post(`${at}/start`, to(caseId, here.lead)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await leads(at, caseId)).toBe(answers[0].status === 200 ? here.manager.id : here.lead.id);
      await expectWhole(caseId);
      return answers[0].status === 200 ? 'here' : 'there';
    });
  }, patience);
});

/** The worker of another process ticks once a second: asked again until it has. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}
