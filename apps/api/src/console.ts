import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Log } from '@fil-rouge/platform';

/** Where `npm run build` puts the pages: beside the built api, or beside the sources when these run. */
const built = ['../../../console', '../../../dist/console']
  .map((folder) => join(__dirname, folder))
  .find((folder) => existsSync(join(folder, 'index.html')));

/**
 * The console at `/`, each of its files by its own address: whatever else is asked for stays a problem of the api. What is named after its content never
 * changes; the page that names them is asked for every time. Nothing when no console was built.
 */
export async function serveConsole(server: FastifyInstance, log: Log): Promise<void> {
  if (built === undefined)
    return log.warn({}, 'no console was built: `npm run build` does, and `/` is empty without it');
  await server.register(fastifyStatic, {
    root: built,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    acceptRanges: false,
    decorateReply: false,
    globIgnore: ['**/*.{br,gz}'],
    setHeaders: (reply, path) => {
      const named = path.startsWith(join(built, 'assets'));
      void reply.header('Cache-Control', named ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
