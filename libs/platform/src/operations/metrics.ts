import { Controller, Get, Header, Injectable, Req } from '@nestjs/common';
import { Problem } from '@fil-rouge/kernel';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Public } from '../access/requires';
import { Clock } from '../clock';
import { Database } from '../database';
import { Bell } from '../queue';
import { Health } from './health.controller';
import { MetricsAccess } from './metrics.access';

const timerLagSql = `select greatest(0, coalesce(extract(epoch from $1::timestamptz - min(due_at)), 0))::float8 as lag from timer where due_at <= $1`;

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

  constructor(health: Health, bell: Bell, database: Database, clock: Clock) {
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
    // The first to be read: the others want connections themselves.
    gauge('database_connections', 'Connections of this process to PostgreSQL.', () =>
      Promise.resolve(database.connections().open),
    );
    gauge('database_connections_wanted', 'Requests of this process that wait for a connection.', () =>
      Promise.resolve(database.connections().wanted),
    );
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
    gauge(
      'deliveries_retried',
      'Effects that have failed at least once and will be tried again.',
      async () => (await health.deliveries()).retried,
    );
    // Of the api there is none: its login does not see timers.
    gauge('timer_lag_seconds', 'How long the oldest timer that is due has been waiting; of the worker.', async () => {
      const [row] = await database.query<{ lag: number }>('timer_lag', timerLagSql, [clock.now()]);
      return row!.lag;
    });
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
