/** A record small enough to see the store through it, and a consumer that counts what is noted on it. */
import { Problem, type Change, type JsonObject, type RecordEvent, type Slice } from '@fil-rouge/kernel';
import { Consumer, Deliveries, Records, type ConsumerInterest, type Transaction } from '@fil-rouge/platform';
import { startPlatform, type TestPlatform } from '../support/platform';

/** Notes, a promise with a date, and a count. */
type Notes = { count: number; promised: string | null; kept: number };
export type Whole = { notes: Notes };

const noTimers: Record<string, string> = {};

export const upcasters: Record<string, (data: JsonObject) => JsonObject> = {};

export const notes: Slice<Notes, Whole> = {
  kind: 'case',
  name: 'notes',
  version: 1,
  initial: { count: 0, promised: null, kept: 0 },
  writes: { NoteTaken: 1, PromiseMade: 1, PromiseKept: 1 },
  upcasters,
  evolve: (state, event) =>
    event.type === 'NoteTaken'
      ? { ...state, count: state.count + 1 }
      : event.type === 'PromiseMade'
        ? { ...state, promised: (event.data as { until: string }).until }
        : event.type === 'PromiseKept'
          ? { ...state, promised: null, kept: state.kept + 1 }
          : state,
  due: ({ notes: { promised } }, { now }) =>
    promised !== null && promised <= now ? [{ type: 'PromiseKept', data: {} }] : [],
  opposes: ({ notes: { promised } }, { type }) =>
    type === 'PromiseMade' && promised !== null ? new Problem('wrong-state', 'One promise at a time.') : null,
  timers: ({ notes: { promised } }) => (promised === null ? noTimers : { promise: promised }),
  project: (): Change[] => [],
};

export const done: { consumer: string; seq: number; stream: string; data: JsonObject }[] = [];
/** Whose effects fail. */
export const failing: { stream: string | null } = { stream: null };

export class Counting extends Consumer {
  static readonly interest: ConsumerInterest = { name: 'counting', events: ['NoteTaken'] };

  override async effect(event: RecordEvent, transaction: Transaction): Promise<void> {
    if (failing.stream === event.stream) throw new Error('not now');
    await transaction.query('select 1');
    done.push({ consumer: this.name, seq: event.seq, stream: event.stream, data: event.data });
  }
}

const secret = 'Madame Introuvable';

export let platform: TestPlatform;
export let records: Records;
export let deliveries: Deliveries;

export const take = (stream: string, many = 1, create = false) =>
  records.decide<Whole, number>({
    caller: null,
    on: [create ? { kind: 'case', create: stream } : { kind: 'case', id: stream }],
    decide: () => [
      Array.from({ length: many }, () => ({
        type: 'NoteTaken',
        data: {},
        pieces: [{ kind: 'shared_text' as const, value: { text: secret } }],
      })),
    ],
    result: (events) => events.length,
  });
export const query = <R extends object>(text: string, values: unknown[] = []) =>
  platform.database.query<R & Record<string, unknown>>(text, values);

/** For the tests of one `describe`: the platform alone, with this one kind of record. */
export function smallStore(): void {
  beforeAll(async () => {
    platform = await startPlatform([notes], [Counting]);
    records = platform.app.get(Records);
    deliveries = platform.app.get(Deliveries, { strict: false });
  });
  afterAll(() => platform.stop());
  beforeEach(() => {
    done.length = 0;
    failing.stream = null;
  });
}
