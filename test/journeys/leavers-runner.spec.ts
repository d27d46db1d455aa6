/** How a batch is carried out while other things happen to its cases, its people and its workers. */
import { Client } from 'pg';
import { newCase, type Answer, type Person } from './driver';
import {
  administrator,
  coordinator,
  departement,
  laPoste,
  leaver,
  manager,
  openCases,
  read as readBatch,
  system,
} from './leavers-stage';
import { batches, type Batch } from './leavers-story';

describe('a batch is carried out', () => {
  departement();

  let who: Person;
  let cases: string[];
  let id: string;

  async function prepare(count: number): Promise<void> {
    who = await leaver();
    cases = await openCases(who, count);
    id = (await manager.do(batches, { kind: 'counsellor_leaves', userId: who.id })).id;
  }
  const toColleague = (colleague = manager) =>
    cases.map((caseId) => ({ caseId, decision: 'colleague', counsellorId: colleague.id }));
  const start = (decisions: object[] = toColleague()) => manager.do(`${batches}/${id}/start`, { decisions });
  const read = (): Promise<Batch> => readBatch(administrator, id);
  const query = <R extends object>(text: string, values: unknown[] = []) =>
    system.database.query<R & Record<string, unknown>>(text, values);
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
  const waiting = async (): Promise<number> =>
    (await query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))
      .length;

  it('case by case: one that somebody holds holds up no other, and nobody waits for it', async () => {
    await prepare(3);
    await manager.do(`${batches}/${id}/decisions`, { decisions: toColleague() });
    const statuses = async () => (await read()).items.map(({ status }) => status).join();
    await holding(cases[2]!, async () => {
      await start([]);
      await until(async () => (await statuses()) === 'done,done,pending');
      expect((await manager.post(`${batches}/${id}/decisions`, { decisions: toColleague().slice(0, 2) })).status).toBe(
        409,
      );
    });
    await system.settle();
    expect((await read()).items.map(({ outcome }) => outcome)).toEqual(['reassigned', 'reassigned', 'reassigned']);
  });

  it('once, by whichever worker comes first', async () => {
    await prepare(1);
    await manager.do(`${batches}/${id}/decisions`, { decisions: toColleague() });
    let both: Promise<unknown>;
    await holding(cases[0]!, async () => {
      await start([]);
      both = Promise.all([system.settle(), system.settle()]);
      // One is at it, and waits; the other leaves it to that one.
      await until(async () => (await waiting()) > 0);
    });
    await both!;
    expect((await read()).items).toEqual([expect.objectContaining({ status: 'done', outcome: 'reassigned' })]);
    expect(
      (await query<{ type: string }>('select type from event where stream_id = $1 order by seq', cases)).map(
        ({ type }) => type,
      ),
    ).toEqual(['CaseOpened', 'PutIntoBatch', 'DecidedInBatch', 'HandoverTookEffect']);
  });

  it('while its case is erased: neither waits for the other for ever', async () => {
    await prepare(1);
    await administrator.do(`${batches}/${id}/cancel`);
    id = (await manager.do(batches, { kind: 'counsellor_leaves', userId: who.id, reason: 'Départ à la retraite.' })).id;
    await manager.do(`${batches}/${id}/decisions`, { decisions: toColleague() });
    let both: Promise<[Answer, void]>;
    await holding(cases[0]!, async () => {
      const erased = administrator.post(`/v1/cases/${cases[0]}/erasure`, { reason: 'request_of_resident' });
      await until(async () => (await waiting()) > 0);
      await start([]);
      both = Promise.all([erased, system.settle()]);
      await until(async () => (await waiting()) > 1);
    });
    expect((await both!)[0].status).toBe(200);
    await system.settle();
    expect(await read()).toMatchObject({ status: 'done', items: [{ outcome: 'superseded' }] });
    expect(await query('select from delivery where parked_at is not null or attempts > 0')).toEqual([]);
  });

  it('and undone by another one', async () => {
    await prepare(2);
    const moved = cases;
    await start();
    await system.settle();
    const leaving = { kind: 'counsellor_leaves', userId: manager.id, structureId: manager.structureId };
    const undoing = (await administrator.do(batches, leaving)) as unknown as Batch & { id: string };
    id = undoing.id;
    cases = undoing.items.map(({ caseId }) => caseId);
    expect(cases).toEqual(expect.arrayContaining(moved));
    await start(toColleague(who));
    await system.settle();
    expect((await read()).items.map(({ outcome }) => outcome)).toEqual(cases.map(() => 'reassigned'));
    for (const caseId of moved)
      expect((await manager.get(`/v1/cases/${caseId}`)).lead.counsellor).toMatchObject({ id: who.id });
  });

  it('with the reason, where the colleague has left meanwhile', async () => {
    await prepare(1);
    const { id: userId, employments } = (await manager.do('/v1/users', {
      name: 'Part Bientôt',
      email: 'part@exemple.fr',
      structureId: manager.structureId,
      role: 'counsellor',
    })) as unknown as { id: string; employments: { id: string }[] };
    await manager.do(`${batches}/${id}/decisions`, {
      decisions: cases.map((caseId) => ({ caseId, decision: 'colleague', counsellorId: userId })),
    });
    await manager.do(`/v1/users/${userId}/employments/${employments[0]!.id}/end`);
    await start([]);
    await system.settle();
    expect((await read()).status).toBe('done');
    expect((await read()).items).toEqual([expect.objectContaining({ status: 'failed', failure: 'not-employed' })]);
  });

  it('without the cases that were erased or merged meanwhile, decided on or not', async () => {
    await prepare(3);
    const [erased, merged, undecided] = cases as [string, string, string];
    const survivor = (await laPoste.do('/v1/cases', newCase())).id;
    await manager.do(`${batches}/${id}/decisions`, {
      decisions: [erased, merged].map((caseId) => ({ caseId, decision: 'colleague', counsellorId: manager.id })),
    });
    for (const caseId of [erased, undecided])
      await administrator.do(`/v1/cases/${caseId}/erasure`, { reason: 'request_of_resident' });
    await coordinator.do(`/v1/cases/${merged}/merge`, { intoCaseId: survivor, reason: 'Doublon.' });
    expect((await read()).items.map(({ status, outcome }) => [status, outcome])).toEqual([
      ['done', 'superseded'],
      ['done', 'superseded'],
      ['done', 'superseded'],
    ]);
    // Nothing is left to start.
    expect(await read()).toMatchObject({ status: 'done', remaining: 0 });
  });

  it('to its end: once it runs nobody gives it up', async () => {
    await prepare(1);
    await start();
    const given = await manager.post(`${batches}/${id}/cancel`);
    expect([given.status, given.body.code]).toEqual([409, 'wrong-state']);
    await system.settle();
    expect((await read()).status).toBe('done');
    expect((await read()).items).toEqual([expect.objectContaining({ outcome: 'reassigned' })]);
  });
});
