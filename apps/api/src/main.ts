import { runProcess } from '../../process';
import { createApi } from './api';

/** `npm run api`: the HTTP process alone, against DATABASE_URL (login `api`). */
runProcess('api', async (runtime) => {
  const app = await createApi(runtime);
  await app.listen(runtime.settings.port, runtime.settings.host);
  return app;
});
