import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Log, Metrics, nestLogger, newId } from '@fil-rouge/platform';
import type { Runtime } from '../../system';
import { ApiModule } from './api.module';

/** Far above any form of ours; a larger body is 413 before anything reads it. */
const bodyLimit = 256 * 1024;

/** The api, ready to listen. Rejects with a sentence when a boot check fails or a dependency refuses. */
export async function createApi(runtime: Runtime): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit, genReqId: () => newId(), routerOptions: { maxParamLength: 500 }, frameworkErrors: answerUnreadable, trustProxy: (_address, hop) => hop < runtime.settings.trustedProxies });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.for(runtime), adapter, { logger: nestLogger(runtime.logger), abortOnError: false });
  app.setGlobalPrefix('v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
  observe(app);
  SwaggerModule.setup('docs', app, () => openApi(app), { jsonDocumentUrl: 'openapi.json', customSiteTitle: 'Fil Rouge' });
  await app.init();
  // Fastify and Nest read these by default: they would pass for bodies of the wrong shape instead of the wrong type.
  app.getHttpAdapter().getInstance().removeContentTypeParser(['text/plain', 'application/x-www-form-urlencoded']);
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

export const openApi = (app: NestFastifyApplication): OpenAPIObject => SwaggerModule.createDocument(app, new DocumentBuilder()
  .setTitle('Fil Rouge')
  .setDescription('One continuous follow-up record per resident across independent structures. Sign in with POST /v1/auth/login, then use the token as Bearer.')
  .setVersion('1')
  .addBearerAuth()
  .build());

/** An address that Fastify cannot read does not reach Nest: answered here, as a problem like every other. */
function answerUnreadable(_error: Error, request: { id: string }, reply: FastifyReply): void {
  void reply.status(404).type('application/problem+json').send({ type: 'urn:fil-rouge:problem:not-found', title: 'Not found', status: 404, code: 'not-found', detail: 'There is nothing at this address.', traceId: request.id });
}

/** One log line and one measurement per answer, by route pattern: an address may hold an id, a pattern cannot. */
function observe(app: NestFastifyApplication): void {
  const log = app.get(Log);
  const metrics = app.get(Metrics);
  app.getHttpAdapter().getInstance().addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    log.info({ traceId: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
    done();
  });
}
