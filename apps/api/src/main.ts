import { NetworkLoader } from '@fil-rouge/users';
import { refuseDemoAccounts } from '../../exposure';
import { listening, refuseTakenPort } from '../../listening';
import { runProcess } from '../../process';
import { createApi } from './api';

/** `npm run api`: the HTTP process alone, against DATABASE_URL (login `api`). */
runProcess('api', async (runtime) => {
  const { settings } = runtime;
  await refuseTakenPort(settings);
  const app = await createApi(runtime);
  refuseDemoAccounts(settings, (await app.get(NetworkLoader, { strict: false }).accounts()).demo);
  await listening(settings, () => app.listen(settings.port, settings.host));
  return app;
});
