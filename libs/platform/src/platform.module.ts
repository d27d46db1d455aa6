import { randomBytes } from 'node:crypto';
import { Module, type DynamicModule, type OnModuleDestroy } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { Sentences, Slice } from '@fil-rouge/kernel';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { AccessGuard } from './access/access.guard';
import { BrowserSession, BrowserSettings } from './access/browser-session';
import { SecondFactorRule } from './access/second-factor';
import { Reads } from './access/reads';
import { Sessions } from './access/sessions';
import { RouteCheck } from './access/route-check';
import { Journal } from './audit/journal';
import { JournalWords } from './audit/journal-words';
import { AnchorPlaces, Anchors } from './anchors/anchors.service';
import { Clock } from './clock';
import { Database } from './database';
import { newId } from './ids';
import { Health, HealthController } from './operations/health.controller';
import { Log } from './operations/log';
import { Metrics, MetricsController } from './operations/metrics';
import { MetricsAccess } from './operations/metrics.access';
import { Languages } from './http/languages';
import { ProblemFilter } from './http/problem.filter';
import { BoundCursors } from './http/cursors.interceptor';
import { NothingUnasked } from './http/unasked.interceptor';
import { ShapePipe } from './http/validation';
import { Bell, type BellSettings } from './queue';
import { MasterKeys } from './records/master-keys';
import { WorkingKeys } from './records/working-keys';
import { Records, Ringer } from './records/records';
import { Derivation } from './records/derivation';
import { Rebuilding } from './records/rebuild';
import { Sealing } from './records/sealing';
import { Slices, type ConsumerInterest } from './records/slices';

/** What a process of this system is made of; the same for the api and the worker, but for the login. */
export interface PlatformOptions {
  /** Login `api` or `worker`. */
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly masterKeys: MasterKeys;
  /** From the lowest module to the highest: a slice sees the states below it. */
  readonly slices: readonly Slice[];
  readonly consumers: readonly ConsumerInterest[];
  /** Words of the journal, see `Library`. */
  readonly journal?: readonly string[];
  /** What is refused, in French; see `Library`. */
  readonly french?: Sentences;
  readonly bell: BellSettings;
  readonly logger: Logger;
  readonly metricsToken?: string;
  /** See `AnchorPlaces`. */
  readonly anchorFolders?: readonly string[];
  readonly browsers: BrowserSettings;
  readonly secondFactor: SecondFactorRule;
  readonly clock?: Clock;
}

/** Rings without being waited for: the answer to a command does not depend on a queue. */
class BellRinger extends Ringer implements OnModuleDestroy {
  constructor(readonly bell: Bell) {
    super();
  }

  ring(): void {
    void this.bell.ring();
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
          extra: {
            connectionTimeoutMillis: 4000,
            statement_timeout: 20_000,
            idle_in_transaction_session_timeout: 30_000,
          },
        }),
      ],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: Clock, useValue: options.clock ?? new Clock() },
        { provide: MetricsAccess, useValue: new MetricsAccess(options.metricsToken) },
        { provide: AnchorPlaces, useValue: new AnchorPlaces(options.anchorFolders ?? []) },
        { provide: BrowserSettings, useValue: options.browsers },
        { provide: SecondFactorRule, useValue: options.secondFactor },
        { provide: Log, useValue: options.logger },
        { provide: MasterKeys, useValue: options.masterKeys },
        {
          provide: Sealing,
          // It learns its roots before anything is asked of it (`WorkingKeys`); until then one of nobody's stands there.
          useValue: new Sealing(randomBytes(32), (record) =>
            options.logger.error({ record }, 'a record does not open: it was damaged, or sealed with another key'),
          ),
        },
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
        { provide: APP_INTERCEPTOR, useClass: NothingUnasked },
        { provide: APP_INTERCEPTOR, useClass: BoundCursors },
        {
          provide: Database,
          useFactory: (dataSource: DataSource) => new Database(dataSource),
          inject: [getDataSourceToken(source)],
        },
        { provide: Languages, useFactory: () => new Languages(options.french ?? {}) },
        {
          provide: JournalWords,
          useFactory: (slices: Slices) => new JournalWords(slices, options.journal ?? []),
          inject: [Slices],
        },
        Records,
        Derivation,
        Rebuilding,
        Anchors,
        Reads,
        Sessions,
        BrowserSession,
        Journal,
        Health,
        Metrics,
        RouteCheck,
        WorkingKeys,
      ],
      exports: [
        Clock,
        BrowserSession,
        SecondFactorRule,
        Log,
        MasterKeys,
        Sealing,
        WorkingKeys,
        Slices,
        Bell,
        Database,
        Records,
        Derivation,
        Rebuilding,
        Anchors,
        AnchorPlaces,
        Reads,
        Sessions,
        Journal,
        JournalWords,
        Health,
        Metrics,
        MetricsAccess,
        CqrsModule,
      ],
    };
  }
}
