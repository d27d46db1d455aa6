import {
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type Type,
} from '@nestjs/common';
import { Clock } from './clock';
import { Database } from './database';
import { Consumer } from './deliveries/consumer';
import { Consumers } from './deliveries/consumers';
import { Deliveries } from './deliveries/deliveries';
import { Timers } from './deliveries/timers';
import { answerBell, type BellSettings } from './queue';
import { Slices } from './records/slices';

/** Something else the worker looks at with every tick (about once a second across all workers). */
export abstract class Chore {
  abstract run(): Promise<void>;
}

export interface WorkOptions {
  /** Absent: nothing is rung; deliveries are drained by hand (tests). */
  readonly bell?: BellSettings;
  readonly modules: NonNullable<DynamicModule['imports']>;
  readonly consumers: readonly Type<Consumer>[];
  readonly chores: readonly Type<Chore>[];
}

/** Forgets idempotency keys after their 48 hours, a few at a time. */
@Injectable()
class ForgottenKeys extends Chore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const limit = new Date(Date.parse(this.clock.now()) - 48 * 3_600_000).toISOString();
    await this.database.query(
      'idempotency_forget',
      'delete from idempotency where (user_id, key) in (select user_id, key from idempotency where created_at < $1 order by created_at limit 500)',
      [limit],
    );
  }
}

/** Answers the bell: does what was rung for, and with each tick what nobody rang for, what timers say is due, and the chores. */
@Injectable()
class Work implements OnApplicationBootstrap, OnModuleDestroy {
  private answering: Awaited<ReturnType<typeof answerBell>> | undefined;

  constructor(
    private readonly settings: BellSettings | undefined,
    private readonly deliveries: Deliveries,
    private readonly timers: Timers,
    private readonly chores: readonly Chore[],
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.settings) return;
    this.answering = await answerBell(this.settings, { look: () => this.deliveries.look(), tick: () => this.tick() });
  }

  async onModuleDestroy(): Promise<void> {
    await this.answering?.close();
  }

  private async tick(): Promise<void> {
    await this.timers.ring();
    for (const chore of this.chores) await chore.run();
  }
}

@Module({})
export class WorkModule {
  static for({ bell, modules, consumers, chores }: WorkOptions): DynamicModule {
    return {
      module: WorkModule,
      imports: [...modules],
      providers: [
        ...consumers,
        ...chores,
        {
          provide: Consumers,
          useFactory: (slices: Slices, ...handlers: Consumer[]) => new Consumers(slices, handlers),
          inject: [Slices, ...consumers],
        },
        Deliveries,
        Timers,
        ForgottenKeys,
        {
          provide: Work,
          useFactory: (deliveries: Deliveries, timers: Timers, ...all: Chore[]) =>
            new Work(bell, deliveries, timers, all),
          inject: [Deliveries, Timers, ForgottenKeys, ...chores],
        },
      ],
      exports: [Deliveries, Timers],
    };
  }
}
