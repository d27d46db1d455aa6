/** The logs that are kept: how they are read, folded again, and grow (`events.v1.json`; what it is for stands in events.spec.ts). */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  canonicalJson,
  type JsonObject,
  type Piece,
  type RecordEvent,
  type RecordKind,
  type Uuid,
} from '@fil-rouge/kernel';
import { readEvent, Sealing, Slices, type LogRow, type State } from '@fil-rouge/platform';
import * as system from '../../apps/system';
import type { TestDatabase } from '../support/database';
import { startSystem } from '../support/system';
import { chapters } from './events.chapters';
import { setStage } from './events.stage';

/** A row of the log: an event, each piece with the digest that the chain is over and an erasure leaves. `prev` is the hash before. */
interface Kept extends Omit<RecordEvent, 'pieces'> {
  readonly pieces: readonly (Pick<Piece, 'kind'> & Partial<Piece> & { readonly sha256: string })[];
  readonly hash: string;
  /** Absent: 1, as the first logs here were written. */
  readonly hashVersion?: LogRow['hash_version'];
}

/**
 * What each slice of that version made of it: `state` at the end, and in `trail` the beginning of a SHA-256 of the state after each event.
 * A member that a later event takes away again is in no final state.
 */
export interface Log {
  readonly chapter: string;
  readonly kind: RecordKind;
  readonly stream: Uuid;
  versions: Record<string, number>;
  state: State;
  trail: Record<string, string[]>;
  readonly events: readonly Kept[];
}

const fixture = join(__dirname, 'events.v1.json');
export const command = 'UPDATE_EVENTS=1 npx jest test/contract/events';

export const slices = new Slices();
for (const slice of system.slices) slices.register(slice);

// The fixture, and how it grows.

export const load = (): Log[] => (existsSync(fixture) ? (JSON.parse(readFileSync(fixture, 'utf8')) as Log[]) : []);

/** An event to a line: what a change of the contract adds can be read in its diff. */
export const save = (logs: readonly Log[]): void =>
  writeFileSync(
    fixture,
    `[\n${logs
      .map(
        ({ events, ...log }) =>
          `{${JSON.stringify(log).slice(1, -1)},"events":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}`,
      )
      .join(',\n')}\n]\n`,
  );

export const versionsOf = (kind: RecordKind): Record<string, number> =>
  Object.fromEntries(slices.of(kind).map(({ name, version }) => [name, version]));

async function capture(database: TestDatabase, chapter: string, stream: Uuid): Promise<Log> {
  type Head = Pick<Log, 'kind' | 'state'> & { key: Buffer | null };
  const [head] = await database.query<Head>('select kind, key, state from stream where id = $1', [stream]);
  const [log] = await database.query<{ rows: LogRow[] }>('select log_after($1, 0, 1000) as rows', [stream]);
  const { kind, key, state } = head!;
  const events = log!.rows.map((row): Kept => {
    const event = readEvent(slices, new Sealing(database.masterKey), kind, key, row);
    const pieces = row.pieces.map((digest) => ({
      ...event.pieces.find((piece) => piece.kind === digest.kind),
      ...digest,
    }));
    return { ...event, pieces, hash: row.hash, hashVersion: row.hash_version };
  });
  return { chapter, kind, stream, versions: versionsOf(kind), state, trail: trailOf({ kind, events }), events };
}

export async function grow(logs: Log[]): Promise<Log[]> {
  for (const log of logs) {
    const [state, trail] = [last(log), trailOf(log)];
    const raised = slices.of(log.kind).filter(({ name, version }) => log.versions[name] !== version);
    for (const { name, version } of raised) {
      log.versions = { ...log.versions, [name]: version };
      log.state = { ...log.state, [name]: state[name] };
      log.trail = { ...log.trail, [name]: trail[name]! };
    }
  }
  const isNew = ({ chapter, kind, events }: Log) =>
    logs.every((log) => log.chapter !== chapter) ||
    events.some((event) => missing(logs).has(`${kind} ${event.type}@${event.schema}`));
  if (missing(logs).size === 0 && Object.keys(chapters).every((chapter) => logs.some((log) => log.chapter === chapter)))
    return logs;
  const started = await startSystem();
  try {
    const told: Log[] = [];
    for (const [chapter, tell] of Object.entries(chapters)) {
      const streams = await tell(await setStage(started)).catch((cause: unknown) => {
        throw new Error(`The chapter "${chapter}" could not be told.`, { cause });
      });
      await started.settle();
      for (const stream of streams) told.push(await capture(started.database, chapter, stream));
    }
    return [...logs, ...told.filter(isNew)];
  } finally {
    await started.stop();
  }
}

/** Every type × schema that may stand in a log and not in these, with what to do about it. */
export function missing(logs: readonly Log[]): Map<string, string> {
  const kept = new Set(
    logs.flatMap(({ kind, events }) => events.map(({ type, schema }) => `${kind} ${type}@${schema}`)),
  );
  const wanted = slices.kinds().flatMap((kind) =>
    slices.of(kind).flatMap(({ name, writes }) =>
      Object.entries(writes).flatMap(([type, present]) =>
        Array.from({ length: present }, (_, index) => {
          const schema = index + 1;
          const write = `make a chapter of test/contract/events.chapters.ts write it, then ${command}`;
          const add = schema === present ? write : 'bring its log back from the history of events.v1.json';
          return [
            `${kind} ${type}@${schema}`,
            `${type} at schema ${schema} (slice ${kind}/${name}) is in no log: ${add}.`,
          ] as const;
        }),
      ),
    ),
  );
  return new Map(wanted.filter(([of]) => !kept.has(of)));
}

// Reading it.

interface Step {
  readonly before: State;
  readonly event: RecordEvent;
  readonly after: State;
}

export const asWritten = ({ hash: _, hashVersion: ___, pieces, ...event }: Kept): RecordEvent => ({
  ...event,
  pieces: pieces.flatMap(({ sha256: __, value, ...piece }) => (value === undefined ? [] : [{ ...piece, value }])),
});

/** The log as the store reads it: upcast, folded. `change` puts other events in the place of one. */
export function replay(
  { kind, events }: Pick<Log, 'kind' | 'events'>,
  change = (event: RecordEvent): RecordEvent[] => [event],
): Step[] {
  let state = slices.initial(kind);
  return events
    .map(asWritten)
    .flatMap((event) => change(event))
    .map((event) => {
      const step = { before: state, event: slices.upcast(kind, event), after: state };
      state = slices.evolve(kind, state, step.event);
      return { ...step, after: state };
    });
}

/** As the database keeps it: members that are undefined are absent. */
const stored = (state: State): State => JSON.parse(JSON.stringify(state)) as State;
export const last = (log: Log, change?: (event: RecordEvent) => RecordEvent[]): State =>
  stored(replay(log, change).at(-1)!.after);

export function trailOf(log: Pick<Log, 'kind' | 'events'>): Log['trail'] {
  const states = replay(log).map(({ after }) => stored(after) as Record<string, JsonObject>);
  const digest = (state: JsonObject): string =>
    createHash('sha256').update(canonicalJson(state)).digest('hex').slice(0, 12);
  return Object.fromEntries(slices.of(log.kind).map(({ name }) => [name, states.map((state) => digest(state[name]!))]));
}
