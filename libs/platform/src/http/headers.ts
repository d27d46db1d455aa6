import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const nothing = [`'none'`];
const ours = [`'self'`];

/**
 * What a browser may do with an answer: the files of the console and what this api says, nothing from elsewhere and nothing that stands in the page itself;
 * so a text that somebody typed runs nowhere.
 */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: nothing,
    scriptSrc: ours,
    styleSrc: ours,
    fontSrc: ours,
    imgSrc: ours,
    connectSrc: ours,
    manifestSrc: ours,
    baseUri: nothing,
    formAction: nothing,
    frameAncestors: nothing,
    requireTrustedTypesFor: [`'script'`],
    trustedTypes: nothing,
  },
};

/** `/docs` is not ours to write: its styles stand in its pages, and it sets their HTML. */
const policyOfDocs =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Security headers on every answer, and none of them kept by a browser or a proxy: nearly all are about somebody. Cookies are read here, too. */
export async function secure(server: FastifyInstance): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  await server.register(cookie);
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('Cache-Control', 'no-store');
    if (/^\/docs(\/|$)/.test(request.url)) void reply.header('Content-Security-Policy', policyOfDocs);
    done();
  });
}
