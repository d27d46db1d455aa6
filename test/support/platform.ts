import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Slice } from '@fil-rouge/kernel';
import {
  KeyRing,
  openLog,
  PlatformModule,
  prepareQueueSchema,
  WorkModule,
  type Chore,
  type Consumer,
  type ConsumerInterest,
} from '@fil-rouge/platform';
import { cloneDatabase, type TestDatabase } from './database';
import { MovableClock } from './clock';

export interface TestPlatform {
  readonly app: INestApplicationContext;
  readonly database: TestDatabase;
  readonly clock: MovableClock;
  stop(): Promise<void>;
}

/** The platform alone, as the worker's login, with slices and consumers of the test's own; its bell is not answered: tests drain by hand. */
export async function startPlatform(
  slices: readonly Slice[],
  consumers: readonly (Type<Consumer> & { interest: ConsumerInterest })[] = [],
  reuse?: TestDatabase,
): Promise<TestPlatform> {
  const database = reuse ?? (await cloneDatabase());
  const clock = new MovableClock();
  if (!reuse) await prepareQueueSchema(database.queueUrl);
  const bell = { postgresUrl: database.queueUrl, onTrouble: () => undefined };
  const logger = openLog(process.env['TEST_LOG_LEVEL'] ?? 'silent', 'test');
  const platform = PlatformModule.for({
    databaseUrl: database.workerUrl,
    poolSize: 8,
    masterKeys: KeyRing.of(database.masterKey),
    slices,
    consumers: consumers.map(({ interest }) => interest),
    browsers: { secure: false },
    secondFactor: { required: false },
    bell,
    logger,
    clock,
  });
  const chores: Type<Chore>[] = [];
  const root = { module: class Root {}, imports: [platform, WorkModule.for({ modules: [], consumers, chores })] };
  const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  return {
    app,
    database,
    clock,
    async stop() {
      await app.close();
      if (!reuse) await database.drop();
    },
  };
}
