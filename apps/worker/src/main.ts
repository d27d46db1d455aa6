import { runProcess } from '../../process';
import { createWorker, serveHealth } from './worker';

/** `npm run worker`: consumers and clocks, against DATABASE_URL (login `worker`). Any number of them may run. */
runProcess('worker', async (runtime) => {
  const worker = await createWorker(runtime);
  const health = await serveHealth(worker, runtime.settings.port, runtime.settings.host);
  return {
    async close() {
      await health.close();
      await worker.close();
    },
  };
});
