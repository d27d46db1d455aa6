/**
 * Every event ever written still reads. `events.v1.json` holds whole logs as the store wrote them, their pieces in clear (everybody in
 * them is invented): every event type at every schema there has been, and the state each log folded to.
 *
 *   a new event type, a new schema      add or change a chapter (events.chapters.ts), then UPDATE_EVENTS=1 npx jest test/contract/events
 *   a slice whose `version` was raised  the same command: its states are captured again from the old logs
 *
 * The fixture only grows. A log once kept is what stands in somebody's database, so the command never rewrites an event, and a state
 * only where a version was raised: there is no way to make a lost event "right" here.
 */
import type { RecordEvent } from '@fil-rouge/kernel';
import { hashOf, rootHash } from '@fil-rouge/platform';
import { cloneDatabase, type TestDatabase } from '../support/database';
import {
  asWritten,
  command,
  grow,
  last,
  load,
  missing,
  replay,
  save,
  slices,
  trailOf,
  versionsOf,
  type Log,
} from './events.fixture';

const named = ({ chapter, kind, stream }: Log): string => `${chapter}: ${kind} ${stream}`;

const more = { unheardOf: { by: ['anybody'] } };
const withMore = (event: RecordEvent): RecordEvent => ({
  ...event,
  ...more,
  data: { ...event.data, ...more },
  pieces: event.pieces.map((piece) => ({ ...piece, ...more, value: { ...piece.value, ...more } })),
});
/** At the same instant and for its parties alone: that something was done at all moves the record's last activity, and shall. */
const unknown = (event: RecordEvent): RecordEvent => ({
  ...event,
  type: 'SomethingUnheardOf',
  schema: 7,
  audience: 'about',
  data: more,
  pieces: [],
});

describe('every event version ever written', () => {
  let logs: Log[];
  beforeAll(async () => {
    logs = load();
    if (process.env['UPDATE_EVENTS']) save((logs = await grow(logs)));
  });

  it('is in the fixture: each type at each schema from 1 to the present', () => {
    expect([...missing(logs).values()]).toEqual([]);
  });

  it('reads as the present schema of a type that is still known', () => {
    for (const { kind, events } of logs) {
      for (const event of events) {
        const { type, schema } = slices.upcast(kind, asWritten(event));
        expect([type, schema]).toEqual([type, slices.schemaOf(kind, type)]);
      }
    }
  });

  it(`folds to the state that was captured, unless a slice's version was raised on purpose (then: ${command})`, () => {
    for (const log of logs) {
      expect({ log: named(log), versions: log.versions }).toEqual({ log: named(log), versions: versionsOf(log.kind) });
      expect({ log: named(log), ...last(log) }).toEqual({ log: named(log), ...log.state });
      const strayed = Object.entries(trailOf(log)).flatMap(([name, digests]) => {
        const at = digests.findIndex((digest, index) => digest !== log.trail[name]?.[index]);
        return at < 0
          ? []
          : [
              `${named(log)}: after event ${at + 1} (${log.events[at]!.type}) the state of ${name} is another than it was`,
            ];
      });
      expect(strayed).toEqual([]);
    }
  });

  it('is folded the same beside an unknown event, and with members nobody knows', () => {
    const crowded = (event: RecordEvent) => [withMore(event), unknown(event)];
    for (const log of logs)
      expect({ log: named(log), ...last(log, crowded) }).toEqual({ log: named(log), ...log.state });
  });

  it('never makes an evolve throw, wherever it comes: after an erasure, or on a record that knows nothing of what came before', () => {
    for (const log of logs) {
      expect(() => replay(log, (event) => [{ ...event, pieces: [] }])).not.toThrow();
      for (const { event } of replay(log))
        expect(() => slices.evolve(log.kind, slices.initial(log.kind), event)).not.toThrow();
    }
  });

  it('has the hash it was written with, chained to the one before', () => {
    for (const { stream, events } of logs) {
      let prev = rootHash(stream);
      for (const { hash, ...event } of events) {
        expect([event.seq, hashOf({ ...event, prev })]).toEqual([event.seq, hash]);
        prev = hash;
      }
    }
  });

  describe('in a database of today', () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await cloneDatabase();
    });
    afterAll(() => database.drop());

    /** A word to find somebody by is keyed by the store; any bytes do here. */
    const keyed = (value: unknown) =>
      typeof (value as { keyed?: unknown } | null)?.keyed === 'string' ? '\\x00' : value;
    const plain = (row: object) =>
      Object.fromEntries(
        Object.entries(row)
          .filter(([column]) => column !== '$key')
          .map(([column, value]) => [column, keyed(value)]),
      );

    it('is projected by functions that exist, in rows they take', async () => {
      const found = await database.query<{ name: string }>(
        `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and proargtypes::regtype[] = '[0:0]={jsonb}'`,
      );
      const functions = new Set(found.map(({ name }) => name));
      for (const log of logs) {
        // What was erased is not projected again from its first day: of such a record only the event that makes the tombstone is.
        const gone = log.events.some(({ pieces }) => pieces.some(({ value }) => value === undefined));
        for (const { before, event, after } of replay(log)) {
          const changes = slices.project(log.kind, before, after, event);
          const calls = changes.map(({ call }) => call);
          expect({ type: event.type, unknown: calls.filter((call) => !functions.has(call)) }).toEqual({
            type: event.type,
            unknown: [],
          });
          if (gone && !calls.some((call) => call.startsWith('erase_'))) continue;
          for (const { call, rows } of changes) {
            for (const row of rows) await database.query(`select ${call}($1)`, [JSON.stringify([plain(row)])]);
          }
        }
      }
    });
  });
});
