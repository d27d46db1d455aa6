import { Problem, type Change, type Instant, type Json, type JsonObject, type Uuid } from '@fil-rouge/kernel';
import { codeOf } from '../database';
import type { Warrant } from './decision';
import { digestOf, hashOf, type PieceDigest } from './chain';
import type { Course } from './deliberation';
import type { Sealing } from './sealing';
import { partitionOf, type Slices, type State } from './slices';

/** One record as a decision found it and as it leaves it. */
export interface Work extends Course {
  readonly key: Buffer;
  /** Hash of its last event when it was loaded; the root hash of a new record. */
  readonly prev: string;
  readonly before: State;
}

/** Plain words; they are keyed before they reach the database. */
export interface Claims {
  /** Held while the commit looks for others: of two commands that claim or ask for one of them at once, one sees the other. */
  readonly words: readonly string[];
  /** Refuse when another record claims what goes together with one of them, or when the structure knows another record by one of the names. */
  readonly asks?: {
    readonly words: readonly { readonly word: string; readonly kind: string }[];
    readonly structure: Uuid | null;
    readonly names: readonly string[];
  };
}

/** What a `check_` function of the database must find nothing against, under the locks of the commit. */
export interface Requirement {
  readonly call: `check_${string}`;
  readonly of: JsonObject;
}

export type Consumed = { delivery: string } | { timer: string; stream: Uuid };

export interface CommitExtras {
  readonly now: Instant;
  readonly token?: string;
  readonly warrant?: Warrant;
  readonly session?: JsonObject;
  readonly idempotency?: { user: Uuid; key: string; hash: string; result: Json };
  readonly facts: readonly { id: Uuid; version: number }[];
  readonly consumes?: Consumed;
  readonly claims?: Claims;
  readonly requires?: Requirement;
}

/** The whole commit as one JSON value for `commit_record`: seals, chains and lays out rows; decides nothing. `rings`: it leaves something for the worker. */
export function layOut(
  works: readonly Work[],
  extras: CommitExtras,
  slices: Slices,
  sealing: Sealing,
): { payload: JsonObject; rings: boolean } {
  const changed = works.filter((work) => work.events.length > 0);
  const logged = changed.map((work) => chain(work, sealing));
  const deliveries = changed.flatMap((work) =>
    work.events.flatMap((event) =>
      slices
        .consumersOf(event, work.state)
        .map((consumer) => ({
          consumer,
          partition: partitionOf(work.id),
          stream: work.id,
          event: event.id,
          seq: event.seq,
        })),
    ),
  );
  const { claims } = extras;
  const payload = {
    now: extras.now,
    token: extras.token,
    warrant: extras.warrant,
    session: extras.session,
    idempotency: extras.idempotency,
    facts: extras.facts,
    consumes: extras.consumes ?? {},
    requires: extras.requires,
    claims: claims && claimsAsked(works[0]!.id, claims, sealing),
    streams: changed.map((work, index) => ({
      id: work.id,
      kind: work.kind,
      expect: work.expect,
      version: work.events.at(-1)!.seq,
      hash: logged[index]!.hash,
      state: work.state,
      stateVersion: slices.stateVersion(work.kind),
      key: work.key.toString('hex'),
    })),
    events: logged.flatMap(({ events }) => events),
    sealed: logged.flatMap(({ sealed }) => sealed),
    changes: calls(
      changed.flatMap((work) => work.changes),
      sealing,
    ),
    deliveries,
    ...timerChanges(changed, works, extras.consumes, slices),
  };
  return { payload: payload as unknown as JsonObject, rings: deliveries.length > 0 };
}

const claimsAsked = (stream: Uuid, { words, asks }: Claims, sealing: Sealing) => ({
  stream,
  tokens: words.map((word) => sealing.token('claim', word)),
  asks: asks && {
    words: asks.words.map(({ word, kind }) => ({ token: sealing.token('claim', word), kind })),
    structure: asks.structure,
    names: asks.names.map((name) => sealing.token('search', name)),
  },
});

function chain(work: Work, sealing: Sealing) {
  let prev = work.prev;
  const sealed: object[] = [];
  const events = work.events.map((event) => {
    const digests: PieceDigest[] = event.pieces.map(({ kind, value, sharedBy }) => {
      const box = sealing.seal(work.key, work.id, event.id, kind, value);
      const sha256 = digestOf(box);
      sealed.push({
        event: event.id,
        kind,
        stream: work.id,
        seq: event.seq,
        structure: event.structure,
        sharedBy,
        sha256,
        ciphertext: box.toString('hex'),
      });
      return { kind, sha256, ...(sharedBy ? { sharedBy } : {}) };
    });
    const row = { ...event, pieces: digests, prev, hashVersion: 2 as const };
    prev = hashOf(row);
    return { ...row, hash: prev };
  });
  return { events, sealed, hash: prev };
}

/** Changes as the database takes them: last images only, words keyed; what erases comes last, whatever was written before it. */
export const calls = (changes: readonly Change[], sealing: Sealing): Change[] =>
  lastImages(changes)
    .sort((a, b) => Number(a.call.startsWith('erase_')) - Number(b.call.startsWith('erase_')))
    .map(({ call, rows }) => ({ call, rows: rows.map((row) => keyWords(row, sealing)) }));

/** Calls in the order they first came; of several images of one row only the last, so that a statement never touches a row twice. */
function lastImages(changes: readonly Change[]): Change[] {
  const calls = new Map<string, Map<string, object>>();
  for (const { call, rows } of changes) {
    const images = calls.get(call) ?? new Map<string, object>();
    for (const row of rows) images.set(identity(row), row);
    calls.set(call, images);
  }
  return [...calls]
    .map(([call, images]) => ({ call, rows: [...images.values()] }))
    .filter(({ rows }) => rows.length > 0);
}

/** Rows say what identifies them in `$key` when it is not their `id`; it does not reach the database. */
function identity(row: object): string {
  const { $key, id } = row as { $key?: string; id?: string };
  return $key ?? id ?? JSON.stringify(row);
}

function keyWords(row: object, sealing: Sealing): object {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([column]) => column !== '$key')
      .map(([column, value]) => {
        const { keyed, claimed } = (value ?? {}) as { keyed?: unknown; claimed?: unknown };
        if (typeof keyed === 'string') return [column, `\\x${sealing.token('search', keyed)}`];
        return [column, typeof claimed === 'string' ? `\\x${sealing.token('claim', claimed)}` : (value as unknown)];
      }),
  );
}

/** Timers are a function of the state: set what is new or moved, clear what is gone. A consumed one was deleted, so it is set again if it still stands. */
function timerChanges(
  changed: readonly Work[],
  works: readonly Work[],
  consumes: Consumed | undefined,
  slices: Slices,
) {
  const set: object[] = [];
  const clear: object[] = [];
  const consumed = consumes && 'timer' in consumes ? consumes : undefined;
  for (const work of works) {
    if (!changed.includes(work) && consumed?.stream !== work.id) continue;
    const before = slices.timers(work.kind, work.before);
    const after = slices.timers(work.kind, work.state);
    for (const [name, due] of after) {
      if (before.get(name) !== due || (consumed?.stream === work.id && consumed.timer === name))
        set.push({ stream: work.id, name, due });
    }
    for (const name of before.keys()) if (!after.has(name)) clear.push({ stream: work.id, name });
  }
  return set.length + clear.length > 0 ? { timers: { set, clear } } : {};
}

/** What became of a commit that was refused; anything else is thrown as it is. */
export type Refused = 'moved' | 'consumed' | 'signed-out' | { rivals: Uuid[] } | { unmet: Json };

const detailOf = (error: unknown): Json => JSON.parse((error as { detail: string }).detail) as Json;

export function refusalOf(error: unknown): Refused | null {
  switch (codeOf(error)) {
    case 'FR001':
    case 'FR002':
    case '40001':
    case '40P01':
      return 'moved';
    case 'FR003':
      return 'consumed';
    case 'FR004':
      return 'signed-out';
    case 'FR005':
      return { rivals: detailOf(error) as Uuid[] };
    case 'FR006':
      return { unmet: detailOf(error) };
    default:
      return null;
  }
}

export const busy = () =>
  new Problem('busy', 'Many people are writing to this record at the same moment. Nothing was done; try again.', {
    retryAfter: 1,
  });
