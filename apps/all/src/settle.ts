import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { Deliveries, Timers } from '@fil-rouge/platform';
import { ErasureNotices } from '@fil-rouge/cases';
import { ForgottenPasswords } from '@fil-rouge/users';

/** Does by hand what the bell would ring for within a second, until nothing is due by the worker's clock: for whoever moves that clock, and does not sleep. */
export async function settle(worker: INestApplicationContext): Promise<void> {
  const deliveries = worker.get(Deliveries, { strict: false });
  const timers = worker.get(Timers, { strict: false });
  const notices = worker.get(ErasureNotices, { strict: false });
  const forgotten = worker.get(ForgottenPasswords, { strict: false });
  for (let round = 0; round < 3_000; round++) {
    // The system's own worker may hold what is due: that one's turn takes as long as it takes.
    if (round > 5) await pause(10);
    await timers.ring();
    await forgotten.run();
    await notices.run();
    if ((await deliveries.look()).due === 0) return;
  }
  throw new Error('The worker does not come to rest.');
}
