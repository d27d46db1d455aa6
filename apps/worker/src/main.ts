import { checkMail } from '@fil-rouge/notifications';
import { listening, refuseTakenPort } from '../../listening';
import { runProcess } from '../../process';
import { createWorker, serveHealth } from './worker';

/** `npm run worker`: consumers and clocks, against DATABASE_URL (login `worker`). Any number of them may run. */
runProcess('worker', async (runtime) => {
  const { settings } = runtime;
  await refuseTakenPort(settings);
  const trouble = await checkMail(settings.smtpUrl);
  if (trouble) runtime.logger.warn(trouble);
  const worker = await createWorker(runtime);
  const health = await listening(settings, () => serveHealth(worker, settings.port, settings.host));
  return {
    async close() {
      await health.close();
      await worker.close();
    },
  };
});
