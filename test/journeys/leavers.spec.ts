import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sealing } from '@fil-rouge/platform';
import { HandoverBatchRunner } from '@fil-rouge/referrals';
import { invitationToken } from '@fil-rouge/users';
import { rebuild } from '../support/rebuild';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newReferral, Person, request, sable, succeeded, type View } from './driver';

interface Destination { decision: string; structure: { id: string; name: string }; counsellor?: { id: string }; because?: string[] }
interface Item { caseId: string; status: string; proposal?: Destination; outcome?: string; failure?: string; handoverId?: string }
interface Batch extends Omit<View, 'items' | 'status'> {
  status: string; kind: string; total: number; undecided: number; done: number; failed: number; remaining: number; items: Item[];
}
interface Period { structure: { id: string }; counsellor?: { id: string }; from: string; until?: string }

const batches = '/v1/handover-batches';
const asBatch = (view: unknown): Batch => view as Batch;

describe('somebody leaves with open cases', () => {
  let system: TestSystem;
  let manager: Person;
  let coordinator: Person;
  let administrator: Person;
  let laPoste: Person;
  let leavers = 0;

  const enter = (account: string): Promise<Person> => Person.signIn(system.baseUrl, `${account}.demo`, system.password);

  beforeAll(async () => {
    system = await startSystem();
    [manager, coordinator, administrator, laPoste] = await Promise.all(
      ['responsable@departement-sarthe', 'coordinateur@departement-sarthe', 'administrateur@departement-sarthe', 'conseiller@la-poste'].map(enter)) as [Person, Person, Person, Person];
  });
  afterAll(() => system.stop());

  /** One of the Département's placed counsellors, another one each time. */
  const placed = ['pays-flechois', 'huisne-sarthoise', 'pays-sabolien', 'val-de-sarthe', 'sud-sarthe', 'maine-saosnois', 'braye-et-anille', 'gesnois-bilurien', 'loir-luce-berce'];
  const leaver = (): Promise<Person> => enter(`conseiller.${placed[leavers++]!}@departement-sarthe`);

  const openCases = async (person: Person, count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) ids.push((await person.do('/v1/cases', newCase())).id);
    return ids.sort();
  };
  const prepared = async (): Promise<Batch[]> =>
    ((await manager.all(`${batches}?status=prepared`)) as unknown as Batch[]).filter(({ kind }) => kind === 'counsellor_leaves');
  const open = async (by: Person, body: object): Promise<Batch> => asBatch(await by.do(batches, body));
  const read = async (by: Person, id: string): Promise<Batch> => asBatch(await by.get(`${batches}/${id}`));
  const leads = async (caseId: string): Promise<Period[]> => ((await coordinator.get(`/v1/cases/${caseId}`)) as unknown as { leads: Period[] }).leads;

  /** What the worker's ticks do, one after the other. */
  async function carriedOut(by: Person, id: string, reached = (batch: Batch): boolean => batch.status === 'done'): Promise<Batch> {
    const runner = system.worker.get(HandoverBatchRunner, { strict: false });
    for (let tick = 0; tick < 2000; tick++) {
      await runner.run();
      const batch = await read(by, id);
      if (reached(batch)) return batch;
    }
    throw new Error('The batch does not end.');
  }

  async function endEmployment(person: Person): Promise<number> {
    const { employments } = (await manager.get(`/v1/users/${person.id}`)) as unknown as { employments: { id: string; ended: boolean }[] };
    const employment = employments.find(({ ended }) => !ended)!;
    return (await manager.post(`/v1/users/${person.id}/employments/${employment.id}/end`)).status;
  }

  it('is shown where each case could go, the same structure first, and nothing is written', async () => {
    const who = await leaver();
    const cases = await openCases(who, 4);
    const answer = succeeded(await manager.post(batches, { kind: 'counsellor_leaves', userId: who.id, preview: true }));
    const preview = asBatch(answer.body);
    expect([answer.status, preview.status, preview.total, preview.id]).toEqual([200, 'preview', 4, undefined]);
    expect(preview.items.map(({ caseId }) => caseId)).toEqual(cases);
    expect(preview.items.every(({ proposal }) => proposal?.decision === 'colleague' && proposal.structure.id === who.structureId)).toBe(true);
    const colleagues = preview.items.map(({ proposal }) => proposal!.counsellor!.id);
    expect(colleagues).not.toContain(who.id);
    // Shared out: what is proposed counts as load.
    expect(new Set(colleagues).size).toBe(4);
    expect(await system.database.query('select from handover_batch')).toEqual([]);
    expect((await manager.post(batches, { kind: 'counsellor_leaves', userId: laPoste.id, preview: true })).status).toBe(422);
  });

  it('leaves once a batch has every case, and each case goes where it was decided, in one commit of the person who decided', async () => {
    const who = await leaver();
    const cases = await openCases(who, 4);
    expect(await endEmployment(who)).toBe(409);
    const batch = await open(manager, { kind: 'counsellor_leaves', userId: who.id, reason: 'Départ à la retraite.' });
    const [first, second, third, fourth] = cases;
    const uncovered = await who.do('/v1/cases', newCase());
    expect(await endEmployment(who)).toBe(409);
    await manager.do(`/v1/cases/${uncovered.id}/assignments`, { counsellorId: manager.id });
    expect(await endEmployment(who)).toBe(200);

    const early = await manager.post(`${batches}/${batch.id}/start`);
    expect([early.status, early.body.errors[0]]).toEqual([422, expect.objectContaining({ pointer: '/decisions', code: 'undecided' })]);
    const decided = asBatch(await manager.do(`${batches}/${batch.id}/decisions`, {
      decisions: [
        { caseId: first, decision: 'colleague', counsellorId: manager.id },
        { caseId: second, decision: 'structure', structureId: laPoste.structureId },
        { caseId: third, decision: 'close', reason: 'need_met' },
      ],
    }));
    expect([decided.status, decided.undecided, decided.remaining]).toEqual(['prepared', 1, 4]);
    // Not to whom it is proposed: that one may be the next to leave here.
    await manager.do(`${batches}/${batch.id}/start`, { decisions: [{ caseId: fourth, decision: 'colleague', counsellorId: manager.id }] });
    const done = await carriedOut(manager, batch.id);
    expect([done.done, done.failed, done.remaining]).toEqual([4, 0, 0]);
    const outcome = (caseId: string | undefined) => done.items.find((item) => item.caseId === caseId)!;
    expect([first, second, third, fourth].map((caseId) => outcome(caseId).outcome)).toEqual(['reassigned', 'proposed', 'closed', 'reassigned']);

    expect(await leads(first!)).toEqual([
      expect.objectContaining({ counsellor: expect.objectContaining({ id: who.id }), until: expect.any(String) }),
      expect.objectContaining({ counsellor: expect.objectContaining({ id: manager.id }) }),
    ]);
    // A manager decides for the own structure only: the other one is asked, and answers.
    const handover = await laPoste.get(`/v1/handovers/${outcome(second).handoverId}`);
    expect(handover).toMatchObject({ kind: 'push', status: 'proposed', note: 'Départ à la retraite.' });
    await laPoste.do(`/v1/handovers/${outcome(second).handoverId}/accept`);
    expect((await laPoste.get(`/v1/cases/${second}`)).lead.structure.id).toBe(laPoste.structureId);
    expect((await manager.get(`/v1/cases/${third}`)).status).toBe('closed');
    const entries = await manager.all(`/v1/cases/${first}/timeline`);
    expect(entries.at(-1)).toMatchObject({ type: 'HandoverTookEffect', actor: { id: manager.id } });
  });

  it('a coordinator moves a case to another structure at once, with a reason on the record', async () => {
    const who = await leaver();
    const [caseId] = await openCases(who, 1);
    const batch = await open(coordinator, { kind: 'post_moves', userId: who.id, toStructureId: laPoste.structureId });
    expect(batch.items).toEqual([expect.objectContaining({ proposal: expect.objectContaining({ decision: 'structure', because: ['destination_of_the_post'] }) })]);
    await coordinator.do(`${batches}/${batch.id}/start`, { acceptProposals: true });
    expect((await carriedOut(coordinator, batch.id)).items).toEqual([expect.objectContaining({ caseId, outcome: 'moved' })]);
    expect((await leads(caseId!)).map(({ structure }) => structure.id)).toEqual([who.structureId, laPoste.structureId]);
    const [handover] = await laPoste.all('/v1/handovers?box=received&status=effective');
    expect((await laPoste.get(`/v1/handovers/${handover!.id}`)).reason).toBe('Transfert du poste vers une autre structure.');
  });

  it('says why a case failed, and tries it again once it is decided anew', async () => {
    const who = await leaver();
    const [withReferral, moved] = (await openCases(who, 2)) as [string, string];
    await who.do(`/v1/cases/${withReferral}/referrals`, newReferral(laPoste.structureId));
    const batch = await open(manager, { kind: 'counsellor_leaves', userId: who.id });
    await manager.do(`/v1/cases/${moved}/assignments`, { counsellorId: manager.id });
    const close = { decision: 'close', reason: 'moved_out' };
    // Given to somebody who stays: there is nothing left to decide on it.
    expect((await manager.post(`${batches}/${batch.id}/start`, { decisions: [{ caseId: withReferral, ...close }, { caseId: moved, ...close }] })).body).toMatchObject({ code: 'wrong-state', status: 'done' });
    await manager.do(`${batches}/${batch.id}/start`, { decisions: [{ caseId: withReferral, ...close }] });
    const stopped = await carriedOut(manager, batch.id);
    expect([stopped.done, stopped.failed]).toEqual([1, 1]);
    expect(stopped.items).toEqual(expect.arrayContaining([
      expect.objectContaining({ caseId: withReferral, status: 'failed', failure: 'open-referrals' }),
      expect.objectContaining({ caseId: moved, status: 'done', outcome: 'superseded' }),
    ]));
    expect((await manager.get(`/v1/cases/${moved}`)).status).toBe('open');
    // A failed case is in nobody's hands: the counsellor stays for it.
    expect(await endEmployment(who)).toBe(409);
    await manager.do(`${batches}/${batch.id}/decisions`, { decisions: [{ caseId: withReferral, ...close, cancelReferrals: true }] });
    expect(await endEmployment(who)).toBe(200);
    expect((await carriedOut(manager, batch.id)).items).toEqual(expect.arrayContaining([expect.objectContaining({ caseId: withReferral, outcome: 'closed' })]));
    const late = await manager.post(`${batches}/${batch.id}/decisions`, { decisions: [{ caseId: withReferral, ...close }] });
    expect([late.status, late.body.code, late.body.status]).toEqual([409, 'wrong-state', 'done']);
  });

  it('is for the manager of that structure, coordinators and administrators; others do not learn of it', async () => {
    const who = await leaver();
    const [caseId] = (await openCases(who, 1)) as [string];
    const other = await enter('responsable@la-poste');
    expect((await who.post(batches, { kind: 'counsellor_leaves', userId: who.id })).status).toBe(403);
    expect((await other.post(batches, { kind: 'counsellor_leaves', userId: who.id, structureId: who.structureId })).status).toBe(403);
    expect((await other.post(batches, { kind: 'counsellor_leaves', userId: who.id })).status).toBe(422);
    const batch = await open(administrator, { kind: 'counsellor_leaves', userId: who.id });
    expect((await manager.post(batches, { kind: 'counsellor_leaves', userId: who.id })).status).toBe(422);
    for (const path of [`${batches}/${batch.id}`]) expect((await other.try('GET', path)).status).toBe(404);
    for (const action of ['start', 'cancel', 'decisions']) {
      const body = action === 'decisions' ? { decisions: [{ caseId, decision: 'close', reason: 'need_met' }] } : {};
      expect((await other.post(`${batches}/${batch.id}/${action}`, body)).status).toBe(404);
    }
    expect((await other.all(batches)).map(({ id }) => id)).not.toContain(batch.id);
    expect((await manager.all(batches)).map(({ id }) => id)).toContain(batch.id);
    const decide = (decision: object) => manager.post(`${batches}/${batch.id}/decisions`, { decisions: [{ caseId, ...decision }] });
    expect((await decide({ decision: 'colleague', counsellorId: who.id })).body.errors[0]!.code).toBe('leaves');
    expect((await decide({ decision: 'colleague', counsellorId: laPoste.id })).body.errors[0]!.code).toBe('not-employed');
    expect((await decide({ decision: 'structure', structureId: who.structureId })).body.errors[0]!.code).toBe('already-leads');
    expect((await decide({ decision: 'close' })).body.errors[0]).toMatchObject({ pointer: '/decisions/0/reason', code: 'required' });
    expect((await decide({ decision: 'colleague', counsellorId: manager.id, caseId: batch.id })).body.errors[0]!.code).toBe('unknown');
    expect(asBatch(await manager.do(`${batches}/${batch.id}/cancel`)).status).toBe('cancelled');
    const journal = await system.database.query<{ action: string }>(`select action from audit_entry where $1 = any(shown) and action like 'handover-batch.%'`, [batch.id]);
    expect(new Set(journal.map(({ action }) => action))).toEqual(new Set(['open', 'read', 'list', 'cancel'].map((action) => `handover-batch.${action}`)));
    expect((await manager.post(`${batches}/${batch.id}/start`)).body.status).toBe('cancelled');
    expect(await endEmployment(who)).toBe(409);
  });

  it('a coordinator decides for the cases of the territory and sees no other; the batch ends when everybody has decided', async () => {
    const who = await leaver();
    const [mine, elsewhere] = [(await who.do('/v1/cases', newCase(sable))).id, (await who.do('/v1/cases', newCase('72181'))).id];
    await administrator.do('/v1/users', { name: 'Ici Seulement', email: 'ici@exemple.fr', structureId: who.structureId, role: 'coordinator', territory: [sable] });
    const [invitation] = await system.database.query<{ id: string }>(`select i.id from invitation i join account a on a.id = i.user_id where a.email = 'ici@exemple.fr'`);
    const token = invitationToken(system.api.get(Sealing, { strict: false }), invitation!.id);
    succeeded(await request(system.baseUrl, 'POST', '/v1/auth/invitations/accept', { body: { token, password: system.password } }));
    const local = await Person.signIn(system.baseUrl, 'ici@exemple.fr', system.password);

    const { id } = await open(administrator, { kind: 'counsellor_leaves', userId: who.id });
    const seen = await read(local, id);
    expect([seen.total, seen.items.map(({ caseId }) => caseId)]).toEqual([1, [mine]]);
    const unseen = await local.post(`${batches}/${id}/decisions`, { decisions: [{ caseId: elsewhere, decision: 'close', reason: 'need_met' }] });
    expect([unseen.status, unseen.body.errors[0]!.code]).toEqual([422, 'unknown']);
    expect((await local.post(`${batches}/${id}/cancel`)).status).toBe(403);
    await local.do(`${batches}/${id}/start`, { decisions: [{ caseId: mine, decision: 'colleague', counsellorId: manager.id }] });
    const begun = await carriedOut(local, id, ({ done }) => done === 1);
    expect([begun.status, (await read(administrator, id)).undecided]).toEqual(['running', 1]);
    await coordinator.do(`${batches}/${id}/decisions`, { decisions: [{ caseId: elsewhere, decision: 'structure', structureId: laPoste.structureId }] });
    expect((await carriedOut(administrator, id)).items.map(({ caseId, outcome }) => [caseId, outcome]).sort()).toEqual([[mine, 'reassigned'], [elsewhere, 'moved']].sort());
  });

  it('covers the cases of who leaves, not those given to a colleague since, and forgets what was written of somebody who is erased', async () => {
    const who = await enter('conseiller@departement-sarthe');
    const colleague = await manager.do('/v1/users', { name: 'Reste Encore', email: 'reste@exemple.fr', structureId: who.structureId, role: 'counsellor' });
    const [caseId] = (await openCases(who, 1)) as [string];
    const batch = await open(manager, { kind: 'counsellor_leaves', userId: who.id, reason: 'Madame Introuvable est très fragile.' });
    await manager.do(`/v1/cases/${caseId}/assignments`, { counsellorId: colleague.id });
    expect(await read(manager, batch.id)).toMatchObject({ items: [{ caseId, outcome: 'superseded' }] });
    const [employment] = (colleague as unknown as { employments: { id: string }[] }).employments;
    const end = () => manager.post(`/v1/users/${colleague.id}/employments/${employment!.id}/end`);
    expect((await end()).body).toMatchObject({ code: 'wrong-state', status: 'leads-open-cases' });
    expect((await open(manager, { kind: 'counsellor_leaves', userId: colleague.id })).items.map((item) => item.caseId)).toEqual([caseId]);
    expect((await end()).status).toBe(200);
    expect((await manager.get(`${batches}/${batch.id}`)) as { reason?: string }).toMatchObject({ reason: 'Madame Introuvable est très fragile.' });
    await administrator.do(`/v1/cases/${caseId}/erasure`, { reason: 'request_of_resident' });
    expect((await manager.try('GET', `${batches}/${batch.id}`)).text).not.toContain('Introuvable');
  });

  it('a contract that runs out puts what is left into a batch, which nobody gives up', async () => {
    const who = await leaver();
    const [left] = await openCases(who, 2);
    const until = '2026-11-30';
    const { employments } = (await manager.get(`/v1/users/${who.id}`)) as unknown as { employments: { id: string }[] };
    const end = (more = {}) => manager.post(`/v1/users/${who.id}/employments/${employments[0]!.id}/end`, more);
    expect((await end({ until })).body).toMatchObject({ code: 'wrong-state', status: 'leads-open-cases', openCases: 2 });
    const batch = await open(manager, { kind: 'counsellor_leaves', userId: who.id });
    succeeded(await end({ until }));
    await manager.do(`${batches}/${batch.id}/cancel`);
    await manager.do(`/v1/cases/${left}/assignments`, { counsellorId: manager.id });

    system.clock.set('2026-11-30T22:59:00.000Z');
    await system.settle();
    expect(await prepared()).toEqual([]);
    system.clock.set('2026-11-30T23:00:00.000Z');
    await system.settle();
    manager = await enter('responsable@departement-sarthe');
    const [found] = await prepared();
    expect(await read(manager, found!.id)).toMatchObject({ total: 1, undecided: 1 });
    const given = await manager.post(`${batches}/${found!.id}/cancel`);
    expect([given.status, given.body.code, given.body.status]).toEqual([409, 'wrong-state', 'left']);
    [coordinator, administrator, laPoste] = await Promise.all(
      ['coordinateur@departement-sarthe', 'administrateur@departement-sarthe', 'conseiller@la-poste'].map(enter)) as [Person, Person, Person];
  });

  it('who a handover that is agreed on will bring a case to stays for it', async () => {
    const who = await enter('conseiller@departement-sarthe');
    const [caseId] = await openCases(laPoste, 1);
    const { id } = await laPoste.do(`/v1/cases/${caseId}/handovers`, { kind: 'push', toStructureId: who.structureId, note: 'Note de passation.', toCounsellorId: who.id });
    await manager.do(`/v1/handovers/${id}/accept`, { effectiveAt: '2026-12-10T09:00:00.000Z' });
    expect(await endEmployment(who)).toBe(409);
    await manager.do(`/v1/handovers/${id}/cancel`, { reason: 'Départ.' });
    expect(await endEmployment(who)).toBe(200);
  });

  it('the same request again is the same batch', async () => {
    const who = await leaver();
    await openCases(who, 1);
    const asked = { kind: 'counsellor_leaves', userId: who.id };
    const [first, second] = await Promise.all([1, 2].map(() => manager.post(batches, asked, { 'idempotency-key': 'depart1' })));
    expect([first!.status, second!.status]).toEqual([201, 201]);
    expect(first!.body.id).toBe(second!.body.id);
    const again = await manager.post(batches, asked, { 'idempotency-key': 'depart1' });
    expect([again.status, again.headers.get('idempotency-replayed'), again.body.id]).toEqual([201, 'true', first!.body.id]);
    const other = await manager.post(batches, { ...asked, preview: false }, { 'idempotency-key': 'depart1' });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('a rebuild of everything derived leaves what people decided, which no log holds', async () => {
    const items = () => system.database.query('select * from handover_batch_item order by id');
    const before = await items();
    expect(before.length).toBeGreaterThan(5);
    expect(await rebuild(system.database)).toEqual([]);
    expect(await items()).toEqual(before);
  });

  it('200 cases take less than a minute', async () => {
    const who = await leaver();
    await Promise.all([1, 2, 3, 4].map(() => openCases(who, 50)));
    const batch = await open(manager, { kind: 'counsellor_leaves', userId: who.id });
    expect(batch.total).toBe(200);
    const began = performance.now();
    await manager.do(`${batches}/${batch.id}/start`, { acceptProposals: true });
    const done = await carriedOut(manager, batch.id);
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(`200 cases handed over in ${seconds.toFixed(1)} s\n`);
    expect([done.done, done.failed, done.remaining]).toEqual([200, 0, 0]);
    expect(seconds).toBeLessThan(60);
  });
});

describe('the worker is killed in the middle of a batch', () => {
  let system: TestSystem;
  let directory: string;
  let workers: ChildProcess[] = [];
  beforeAll(async () => {
    system = await startSystem({ realTime: true });
    // The processes below do the work alone.
    await system.worker.close();
    directory = await mkdtemp(join(tmpdir(), 'fil-rouge-key-'));
    await writeFile(join(directory, 'key'), system.database.masterKey.toString('base64'), { mode: 0o600 });
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await system.stop();
    await rm(directory, { recursive: true, force: true });
  });

  function startWorker(): ChildProcess {
    const worker = spawn(process.execPath, [join(__dirname, '../../dist/apps/worker/src/main.js')], {
      env: {
        PATH: process.env['PATH'], DATABASE_URL: system.database.workerUrl, QUEUE_DATABASE_URL: system.database.queueUrl,
        MASTER_KEY_FILE: join(directory, 'key'), DATA_DIR: directory, LOG_LEVEL: 'error', PORT: '0',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    workers.push(worker);
    return worker;
  }

  it('and the next one goes on: every case is handed over once, and every record verifies', async () => {
    const enter = (account: string) => Person.signIn(system.baseUrl, `${account}@departement-sarthe.demo`, system.password);
    const [who, manager, administrator] = [await enter('conseiller.pays-flechois'), await enter('responsable'), await enter('administrateur')];
    const cases: string[] = [];
    for (let n = 0; n < 150; n++) cases.push((await who.do('/v1/cases', newCase())).id);
    const { id } = await manager.do(batches, { kind: 'counsellor_leaves', userId: who.id });
    await manager.do(`${batches}/${id}/start`, { acceptProposals: true });

    const until = async (reached: (batch: Batch) => boolean): Promise<Batch> => {
      for (let look = 0; look < 20_000; look++) {
        const batch = asBatch(await manager.get(`${batches}/${id}`));
        if (reached(batch)) return batch;
      }
      throw new Error('The batch does not go on.');
    };
    const first = startWorker();
    await until(({ done }) => done > 0);
    first.kill('SIGKILL');
    await new Promise((resolve) => first.once('exit', resolve));
    const left = asBatch(await manager.get(`${batches}/${id}`));
    expect(left.remaining).toBeGreaterThan(0);

    startWorker();
    const { done, failed } = await until(({ status }) => status === 'done');
    expect([done, failed]).toEqual([150, 0]);
    const moved = await system.database.query<{ stream_id: string; count: number }>(
      `select stream_id, count(*)::int as count from event where type = 'HandoverTookEffect' group by 1`);
    expect(moved.map(({ stream_id }) => stream_id).sort()).toEqual(cases.sort());
    expect(moved.every(({ count }) => count === 1)).toBe(true);
    for (const caseId of [cases[0]!, cases[75]!, cases[149]!]) {
      expect(await administrator.get(`/v1/audit/cases/${caseId}/verification`)).toMatchObject({ chain: 'ok', continuity: 'ok' });
    }
    workers = workers.filter((worker) => worker !== first);
  });
});
