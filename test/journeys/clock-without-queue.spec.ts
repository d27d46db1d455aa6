import { createRedisBackend, Queue } from 'bullmq';
import { Client, DatabaseError } from 'pg';
import { Timers, type BellSettings } from '@fil-rouge/platform';
import { queueServers, type QueueServer } from '../support/queues';
import { startSystem, type TestSystem } from '../support/system';
import {
  assemble,
  day3,
  day7,
  day12,
  day20,
  happened,
  justBefore,
  monday,
  refer,
  told,
  type Cast,
} from './clock-story';

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
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'bullmq' and tablename not like '%migration%'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    await emptied(client, rows.map(({ name }) => `bullmq.${name}`).join(', '));
  } finally {
    await client.end();
  }
}

/**
 * The queue is at work on these tables meanwhile and locks them in its own order: on a slow machine it and the loss ended each other as a
 * deadlock (40P01) for minutes. A server that loses its disk loses its sessions too, and so they end first, until the loss has happened.
 */
async function emptied(client: Client, tables: string): Promise<void> {
  await client.query(`set lock_timeout = '1s'`);
  for (;;) {
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()',
    );
    try {
      return void (await client.query(`truncate ${tables}`));
    } catch (error) {
      if (!(error instanceof DatabaseError && ['40P01', '55P03'].includes(error.code ?? ''))) throw error;
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
    expect(await told(system, cast.manager, caseId)).toEqual([
      'ReferralSent',
      'ReferralReminded',
      'ReferralReminded',
      'ReferralReminded',
    ]);
    expect(await told(system, cast.coordinator, caseId)).toEqual(['ReferralUnanswered']);
    await ring(justBefore(day20));
    expect((await cast.lead.get(`/v1/referrals/${id}`)).status).toBe('sent');
    await ring(day20);
    expect((await cast.lead.get(`/v1/referrals/${id}`)).status).toBe('expired');
    expect(await told(system, cast.lead, caseId)).toEqual(['ReferralExpired']);
    expect((await told(system, cast.manager, caseId)).slice(4)).toEqual(['ReferralExpired']);
  });
});
