import type { DynamicModule, Type } from '@nestjs/common';
import type { Sentences, Slice } from '@fil-rouge/kernel';
import type { Consumer } from './deliveries/consumer';
import type { ConsumerInterest } from './records/slices';
import type { LibrarySchema } from './schema/schema';
import type { Settings } from './settings';
import type { Chore } from './work.module';

/** What a library is made of, as it tells whoever puts the system together. Everything but what it has in the database may be missing. */
export interface Library extends LibrarySchema {
  /** Its controllers, commands and queries: in the api and in the worker. */
  readonly module?: (settings: Settings) => Type | DynamicModule;
  /** The same for the worker, where that needs more. */
  readonly workerModule?: (settings: Settings) => Type | DynamicModule;
  /** Its share of records, the lower first: a slice sees the states below it. */
  readonly slices?: readonly Slice[];
  /** Its tables, for the check that migrations made what they describe. */
  readonly entities: readonly (new () => object)[];
  /** Effects of events: every process writes deliveries for them, the worker runs them. */
  readonly consumers?: readonly (Type<Consumer> & { readonly interest: ConsumerInterest })[];
  /** What the journal says of it beside events and refused requests: its reads, its doors. */
  readonly journal?: readonly string[];
  /** What it refuses with, in French. */
  readonly french?: Sentences;
  /** What the worker looks at with every tick. */
  readonly chores?: readonly Type<Chore>[];
  /** Statements ($1: now) that end what must not happen again, or go on, in a database that came back from a backup. */
  readonly restored?: readonly string[];
}
