/** How a batch is carried out while other things happen to its cases, its people and its workers. */
import { Client } from 'pg';
import { HandoverBatchRunner } from '@fil-rouge/referrals';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, Person, type Answer } from './driver';

interface Item { caseId: string; status: string; outcome?: string; failure?: string }
interface Batch { status: string; remaining: number; items: Item[] }

const batches = '/v1/handover-batches';

describe('a batch is carried out', () => {
  let system: TestSystem;
  let runner: HandoverBatchRunner;
  let manager: Person;
  let coordinator: Person;
  let administrator: Person;
  let laPoste: Person;
  let who: Person;
  let cases: string[];
  let id: string;
  const leavers = ['pays-flechois', 'huisne-sarthoise', 'pays-sabolien', 'val-de-sarthe', 'sud-sarthe', 'maine-saosnois', 'braye-et-anille'];

  const enter = (account: string): Promise<Person> => Person.signIn(system.baseUrl, `${account}.demo`, system.password);
  beforeAll(async () => {
    system = await startSystem();
    runner = system.worker.get(HandoverBatchRunner, { strict: false });
    [manager, coordinator, administrator, laPoste] = await Promise.all([
      'responsable@departement-sarthe', 'coordinateur@departement-sarthe', 'administrateur@departement-sarthe', 'conseiller@la-poste',
    ].map(enter)) as [Person, Person, Person, Person];
  });
  afterAll(() => system.stop());

  async function prepare(count: number): Promise<void> {
    who = await enter(`conseiller.${leavers.pop()!}@departement-sarthe`);
    cases = [];
    for (let n = 0; n < count; n++) cases.push((await who.do('/v1/cases', newCase())).id);
    cases.sort();
    id = (await manager.do(batches, { kind: 'counsellor_leaves', userId: who.id })).id;
  }
  const toColleague = (colleague = manager) => cases.map((caseId) => ({ caseId, decision: 'colleague', counsellorId: colleague.id }));
  const start = (decisions: object[] = toColleague()) => manager.do(`${batches}/${id}/start`, { decisions });
  const read = async (): Promise<Batch> => (await administrator.get(`${batches}/${id}`)) as unknown as Batch;
  const query = <R extends object>(text: string, values: unknown[] = []) => system.database.query<R & Record<string, unknown>>(text, values);
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!(await holds()));
  };

  /** While nobody can write to a case. */
  async function holding(caseId: string, work: () => Promise<void>): Promise<void> {
    const holder = new Client({ connectionString: system.database.administratorUrl });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select from stream where id = $1 for update', [caseId]);
      await work();
      await holder.query('commit');
    } finally {
      await holder.end();
    }
  }
  const waiting = async (): Promise<number> => (await query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length;

  it('by one worker at a time, and nobody waits for it', async () => {
    await prepare(3);
    await start();
    let run: Promise<void>;
    await holding(cases[2]!, async () => {
      run = runner.run();
      await until(async () => (await waiting()) > 0);
      // Two are done, the third is under way: another worker finds the batch taken, and whoever decides is answered at once.
      await runner.run();
      expect((await read()).items.map(({ status }) => status)).toEqual(['done', 'done', 'pending']);
      expect((await manager.post(`${batches}/${id}/decisions`, { decisions: toColleague().slice(2) })).status).toBe(409);
    });
    await run!;
    await until(async () => (await read()).status === 'done');
    expect((await read()).items.map(({ outcome }) => outcome)).toEqual(['reassigned', 'reassigned', 'reassigned']);
  });

  it('while its case is erased: neither waits for the other for ever', async () => {
    await prepare(1);
    await administrator.do(`${batches}/${id}/cancel`);
    id = (await manager.do(batches, { kind: 'counsellor_leaves', userId: who.id, reason: 'Départ à la retraite.' })).id;
    await start();
    let both: Promise<[Answer, void]>;
    await holding(cases[0]!, async () => {
      const erased = administrator.post(`/v1/cases/${cases[0]}/erasure`, { reason: 'request_of_resident' });
      await until(async () => (await waiting()) > 0);
      both = Promise.all([erased, runner.run()]);
      await until(async () => (await waiting()) > 1);
    });
    expect((await both!)[0].status).toBe(200);
    await until(async () => (await read()).status === 'done');
  });

  it('never for a decision that was replaced meanwhile, by a worker that does not know it', async () => {
    await prepare(1);
    const [caseId] = cases;
    let run: Promise<void>;
    await holding(caseId!, async () => {
      await start();
      run = runner.run();
      await until(async () => (await waiting()) > 0);
      await query(`update handover_batch_item set handover_id = uuidv7(), decision = 'close', close_reason = 'need_met', to_user_id = null where batch_id = $1`, [id]);
    });
    await run!;
    await until(async () => {
      await runner.run();
      return (await read()).status === 'done';
    });
    expect((await read()).items).toEqual([expect.objectContaining({ status: 'done', outcome: 'closed' })]);
    expect((await query<{ type: string }>('select type from event where stream_id = $1 order by seq', [caseId])).map(({ type }) => type)).toEqual(['CaseOpened', 'CaseClosed']);
  });

  it('and is done, also when who carried out its last case was killed before saying so', async () => {
    await prepare(1);
    await start();
    await until(async () => {
      await runner.run();
      return (await read()).status === 'done';
    });
    await query(`update handover_batch set status = 'running', ended_at = null where id = $1`, [id]);
    await runner.run();
    expect((await read()).status).toBe('done');
  });

  it('with the reason, where the colleague has left meanwhile', async () => {
    await prepare(1);
    const { id: userId, employments } = (await manager.do('/v1/users', { name: 'Part Bientôt', email: 'part@exemple.fr', structureId: manager.structureId, role: 'counsellor' })) as unknown as
      { id: string; employments: { id: string }[] };
    await manager.do(`${batches}/${id}/decisions`, { decisions: cases.map((caseId) => ({ caseId, decision: 'colleague', counsellorId: userId })) });
    await manager.do(`/v1/users/${userId}/employments/${employments[0]!.id}/end`);
    await start([]);
    await until(async () => {
      await runner.run();
      return (await read()).status === 'done';
    });
    expect((await read()).items).toEqual([expect.objectContaining({ status: 'failed', failure: 'not-employed' })]);
  });

  it('without the cases that were erased or merged meanwhile, decided on or not', async () => {
    await prepare(3);
    const [erased, merged, undecided] = cases as [string, string, string];
    const survivor = (await laPoste.do('/v1/cases', newCase())).id;
    await manager.do(`${batches}/${id}/decisions`, { decisions: [erased, merged].map((caseId) => ({ caseId, decision: 'colleague', counsellorId: manager.id })) });
    for (const caseId of [erased, undecided]) await administrator.do(`/v1/cases/${caseId}/erasure`, { reason: 'request_of_resident' });
    await coordinator.do(`/v1/cases/${merged}/merge`, { intoCaseId: survivor, reason: 'Doublon.' });
    expect((await read()).items.map(({ status, outcome }) => [status, outcome])).toEqual([['done', 'superseded'], ['done', 'superseded'], ['done', 'superseded']]);
    // Nothing is left to start.
    expect(await read()).toMatchObject({ status: 'done', remaining: 0 });
  });

  it('to its end: once it runs nobody gives it up', async () => {
    await prepare(1);
    await start();
    const given = await manager.post(`${batches}/${id}/cancel`);
    expect([given.status, given.body.code]).toEqual([409, 'wrong-state']);
    await until(async () => {
      await runner.run();
      return (await read()).status === 'done';
    });
    expect((await read()).items).toEqual([expect.objectContaining({ outcome: 'reassigned' })]);
  });
});
