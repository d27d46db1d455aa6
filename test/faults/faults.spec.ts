/**
 * Real processes on a real PostgreSQL and a real queue, four people at work without a pause, and something that breaks; afterwards the people's own logs
 * decide. Each fault once here; `npm run faults` goes on for a thousand (ROUNDS=1000, AWAY=5000).
 */
import { setTimeout as pause } from 'node:timers/promises';
import { hasRedisServer } from '../support/redis';
import { verified, whatIsWrong } from './checks';
import { away, faultsWith } from './faults';
import { Stage, type Queue } from './stage';

const rounds = Number(process.env['ROUNDS'] ?? 0);
const queues: Queue[] = hasRedisServer() || process.env['CI'] === 'true' ? ['PostgreSQL', 'Redis'] : ['PostgreSQL'];

describe.each(queues)('with its queue on %s', (queue) => {
  let stage: Stage;
  const faults = faultsWith(queue);
  const again = Math.max(1, Math.ceil(rounds / queues.length / faults.length));

  beforeAll(async () => {
    stage = await Stage.set(queue);
  }, 120_000);
  afterAll(() => stage.strike());

  it.each(faults)(
    'nothing is lost or doubled when %s',
    async (name, fault) => {
      for (let n = 0; n < again; n++) {
        const before = done(stage);
        let going = true;
        const work = Promise.all(stage.clients.map((client) => client.work(() => going)));
        while (done(stage) < before + 20) await pause(5);
        await fault(stage);
        const began = performance.now();
        const after = done(stage);
        while (done(stage) < after + 20) await pause(5);
        const back = performance.now() - began;
        going = false;
        await work;
        expect(await whatIsWrong(stage)).toEqual([]);
        if (process.env['SHOW'])
          console.log(`${queue}: ${name}: ${done(stage) - before} done, 20 more after ${Math.round(back)} ms`);
      }
    },
    60_000 + again * (60_000 + 4 * away),
  );

  it('every chain, and whatever follows from it, is as it should be', async () => {
    expect(done(stage)).toBeGreaterThan(faults.length * 40);
    expect(await verified(stage)).toEqual([]);
  }, 600_000);
});

const done = ({ clients }: Stage): number =>
  clients.flatMap(({ asked }) => asked).filter(({ answer }) => answer?.status === 201).length;
