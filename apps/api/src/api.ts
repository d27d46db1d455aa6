import type { RequestListener } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { localDateOf, Problem } from '@fil-rouge/kernel';
import {
  bodyLimit,
  Clock,
  leaveFilesUnread,
  Log,
  Metrics,
  nestLogger,
  newId,
  problemBody,
  problemHeaders,
  traceOf,
  readJson,
  refuseNamelessHost,
  refuseOtherBytes,
  secure,
  servesProblems,
} from '@fil-rouge/platform';
import type { Runtime } from '../../system';
import { ApiModule } from './api.module';
import { serveConsole } from './console';
import { openApi } from './contract/document';
import { readNetwork, serveNetwork } from './network';

/** Milliseconds. The head of a request is small: what takes longer for it is no client of ours. The look at all connections is cheap. */
const timeForHeaders = 10_000;
const betweenLooks = 1000;

/** The api, ready to listen. Rejects with a sentence when a boot check fails or a dependency refuses. */
export async function createApi(runtime: Runtime): Promise<NestFastifyApplication> {
  const network = readNetwork(runtime.settings);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.for(runtime), adapterOf(runtime.settings), {
    logger: nestLogger(runtime.logger),
    abortOnError: false,
  });
  app.setGlobalPrefix('v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
  await secure(app.getHttpAdapter().getInstance());
  refuseNamelessHost(app.getHttpAdapter().getInstance());
  refuseOtherBytes(app.getHttpAdapter().getInstance());
  await serveConsole(app.getHttpAdapter().getInstance(), app.get(Log));
  serveNetwork(app.getHttpAdapter().getInstance(), network);
  observe(app);
  leaveFilesUnread(app.getHttpAdapter().getInstance());
  app.useBodyParser('application/json', { bodyLimit }, (request, bytes, done) => {
    try {
      done(null, readJson(request.headers, bytes));
    } catch (error) {
      done(error as Error);
    }
  });
  if (runtime.settings.docs)
    SwaggerModule.setup('docs', app, () => openApi(app, localDateOf(app.get(Clock).now())), {
      jsonDocumentUrl: 'openapi.json',
      customSiteTitle: 'Fil Rouge',
    });
  await app.init();
  // Fastify and Nest read these by default: they would pass for bodies of the wrong shape instead of the wrong type.
  app.getHttpAdapter().getInstance().removeContentTypeParser(['text/plain', 'application/x-www-form-urlencoded']);
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

/**
 * A request has `requestTimeout` to arrive whole, however slowly its client sends. One that has not is answered 408, and its connection is closed.
 */
function adapterOf({ trustedProxies, requestTimeout }: Runtime['settings']): FastifyAdapter {
  const limit = requestTimeout * 1000;
  return new FastifyAdapter({
    bodyLimit,
    serverFactory: (listener: RequestListener) =>
      servesProblems(listener, {
        requestTimeout: limit,
        // Nobody reads an answer for longer than this; it is also longer than any answer takes.
        connectionTimeout: Math.max(limit, 60_000),
        http: {
          headersTimeout: Math.min(limit, timeForHeaders),
          connectionsCheckingInterval: Math.min(limit, betweenLooks),
          requireHostHeader: false,
          keepAliveTimeout: 72_000,
        },
      }),
    // The server answers by itself; Fastify would answer a second time.
    clientErrorHandler: () => undefined,
    genReqId: () => newId(),
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: answerUnreadable,
    trustProxy: (_address, hop) => hop < trustedProxies,
  });
}

/** An address that Fastify cannot read does not reach Nest: answered here, as a problem like every other. */
function answerUnreadable(_error: Error, request: { id: string }, reply: FastifyReply): void {
  const problem = new Problem('not-found', 'There is nothing at this address.');
  void reply.status(problem.httpStatus).headers(problemHeaders).send(problemBody(problem, request.id));
}

/** One log line and one measurement per answer, by route pattern: an address may hold an id, a pattern cannot. The console's files, named after their content, are one. */
function observe(app: NestFastifyApplication): void {
  const log = app.get(Log);
  const metrics = app.get(Metrics);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      const route =
        request.routeOptions.url?.replace(/^\/assets\/.*/, '/assets/*').replace(/^\/network-.*/, '/network-logo') ??
        'unknown';
      metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
      const trace = traceOf(request.headers['traceparent']);
      log.info(
        {
          traceId: request.id,
          ...(trace && { trace }),
          method: request.method,
          route,
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime),
        },
        'answered',
      );
      done();
    });
}
