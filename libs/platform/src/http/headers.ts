import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * What a browser may do with an answer. Nothing here is a page but `/docs`, whose scripts are files of its own and whose styles stand in the page; so one
 * policy holds for all, and a text that somebody typed runs nowhere.
 */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: [`'none'`],
    scriptSrc: [`'self'`],
    styleSrc: [`'self'`, `'unsafe-inline'`],
    imgSrc: [`'self'`, 'data:'],
    connectSrc: [`'self'`],
    baseUri: [`'none'`],
    formAction: [`'none'`],
    frameAncestors: [`'none'`],
  },
};

/** Security headers on every answer, and none of them kept by a browser or a proxy: nearly all are about somebody. */
export async function secure(server: FastifyInstance): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.header('Cache-Control', 'no-store');
    done();
  });
}
