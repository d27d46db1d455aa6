/**
 * The words of the record store, pure: what a rule may know about where its events go.
 *
 *   record   the append-only stream of one resident (or structure, person, workshop), numbered 1, 2, 3…
 *   event    a fact in the past tense; in clear it carries ids, instants and workflow codes, nothing about the resident
 *   piece    what is personal in an event; sealed when it is written, in clear only in memory
 *   slice    one module's share of a record's state: how it starts, evolves, falls due, reacts and is projected
 *   decision a pure function (state, context) → events; it throws a `Problem` to refuse
 *   grant    one structure's dated access to a record, opened and ended by events
 *   change   a call of a named database function that puts, copies or removes rows of a read table
 */
import type { Instant, LocalDate } from './calendar';
import type { Problem } from './problem';
import type { Role } from './vocabulary';

export type Uuid = string;
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };
export type JsonObject = { [key: string]: Json | undefined };

/** `network`: the one record of what holds for all structures; `elimination`: the one register of what was erased under which slip. */
export const recordKinds = [
  'case',
  'structure',
  'person',
  'workshop',
  'anonymous_session',
  'place',
  'batch',
  'network',
  'convention',
  'elimination',
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** `first_name`; `identity`: surname and contact; `profile`: codes about the resident; texts everybody on the record reads; texts of one structure; what a file that was joined is called. */
export type PieceKind = 'first_name' | 'identity' | 'profile' | 'shared_text' | 'private_note' | 'file_name';

export interface Piece<K extends PieceKind = PieceKind, V extends JsonObject = JsonObject> {
  readonly kind: K;
  readonly value: V;
  /** Referral or handover whose recipient may read this piece before having answered. */
  readonly sharedBy?: Uuid;
}

export type Audience = 'record' | 'about' | 'desk';

/** An event as a decision returns it: the store adds number, ids, instants, actor and hash. */
export interface Decided<T extends string = string, D extends object = JsonObject> {
  readonly type: T;
  readonly data: D;
  readonly pieces?: readonly Piece[];
  /** The referral, handover or session of this record that the event is about: its history is found by it. */
  readonly about?: Uuid;
  /** Who may read it: everybody on the record's shared thread (default), only leads and the parties of `about`, or nobody there: what is prepared at a desk. */
  readonly audience?: Audience;
  /** The event is written without an actor. It follows from what somebody did, and those whom it concerns may not know who that was. */
  readonly byItself?: true;
}

/** An event as it stands in the log, its pieces opened when they were asked for (else empty). */
export interface RecordEvent<T extends string = string, D extends object = JsonObject> {
  readonly id: Uuid;
  readonly stream: Uuid;
  readonly seq: number;
  readonly type: T;
  readonly schema: number;
  readonly at: Instant;
  readonly recordedAt: Instant;
  /** The person who acted; null when the clock or another record did. */
  readonly actor: Uuid | null;
  readonly structure: Uuid | null;
  readonly data: D;
  readonly pieces: readonly Piece[];
  readonly about: Uuid | null;
  readonly audience: Audience;
}

/** An event of the table `M` (type → what it holds): a `switch` over its type narrows its data. */
export type EventOf<M> = { [T in keyof M & string]: RecordEvent<T, M[T] & object> }[keyof M & string];

/** The same, decided and not yet in the log. */
export type DecidedOf<M> = { [T in keyof M & string]: Decided<T, M[T] & object> }[keyof M & string];

interface IsEvent<M> {
  (event: Decided<string, object>): event is DecidedOf<M>;
  // The last one is what `filter` sees.
  (event: RecordEvent<string, object>): event is EventOf<M>;
}

/** Tells the events of one table from all others. `writes`: each of its types, with the present schema number. */
export const eventsOf = <M>(writes: { readonly [T in keyof M & string]: number }): IsEvent<M> =>
  (({ type }: { type: string }) => Object.hasOwn(writes, type)) as unknown as IsEvent<M>;

/** Who acts. `structureId` is the employer a session acts for; the clock and consumers act for nobody. */
export interface Actor {
  readonly userId: Uuid | null;
  readonly structureId: Uuid | null;
  readonly role: Role | 'system';
  /** Communes (INSEE) a coordinator watches over; null: the whole network. */
  readonly territory: readonly string[] | null;
}

export const system: Actor = { userId: null, structureId: null, role: 'system', territory: null };

/** Another record a rule relies on, as it was when the decision was taken; the commit fails if it has moved since. */
export interface Fact {
  readonly id: Uuid;
  readonly kind: RecordKind;
  readonly version: number;
  readonly state: unknown;
}

export interface Context {
  readonly now: Instant;
  readonly today: LocalDate;
  readonly actor: Actor;
  /** Number of the last event of the record before this decision. */
  readonly seq: number;
  /** Hash of that event, for a rule that anchors this record in another one. The store always gives it; a test of pure rules need not. */
  readonly hash?: string;
  newId(): Uuid;
  /** The record of that id, `undefined` when it does not exist. Only ids the handler asked for can be found. */
  fact(id: Uuid | undefined | null): Fact | undefined;
  /** A read row the handler asked for by name (whole image, snake_case columns), under the record's version. */
  row<R = JsonObject>(name: string): R | undefined;
  /**
   * Without `event`: the latest piece of that kind on the record, of the kinds the handler asked for. With it: that event's piece, of an event that
   * an addressed row names.
   */
  piece(kind: PieceKind, event?: Uuid): JsonObject | undefined;
}

/** A word that the store replaces by its keyed token before it reaches the database. */
export interface Keyed {
  readonly keyed: string;
}

/** The same of a word that a record claims: no token of a search says it, and none of a claim is found by a search. */
export interface Claimed {
  readonly claimed: string;
}

/** `call` is the name of a database function owned by the writer; `rows` are whole images with column names as keys. */
export interface Change {
  readonly call: string;
  readonly rows: readonly object[];
}

/** One module's share of two records that become one. Pure. */
export interface MergeShare<W = unknown> {
  /** What ends on either before the two are one. Throws when the survivor cannot take the rest. */
  endings(loser: W, survivor: W): { readonly ofLoser: Decided[]; readonly ofSurvivor: Decided[] };
  /** What lives on: `takenOver` ids and workflow codes in clear, `sealed` what is about the person. */
  carried?(loser: W, survivor: W): { readonly takenOver: JsonObject; readonly sealed: JsonObject };
}

/** One module's share of a record. Every function is pure. `W` is the whole state as this module may see it. */
export interface Slice<S = unknown, W = unknown> {
  readonly kind: RecordKind;
  readonly name: string;
  /** Raise it when the shape of the state changes: records are then refolded from the log when next loaded. */
  readonly version: number;
  readonly initial: S;
  /** Every event type this slice writes, with its present schema number. */
  readonly writes: Readonly<Record<string, number>>;
  /** What an event of an older schema holds, as the next one says it; keyed `Type@schema`. Of its pieces only what is optional may change. */
  readonly upcasters?: Readonly<Record<string, (data: JsonObject) => JsonObject>>;
  /** Never throws, ignores what it does not know. `whole` is the state before this event, lower slices already evolved. */
  evolve(state: S, event: RecordEvent, whole: W): S;
  /** What has fallen due by `context.now`; it is decided before any command, so that a late worker never changes an answer. Opens no piece. */
  due?(whole: W, context: Context): Decided[];
  /** Other records that what has fallen due by `now` rests on: facts of its context, whatever the command knows of. */
  relies?(whole: W, now: Instant): readonly Uuid[];
  /** When something will next fall due, by a stable name. Rows of the timer table are derived from this alone. */
  timers?(whole: W): Readonly<Record<string, Instant>>;
  /**
   * For a record that ended in another one: that other one. Its log says what has become of this record's rows since, so a rebuild derives it
   * later.
   */
  goesOnIn?(whole: W): Uuid | null;
  /**
   * What stands on this share against an event that somebody decides, as the problem that refuses all of it. Every slice is asked of every decided event, by whichever
   * command: who decides need not know who may object. `whole` is the state that it was decided on.
   */
  opposes?(whole: W, event: Decided): Problem | null;
  /** What becomes of this share when its record ends in another one. */
  readonly merging?: MergeShare<W>;
  /** What follows from an event in the same commit; runs to a fixpoint. `whole` is the state after the event. */
  react?(whole: W, event: RecordEvent, context: Context): Decided[];
  /** Rows of the read tables after `event`, as data. The last image of a row in a commit wins; closing rows come first. */
  project(before: W, after: W, event: RecordEvent): Change[];
}

/** Pieces of one kind in an event, in clear. */
export function pieceOf(event: { pieces?: readonly Piece[] }, kind: PieceKind): JsonObject | undefined {
  return event.pieces?.find((piece) => piece.kind === kind)?.value;
}
