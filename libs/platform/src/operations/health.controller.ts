import { Controller, Get, Injectable, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/requires';
import { Clock } from '../clock';
import { Database } from '../database';
import { Bell } from '../queue';
import { Liveness, Readiness } from './health.dto';

/** Beyond this many seconds the oldest delivery says that nobody works. */
const mostLag = 60;

interface Waiting {
  readonly waiting: number;
  /** Of them, tried before. */
  readonly retried: number;
  readonly parked: number;
  /** Seconds that the oldest has waited. */
  readonly lag: number;
}

@Injectable()
export class Health {
  constructor(
    private readonly database: Database,
    private readonly bell: Bell,
    private readonly clock: Clock,
  ) {}

  /** Ready when commands can be answered: PostgreSQL is there. Without its queue the system still works, later; that is said, not a reason to take it away. */
  async readiness(): Promise<Readiness> {
    const [queue, deliveries] = await Promise.all([this.bell.healthy(), this.deliveries().catch(() => null)]);
    const lag = deliveries?.lag ?? 0;
    return {
      ready: deliveries !== null,
      postgresql: deliveries ? 'ok' : 'absent',
      queue: queue ? 'ok' : 'absent',
      lag,
      parked: deliveries?.parked ?? 0,
      late: lag > mostLag,
    };
  }

  async deliveries(): Promise<Waiting> {
    const [row] = await this.database.query<Waiting>(
      'health_deliveries',
      `
      select count(*) filter (where parked_at is null)::int as waiting, count(*) filter (where parked_at is not null)::int as parked,
        count(*) filter (where parked_at is null and attempts > 0)::int as retried,
        coalesce(extract(epoch from $1::timestamptz - min(greatest(created_at, next_at)) filter (where parked_at is null)), 0)::float as lag from delivery`,
      [this.clock.now()],
    );
    return { ...row!, lag: Math.max(0, Math.round(row!.lag * 10) / 10) };
  }
}

@ApiTags('operations')
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  /** The process answers. */
  @Get('live')
  @Public()
  readLiveness(): Liveness {
    return { status: 'ok' };
  }

  /** 200 when commands can be answered, 503 when not; says which dependency is absent and how far the worker is behind. */
  @Get('ready')
  @Public()
  @ApiResponse({ status: 503, type: Readiness, description: 'Commands cannot be answered.' })
  async readReadiness(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.health.readiness();
    void reply.status(readiness.ready ? 200 : 503);
    if (!readiness.ready) void reply.header('Retry-After', '5');
    return readiness;
  }
}
