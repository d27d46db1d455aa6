import { VerifyAll } from '@fil-rouge/cases';
import type { TestSystem } from '../support/system';
import type { Person } from './driver';

/** A verification of everything, as the answer about it has it. */
export interface Run {
  status: string;
  checked: number;
  broken: number;
  gaps: number;
  differing: number;
  strays?: string[];
  offenders: { recordId: string; caseId?: string; brokenLinks?: string[]; differs?: string[] }[];
  faults: { what: string; records?: string[] }[];
}

/** Asked for over HTTP, and done by the worker at once. */
export async function verifyAll({ worker }: TestSystem, auditor: Person): Promise<Run> {
  const { id } = await auditor.do('/v1/audit/verifications');
  for (;;) {
    await worker.get(VerifyAll, { strict: false }).run();
    const run = (await auditor.get(`/v1/audit/verifications/${id}`)) as unknown as Run;
    if (run.status === 'done') return run;
  }
}
