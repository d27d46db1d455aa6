import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine } from '../support/clock';
import { startSystem, type TestSystem } from '../support/system';
import { newCase, Person } from './driver';
import { asBatch, batches, type Batch } from './leavers-story';

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
        PATH: process.env['PATH'],
        DATABASE_URL: system.database.workerUrl,
        QUEUE_DATABASE_URL: system.database.queueUrl,
        MASTER_KEY_FILE: join(directory, 'key'),
        DATA_DIR: directory,
        LOG_LEVEL: 'error',
        PORT: '0',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    workers.push(worker);
    return worker;
  }

  it('and the next one goes on: every case is handed over once, and every record verifies', async () => {
    const enter = (account: string) =>
      Person.signIn(system.baseUrl, `${account}@departement-sarthe.demo`, system.password);
    const [who, manager, administrator] = [
      await enter('conseiller.pays-flechois'),
      await enter('responsable'),
      await enter('administrateur'),
    ];
    const cases: string[] = [];
    const informed = { on: machine.today(), how: 'oral' };
    for (let n = 0; n < 150; n++) cases.push((await who.do('/v1/cases', { ...newCase(), informed })).id);
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
      `select stream_id, count(*)::int as count from event where type = 'HandoverTookEffect' group by 1`,
    );
    expect(moved.map(({ stream_id }) => stream_id).sort()).toEqual(cases.sort());
    expect(moved.every(({ count }) => count === 1)).toBe(true);
    for (const caseId of [cases[0]!, cases[75]!, cases[149]!]) {
      expect(await administrator.get(`/v1/audit/cases/${caseId}/verification`)).toMatchObject({
        chain: 'ok',
        continuity: 'ok',
      });
    }
    workers = workers.filter((worker) => worker !== first);
  });
});
