import { Controller, Get, Header, Injectable, Req } from '@nestjs/common';
import { Problem } from '@fil-rouge/kernel';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Public } from '../access/requires';
import { Bell } from '../queue';
import { Health } from './health.controller';
import { MetricsAccess } from './metrics.access';

/** Prometheus metrics of this process and of what waits in the database. Labels are routes and codes, never ids. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  });

  constructor(health: Health, bell: Bell) {
    collectDefaultMetrics({ register: this.registry });
    const gauge = (name: string, help: string, read: () => Promise<number>) =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        async collect() {
          this.set(await read().catch(() => Number.NaN));
        },
      });
    gauge('deliveries_waiting', 'Effects that have not run yet.', async () => (await health.deliveries()).waiting);
    gauge(
      'deliveries_parked',
      'Effects that failed too often and wait for an administrator.',
      async () => (await health.deliveries()).parked,
    );
    gauge(
      'delivery_lag_seconds',
      'How long the oldest effect has been waiting.',
      async () => (await health.deliveries()).lag,
    );
    gauge('queue_depth', 'Rings and ticks of the bell that nobody has answered yet.', () => bell.depth());
  }

  answered(method: string, route: string, status: number, seconds: number): void {
    this.duration.observe({ method, route, status: String(status) }, seconds);
  }
}

@ApiTags('operations')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly access: MetricsAccess,
  ) {}

  @Get()
  @Public()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Measures in the text format of Prometheus, for whoever sends METRICS_TOKEN.' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @Header('Content-Type', 'text/plain; version=0.0.4')
  readMetrics(@Req() { headers: { authorization } }: FastifyRequest): Promise<string> {
    if (!this.access.allows(authorization))
      throw new Problem(
        'unauthenticated',
        'Send the METRICS_TOKEN of this installation as Bearer; without one set nobody reads this.',
      );
    return this.metrics.registry.metrics();
  }
}
