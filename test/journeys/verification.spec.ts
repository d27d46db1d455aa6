import { RecordCheck } from '@fil-rouge/cases';
import { hashOf, linkOf, rootHash, type LogRow } from '@fil-rouge/platform';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newSession, Person } from './driver';
import { verifyAll, type Run } from './verify-all';

type One = { chain: string; merged: { id: string; chain: string; link: string }[] };

/** What an auditor is told of the records: the truth, also while people work on them. */
describe('verifying records', () => {
  let system: TestSystem;
  let counsellor: Person;
  let otherLead: Person;
  let coordinator: Person;
  let auditor: Person;
  let administrator: Person;

  beforeAll(async () => {
    system = await startSystem();
    const signIn = (role: string, structure?: string) =>
      Person.signIn(system.baseUrl, system.account(role, structure), system.password);
    [counsellor, otherLead, coordinator, auditor, administrator] = await Promise.all([
      signIn('conseiller'),
      signIn('conseiller', 'la-poste'),
      signIn('coordinateur'),
      signIn('auditeur'),
      signIn('administrateur'),
    ]);
  });
  afterAll(() => system.stop());

  const runAll = () => verifyAll(system, auditor);

  const verifyOne = async (id: string): Promise<One> =>
    (await auditor.get(`/v1/audit/cases/${id}/verification`)) as unknown as One;

  const mergeTwo = async (): Promise<{ survivor: string; loser: string }> => {
    const [{ id: survivor }, { id: loser }] = [
      await counsellor.do('/v1/cases', newCase()),
      await otherLead.do('/v1/cases', newCase()),
    ];
    await otherLead.do(`/v1/cases/${loser}/sessions`, newSession());
    await otherLead.do(`/v1/cases/${loser}/handovers`, {
      kind: 'push',
      toStructureId: counsellor.structureId,
      note: 'À suivre.',
    });
    await coordinator.do(`/v1/cases/${loser}/merge`, { intoCaseId: survivor, reason: 'La même personne.' });
    return { survivor, loser };
  };

  /** As whoever may write to the database and knows how a chain is made: another first event, every hash after it new, and the head as well. */
  const forge = async (stream: string): Promise<void> => {
    const [log] = await system.database.query<{ rows: LogRow[] }>('select log_after($1, 0, 1000) as rows', [stream]);
    await system.database.query('alter table event disable trigger all');
    let prev = rootHash(stream);
    for (const row of log!.rows) {
      const { seq } = row;
      const data = seq === 1 ? { ...row.data, forged: true } : row.data;
      const hash = hashOf(linkOf({ ...row, data }, prev));
      await system.database.query(
        'update event set data = $3, prev = $4, hash = $5 where stream_id = $1 and seq = $2',
        [stream, seq, data, prev, hash],
      );
      prev = hash;
    }
    await system.database.query('update stream set hash = $2 where id = $1', [stream, prev]);
    await system.database.query('alter table event enable trigger all');
  };

  it('calls a healthy record healthy while somebody writes to it: alone and in a run over all', async () => {
    const { id } = await counsellor.do('/v1/cases', newCase());
    let writing = true;
    const write = async () => {
      for (let n = 0; n < 80; n++) await counsellor.do(`/v1/cases/${id}/sessions`, newSession());
      writing = false;
    };
    const whole = { chain: 'ok', continuity: 'ok', gaps: [] };
    const seen: unknown[] = [];
    const watch = async () => {
      while (writing) seen.push(await auditor.get(`/v1/audit/cases/${id}/verification`));
    };
    const runs: Run[] = [];
    const verifyEach = async () => {
      while (writing) runs.push(await runAll());
    };
    await Promise.all([write(), watch(), watch(), verifyEach()]);
    for (const one of seen) expect(one).toMatchObject(whole);
    for (const run of runs) expect(run).toMatchObject({ broken: 0, gaps: 0, offenders: [] });
    expect(await auditor.get(`/v1/audit/cases/${id}/verification`)).toMatchObject({ events: 81, ...whole });
  });

  it('holds no table while it looks that a sweep after an erasure would have to wait for: the two would wait for each other', async () => {
    const records = system.worker.get(RecordCheck, { strict: false });
    const look = records.look.bind(records);
    const held = new Set<string>();
    let looks = 0;
    records.look = async (all) => {
      looks++;
      const locks = await system.database.query<{ name: string }>(
        `select c.relname as name from pg_locks l join pg_stat_activity a using (pid) join pg_class c on c.oid = l.relation
         where a.datname = current_database() and a.state = 'idle in transaction' and c.relname in (select * from pages_to_sweep())`,
      );
      for (const { name } of locks) held.add(name);
      return look(all);
    };
    try {
      await runAll();
    } finally {
      Reflect.deleteProperty(records, 'look');
    }
    expect(looks).toBeGreaterThan(0);
    expect([...held]).toEqual([]);
  });

  it('finds a merged record linked to the one it went into, erased or not', async () => {
    const { survivor, loser } = await mergeTwo();
    const whole = { chain: 'ok', continuity: 'ok', merged: [{ id: loser, chain: 'ok', continuity: 'ok', link: 'ok' }] };
    expect(await verifyOne(survivor)).toMatchObject(whole);
    system.clock.advance({ days: 100 });
    await system.settle();
    await administrator.do(`/v1/cases/${survivor}/erasure`, { reason: 'request_of_resident' });
    expect(await verifyOne(survivor)).toMatchObject(whole);
    expect(await runAll()).toMatchObject({ broken: 0, gaps: 0, offenders: [] });
  });

  // Last: what these damage stays damaged.
  it.each([
    ['still there', false],
    ['erased', true],
  ])('finds another log in the place of the one that was taken in, alone and in a run: %s', async (_, erased) => {
    const { survivor, loser } = await mergeTwo();
    if (erased) await administrator.do(`/v1/cases/${survivor}/erasure`, { reason: 'request_of_resident' });
    await forge(loser);
    expect(await verifyOne(loser)).toMatchObject({ chain: 'ok' });
    expect(await verifyOne(survivor)).toMatchObject({
      chain: 'ok',
      merged: [{ id: loser, chain: 'ok', link: 'broken' }],
    });
    const run = await runAll();
    expect(run.offenders).toContainEqual({
      ...{ recordId: survivor, kind: 'case', caseId: survivor },
      ...{ continuity: 'ok', brokenLinks: [loser] },
    });
    expect(run.broken).toBe(run.offenders.length);
  });
});
