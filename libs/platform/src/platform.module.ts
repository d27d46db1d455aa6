import { Module, type DynamicModule, type OnModuleDestroy } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { Slice } from '@fil-rouge/kernel';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { AccessGuard } from './access/access.guard';
import { Reads } from './access/reads';
import { RouteCheck } from './access/route-check';
import { Journal } from './audit/journal';
import { Clock } from './clock';
import { Database } from './database';
import { newId } from './ids';
import { Health, HealthController } from './operations/health.controller';
import { Log } from './operations/log';
import { Metrics, MetricsController } from './operations/metrics';
import { ProblemFilter } from './http/problem.filter';
import { ShapePipe } from './http/validation';
import { Bell, type BellSettings } from './queue';
import { Records, Ringer } from './records/records';
import { Rebuilding } from './records/rebuild';
import { Sealing } from './records/sealing';
import { Slices, type ConsumerInterest } from './records/slices';
import type { Bell as Ring } from './records/commit';

/** What a process of this system is made of; the same for the api and the worker, but for the login. */
export interface PlatformOptions {
  /** Login `api` or `worker`. */
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly masterKey: Buffer;
  /** From the lowest module to the highest: a slice sees the states below it. */
  readonly slices: readonly Slice[];
  readonly consumers: readonly ConsumerInterest[];
  readonly bell: BellSettings;
  readonly logger: Logger;
  readonly clock?: Clock;
}

/** Rings without being waited for: the answer to a command does not depend on a queue. */
class BellRinger extends Ringer implements OnModuleDestroy {
  constructor(readonly bell: Bell) {
    super();
  }

  ringAll(bells: readonly Ring[]): void {
    if (bells.length > 0) void this.bell.ringAll(bells);
  }

  async onModuleDestroy(): Promise<void> {
    await this.bell.close();
  }
}

@Module({})
export class PlatformModule {
  static for(options: PlatformOptions): DynamicModule {
    const source = newId();
    return {
      module: PlatformModule,
      global: true,
      imports: [
        DiscoveryModule,
        CqrsModule.forRoot(),
        TypeOrmModule.forRoot({
          type: 'postgres',
          // Api and worker may share a process (`npm start`), each with its own login.
          name: source,
          url: options.databaseUrl,
          poolSize: options.poolSize,
          entities: [],
          retryAttempts: 10,
          retryDelay: 1000,
          extra: { connectionTimeoutMillis: 4000, statement_timeout: 20_000, idle_in_transaction_session_timeout: 30_000 },
        }),
      ],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: Clock, useValue: options.clock ?? new Clock() },
        { provide: Log, useValue: options.logger },
        { provide: Sealing, useValue: new Sealing(options.masterKey) },
        {
          provide: Slices,
          useFactory: () => {
            const slices = new Slices();
            for (const slice of options.slices) slices.register(slice);
            for (const consumer of options.consumers) slices.interest(consumer);
            slices.check();
            return slices;
          },
        },
        { provide: Ringer, useFactory: async () => new BellRinger(await Bell.open(options.bell)) },
        { provide: Bell, useFactory: (ringer: BellRinger) => ringer.bell, inject: [Ringer] },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useClass: ShapePipe },
        { provide: Database, useFactory: (dataSource: DataSource) => new Database(dataSource), inject: [getDataSourceToken(source)] },
        Records, Rebuilding, Reads, Journal, Health, Metrics, RouteCheck,
      ],
      exports: [Clock, Log, Sealing, Slices, Bell, Database, Records, Rebuilding, Reads, Journal, Health, Metrics, CqrsModule],
    };
  }
}
