import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Health, Metrics, MetricsAccess, nestLogger } from '@fil-rouge/platform';
import type { Runtime } from '../../system';
import { WorkerModule } from './worker.module';

/** The worker, at work once this resolves. It has no HTTP routes: whatever people ask goes through the api and its rights. */
export const createWorker = (runtime: Runtime): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(WorkerModule.for(runtime), {
    logger: nestLogger(runtime.logger),
    abortOnError: false,
  });

/** For the container's health check and Prometheus: `/health/live`, `/health/ready`, `/metrics` (with METRICS_TOKEN), nothing else. */
export async function serveHealth(
  worker: INestApplicationContext,
  port: number,
  host: string,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const health = worker.get(Health);
  const metrics = worker.get(Metrics);
  const access = worker.get(MetricsAccess);
  const answers: Record<string, (authorization?: string) => Promise<{ status: number; type: string; body: string }>> = {
    '/health/live': () => Promise.resolve(json(200, { status: 'ok' })),
    '/health/ready': async () => {
      const readiness = await health.readiness();
      return json(readiness.ready ? 200 : 503, readiness);
    },
    '/metrics': async (authorization) =>
      access.allows(authorization)
        ? { status: 200, type: metrics.registry.contentType, body: await metrics.registry.metrics() }
        : json(401, {}),
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''] ?? (() => Promise.resolve(json(404, {})));
    answer(request.headers.authorization)
      .catch(() => json(503, {}))
      .then(
        ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
        () => response.destroy(),
      );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const json = (status: number, body: object) => ({ status, type: 'application/json', body: JSON.stringify(body) });
