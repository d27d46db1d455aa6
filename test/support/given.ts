/**
 * Given what happened, when somebody decides, then that follows: one record in memory, on which a command goes the way it goes in production
 * (libs/platform/src/records/deliberation.ts) with the libraries' own slices. What the store loads beside it (facts, rows), a story says itself.
 *
 *   given('case', [caseSlice]).happened(opener, opened).when(lead, (record, context) => close(record, { reason: 'need_met' }, context))
 *     .then({ events: ['CaseClosed'] })
 */
import {
  localDateOf,
  Problem,
  system,
  type Actor,
  type Change,
  type Context,
  type Decided,
  type Fact,
  type Instant,
  type JsonObject,
  type Piece,
  type RecordEvent,
  type RecordKind,
  type Slice,
  type Uuid,
} from '@fil-rouge/kernel';
import { deliberate, happen, type Course } from '../../libs/platform/src/records/deliberation';
import { Slices, type State } from '../../libs/platform/src/records/slices';

const monday: Instant = '2026-11-23T09:00:00.000Z';
const nameOf = (seq: number): Uuid => `event-${seq}`;

/** What stands beside the record. */
export interface Beside {
  readonly id?: Uuid;
  readonly now?: Instant;
  /** Other records a rule may rely on. */
  readonly fact?: (id: Uuid) => Pick<Fact, 'kind' | 'state'> | undefined;
  /** Read rows a handler would ask for. */
  readonly row?: (name: string) => object | undefined;
}

/** Events by their types alone, or by what each holds; a problem in the words of `wordsOf`. */
type Expected = { readonly events: readonly (string | object)[] } | { readonly problem: string };

/** What a command came to: its events with what followed from them, or the problem that refused it. */
export class Answer {
  constructor(
    readonly events: readonly RecordEvent[],
    readonly problem?: Problem,
    /** What had fallen due before it. */ readonly due: readonly RecordEvent[] = [],
  ) {}

  /** `done`, or the problem's code. */
  get code(): string {
    return this.problem?.code ?? 'done';
  }

  /** `done`, or the words of the problem. */
  get outcome(): string {
    return this.problem ? wordsOf(this.problem) : 'done';
  }

  /** The types of the events, or the words of the problem. */
  get said(): string {
    return this.problem ? wordsOf(this.problem) : typesOf(this.events).join(' ');
  }

  /** The events of a command that nothing refuses. */
  get done(): readonly RecordEvent[] {
    if (this.problem) throw this.problem;
    return this.events;
  }

  then(expected: Expected): void {
    if ('problem' in expected) return expect(this.said).toBe(expected.problem);
    expect(this.done).toMatchObject(
      expected.events.map((event) => (typeof event === 'string' ? { type: event } : event)),
    );
  }
}

export class Story<S = State> {
  readonly id: Uuid;
  now: Instant;
  /** Its whole state. */
  record: S;
  /** Its log. */
  events: readonly RecordEvent[] = [];
  /** What the last commit does to read tables. */
  changes: readonly Change[] = [];
  fact: NonNullable<Beside['fact']>;
  row: NonNullable<Beside['row']>;
  private readonly slices = new Slices();
  private readonly tables = new Map<string, Map<string, object>>();
  private ids = 0;

  constructor(
    private readonly kind: RecordKind,
    slices: readonly Slice[],
    { id = kind, now = monday, fact = () => undefined, row = () => undefined }: Beside = {},
  ) {
    for (const slice of slices) this.slices.register(slice);
    this.record = this.slices.initial(kind) as S;
    this.id = id;
    this.now = now;
    this.fact = fact;
    this.row = row;
  }

  /** What stands in the log already, with what followed from it. */
  happened(actor: Actor, ...decided: readonly Decided[]): this {
    const work = this.course();
    happen(this.slices, nameOf, work, decided, this.context(actor));
    return this.written(work);
  }

  /** A row of the log as an older version wrote it: read as the store reads it, and nothing follows. */
  found({ type, data, schema }: Pick<RecordEvent, 'type' | 'data' | 'schema'>): this {
    const seq = this.events.length + 1;
    const written: RecordEvent = {
      id: nameOf(seq),
      stream: this.id,
      seq,
      type,
      schema,
      at: this.now,
      recordedAt: this.now,
      actor: null,
      structure: null,
      data,
      pieces: [],
      about: null,
      audience: 'record',
    };
    const event = this.slices.upcast(this.kind, written);
    return this.written({
      ...this.course(),
      state: this.slices.evolve(this.kind, this.record as State, event),
      events: [event],
    });
  }

  /** What somebody decides. What is due comes first; a problem leaves the record as it was. */
  when(actor: Actor, decide: (record: S, context: Context) => readonly Decided[]): Answer {
    const work = this.course();
    let due = 0;
    try {
      deliberate<S>(this.slices, nameOf, [{ work, context: this.context(actor) }], ([side]) => {
        due = work.events.length;
        return [decide(side!.state, side!.context)];
      });
    } catch (error) {
      if (error instanceof Problem) return new Answer([], error);
      throw error;
    }
    this.written(work);
    return new Answer(work.events.slice(due), undefined, work.events.slice(0, due));
  }

  /** What falls due by then, and nothing else. */
  passes(now: Instant = this.now): readonly RecordEvent[] {
    this.now = now;
    return this.when(system, () => []).due;
  }

  /** What a rule knows when somebody asks now. */
  context(actor: Actor): Context {
    return {
      now: this.now,
      today: localDateOf(this.now),
      actor,
      seq: this.events.length,
      hash: `head of ${this.id}`,
      newId: () => `id-${++this.ids}`,
      fact: (id) => {
        const found = id ? this.fact(id) : undefined;
        return id && found ? { ...found, id, version: 1 } : undefined;
      },
      row: <R>(name: string) => this.row(name) as R | undefined,
      piece: (kind, event) => this.pieces(event).findLast((piece) => piece.kind === kind)?.value,
    };
  }

  /** The rows that a database function was given, by the last image of each. */
  rows<R extends object = JsonObject>(call: string): R[] {
    return [...(this.tables.get(call)?.values() ?? [])] as R[];
  }

  /** The state from the log alone. */
  folded(): S {
    return this.events.reduce(
      (state, event) => this.slices.evolve(this.kind, state, event),
      this.slices.initial(this.kind),
    ) as S;
  }

  private course(): Course {
    return {
      kind: this.kind,
      id: this.id,
      expect: this.events.length,
      state: this.record as State,
      events: [],
      changes: [],
    };
  }

  private written({ state, events, changes }: Course): this {
    this.record = state as S;
    this.events = [...this.events, ...events];
    this.changes = changes;
    for (const { call, rows } of changes) {
      const table = this.tables.get(call) ?? new Map<string, object>();
      for (const row of rows as { $key?: string; id: string }[]) table.set(row.$key ?? row.id, row);
      this.tables.set(call, table);
    }
    return this;
  }

  /** As the store finds them: what a referral shares is a copy for its recipient, unless its event is asked about. */
  private pieces(event?: Uuid): Piece[] {
    return this.events
      .filter(({ id }) => event === undefined || id === event)
      .flatMap(({ pieces }) => pieces)
      .filter(({ sharedBy }) => event !== undefined || !sharedBy);
  }
}

export const given = <S = State>(kind: RecordKind, slices: readonly Slice[], beside?: Beside): Story<S> =>
  new Story<S>(kind, slices, beside);

/** Events of modules above, which a library's own specs cannot import: on the record they stand, and what is the library's in them it folds. */
export const fromAbove = (kind: RecordKind, ...types: readonly string[]): Slice => ({
  kind,
  name: 'above',
  version: 1,
  initial: null,
  writes: Object.fromEntries(types.map((type) => [type, 1])),
  evolve: (state) => state,
  project: () => [],
});

/** A slice of which a spec looks at the state and not at the rows. */
export const withoutRows = (slice: Slice): Slice => ({ ...slice, project: () => [] });

/** What a problem says: its code; of a wrong value the pointer and code as well, of a wrong state which one it is. */
export function wordsOf({ code, members }: Problem): string {
  const [field] = members.errors ?? [];
  return [code, field?.pointer, field?.code, code === 'wrong-state' ? members.status : undefined]
    .filter(Boolean)
    .join(' ');
}

/** The same of a rule that decides on no record; `done` when it refuses nothing. */
export function outcome(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return wordsOf(error);
    throw error;
  }
  return 'done';
}

export const codeOf = (work: () => unknown): string => outcome(work).split(' ')[0]!;

export const typesOf = (events: readonly { type: string }[]): string[] => events.map(({ type }) => type);
