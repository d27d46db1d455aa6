/** What a command asks of the store: on which records, what the rule needs beside them, and the rule. */
import type { Actor, Decided, Json, PieceKind, Problem, RecordEvent, RecordKind, Uuid } from '@fil-rouge/kernel';
import type { Asking, Rows } from '../access/reads';
import type { Caller } from '../access/session';
import type { Claims, Consumed, Requirement } from './commit';
import type { Deliberation } from './deliberation';

/** A record a command is decided on: by its id (`orNew`: it begins with its first event), new, or the one to which the read row of that name belongs. */
export type Target =
  { kind: RecordKind; id: Uuid; orNew?: true } | { kind: RecordKind; create: Uuid } | { kind: RecordKind; row: string };

/**
 * A read row to load beside the record. `facts`: its columns that name other records the rule relies on. `events`: its columns that name events whose
 * pieces the rule reads, also those of a record that ended in this one.
 */
export interface RowAddress {
  readonly table: string;
  readonly id: Uuid;
  readonly facts?: readonly string[];
  readonly events?: readonly string[];
}

/** A request's key, kept per person, and the keyed hash of what was asked. */
export interface Idempotency {
  readonly key: string;
  readonly hash: string;
}

/** The secret of a link, as the database keeps it: it leads to the records that may be written to with it (`records_warranted`). */
export type Warrant = { readonly answerLink: string } | { readonly emailChange: Uuid };

export interface Decision<S, R extends Json> {
  /** Who asks; null for the clock and for consumers, and behind a link. */
  readonly caller: Caller | null;
  /** What lets the api act for nobody who is signed in. */
  readonly warrant?: Warrant;
  /** Whose decision the worker carries out; their rights were checked when they took it. Only without a caller. */
  readonly onBehalfOf?: Actor;
  readonly on: readonly Target[];
  readonly facts?: readonly (Uuid | undefined)[];
  readonly rows?: Readonly<Record<string, RowAddress>>;
  /** Latest pieces the rule or the projection needs in clear. */
  readonly pieces?: readonly PieceKind[];
  readonly consumes?: Consumed;
  /** Events per record of `on`, in its order. Throws a `Problem` to refuse. */
  decide(records: readonly Deliberation<S>[]): Decided[][];
  /** What the answer is made from; kept with the idempotency key, so ids only. */
  result(events: readonly RecordEvent[], records: readonly { id: Uuid; state: S }[]): R;
  /** What the answer shows of it, read with the commit. */
  answer?(result: R): Asking;
  claims?(events: readonly RecordEvent[], records: readonly Deliberation<S>[]): Claims | undefined;
  /** The problem for a claim another record has. */
  rivals?(ids: readonly Uuid[]): Promise<Problem>;
  /** What must hold, once the commit has its locks, of rows that the records and facts above do not lead to. */
  requires?(events: readonly RecordEvent[], records: readonly Deliberation<S>[]): Requirement | undefined;
  /** The problem for what was found against it. */
  unmet?(found: Json): Problem;
}

export interface Outcome<R> {
  readonly result: R;
  /** The same request had been done before; nothing was done now. */
  readonly replayed: boolean;
  /** What `answer` asked for; absent when nothing was committed now. */
  readonly rows?: Rows;
}
