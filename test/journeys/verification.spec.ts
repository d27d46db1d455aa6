import { VerifyAll } from '@fil-rouge/cases';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, newSession, Person } from './driver';

interface Run {
  status: string;
  checked: number;
  broken: number;
  gaps: number;
  offenders: { caseId: string }[];
}

/** What an auditor is told of the records: the truth, also while people work on them. */
describe('verifying records', () => {
  let system: TestSystem;
  let counsellor: Person;
  let auditor: Person;

  beforeAll(async () => {
    system = await startSystem();
    [counsellor, auditor] = await Promise.all(['conseiller', 'auditeur'].map((role) => Person.signIn(system.baseUrl, system.account(role), system.password))) as [Person, Person];
  });
  afterAll(() => system.stop());

  const runAll = async (): Promise<Run> => {
    const { id } = await auditor.do('/v1/audit/verifications');
    for (;;) {
      await system.worker.get(VerifyAll, { strict: false }).run();
      const run = (await auditor.get(`/v1/audit/verifications/${id}`)) as unknown as Run;
      if (run.status === 'done') return run;
    }
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
    const verifyOne = async () => {
      while (writing) seen.push(await auditor.get(`/v1/audit/cases/${id}/verification`));
    };
    const runs: Run[] = [];
    const verifyEach = async () => {
      while (writing) runs.push(await runAll());
    };
    await Promise.all([write(), verifyOne(), verifyOne(), verifyEach()]);
    for (const one of seen) expect(one).toMatchObject(whole);
    for (const run of runs) expect(run).toMatchObject({ broken: 0, gaps: 0, offenders: [] });
    expect(await auditor.get(`/v1/audit/cases/${id}/verification`)).toMatchObject({ events: 81, ...whole });
  });
});
