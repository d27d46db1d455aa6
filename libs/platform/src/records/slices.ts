import type {
  Change,
  Context,
  Decided,
  Instant,
  MergeShare,
  RecordEvent,
  RecordKind,
  Slice,
  Uuid,
} from '@fil-rouge/kernel';

export type State = Record<string, unknown>;

/** What interests an effect: a stable name (it is stored with each delivery) and the event types it wants. */
export interface ConsumerInterest {
  readonly name: string;
  readonly events: readonly string[];
  /** Of those, whether it is anything to it, from the record as the commit leaves it; always, unless told otherwise. What has no effect then is not delivered. */
  readonly concerns?: (event: RecordEvent, state: State) => boolean;
}

/**
 * Who knows what about which kind of record, as the platform is told when a process is built; `check` runs then and says what is missing.
 */
export class Slices {
  private readonly slices = new Map<RecordKind, readonly Slice[]>();
  private readonly interests: ConsumerInterest[] = [];

  /** Lower modules register first: their slice evolves first and is seen by the ones above. */
  register(slice: Slice): void {
    const of = this.of(slice.kind);
    if (of.some((other) => other.name === slice.name))
      throw new Error(`Slice ${slice.kind}/${slice.name} is registered twice.`);
    this.slices.set(slice.kind, [...of, slice]);
  }

  interest(consumer: ConsumerInterest): void {
    if (this.interests.some((other) => other.name === consumer.name))
      throw new Error(`Consumer ${consumer.name} is registered twice.`);
    this.interests.push(consumer);
  }

  of(kind: RecordKind): readonly Slice[] {
    return this.slices.get(kind) ?? [];
  }

  kinds(): RecordKind[] {
    return [...this.slices.keys()];
  }

  consumersOf(event: RecordEvent, state: State): string[] {
    return this.interests
      .filter(({ events, concerns }) => events.includes(event.type) && (concerns?.(event, state) ?? true))
      .map(({ name }) => name);
  }

  consumerNames(): string[] {
    return this.interests.map(({ name }) => name);
  }

  eventTypes(): string[] {
    return this.kinds().flatMap((kind) => this.of(kind).flatMap((slice) => Object.keys(slice.writes)));
  }

  /** Every event a consumer waits for must be written by somebody. Throws with a sentence that says what to add. */
  check(): void {
    const known = new Set(this.eventTypes());
    for (const { name, events } of this.interests) {
      for (const type of events) {
        if (!known.has(type))
          throw new Error(
            `Consumer ${name} waits for ${type}, which no slice writes: add it to a slice's \`writes\` or remove it here.`,
          );
      }
    }
  }

  /** Changes when any slice of the kind changes the shape of its state. */
  stateVersion(kind: RecordKind): string {
    return this.of(kind)
      .map((slice) => `${slice.name}${slice.version}`)
      .join('.');
  }

  schemaOf(kind: RecordKind, type: string): number {
    const schema = this.of(kind)
      .map((slice) => slice.writes[type])
      .find((found) => found !== undefined);
    if (schema === undefined) throw new Error(`No slice of ${kind} writes ${type}: add it to the slice's \`writes\`.`);
    return schema;
  }

  initial(kind: RecordKind): State {
    return Object.fromEntries(this.of(kind).map((slice) => [slice.name, slice.initial]));
  }

  /** An event as it was written, read as its present version, one step after another: by whoever reads a row of the log and looks at what it holds. */
  upcast<E extends Pick<RecordEvent, 'type' | 'schema' | 'data'>>(kind: RecordKind, event: E): E {
    const step = this.of(kind)
      .map(({ upcasters }) => upcasters?.[`${event.type}@${event.schema}`])
      .find((found) => found !== undefined);
    return step ? this.upcast(kind, { ...event, schema: event.schema + 1, data: step(event.data) }) : event;
  }

  evolve(kind: RecordKind, state: State, event: RecordEvent): State {
    let whole = state;
    for (const slice of this.of(kind))
      whole = { ...whole, [slice.name]: slice.evolve(whole[slice.name], event, whole) };
    return whole;
  }

  relies(kind: RecordKind, state: State, now: Instant): Uuid[] {
    return this.of(kind).flatMap((slice) => slice.relies?.(state, now) ?? []);
  }

  due(kind: RecordKind, state: State, context: Context): Decided[] {
    return this.of(kind).flatMap((slice) => slice.due?.(state, context) ?? []);
  }

  /** Throws the first problem that a slice has with what was decided. */
  checkUnopposed(kind: RecordKind, state: State, decided: readonly Decided[]): void {
    for (const event of decided) {
      for (const slice of this.of(kind)) {
        const problem = slice.opposes?.(state, event);
        if (problem) throw problem;
      }
    }
  }

  /** What each slice does when two records of the kind become one. */
  merging(kind: RecordKind): MergeShare[] {
    return this.of(kind).flatMap(({ merging }) => merging ?? []);
  }

  react(kind: RecordKind, state: State, event: RecordEvent, context: Context): Decided[] {
    return this.of(kind).flatMap((slice) => slice.react?.(state, event, context) ?? []);
  }

  goesOnIn(kind: RecordKind, state: State): Uuid[] {
    return this.of(kind).flatMap((slice) => slice.goesOnIn?.(state) ?? []);
  }

  timers(kind: RecordKind, state: State): Map<string, Instant> {
    return new Map(this.of(kind).flatMap((slice) => Object.entries(slice.timers?.(state) ?? {})));
  }

  project(kind: RecordKind, before: State, after: State, event: RecordEvent): Change[] {
    return this.of(kind).flatMap((slice) => slice.project(before, after, event));
  }
}

/** 16 partitions by the random end of the record's id: each record is always in the same one. */
export const partitionOf = (stream: Uuid): number => parseInt(stream.at(-1)!, 16);
