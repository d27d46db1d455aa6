import type { Audience, Instant, JsonObject, PieceKind, RecordEvent, RecordKind, Uuid } from '@fil-rouge/kernel';
import type { Database } from '../database';
import type { Warrant } from './decision';
import type { ChainLink, HashVersion, PieceDigest } from './chain';
import type { Sealing } from './sealing';
import type { Slices, State } from './slices';

/** An event row as `open_log` returns it. */
export interface LogRow {
  stream_id: Uuid;
  seq: number;
  id: Uuid;
  type: string;
  schema: number;
  at: string;
  recorded_at: string;
  actor_id: Uuid | null;
  structure_id: Uuid | null;
  data: JsonObject;
  pieces: PieceDigest[];
  prev: string;
  hash: string;
  hash_version: HashVersion;
  about: Uuid | null;
  audience: Audience;
  sealed: SealedRow[];
  /** Pieces are missing, and rightly so: a file was taken away, or another record's erasure took them. */
  released?: true;
}

/** A piece as it is stored, and where. */
export interface SealedRow {
  kind: PieceKind;
  ciphertext: string;
  sharedBy: Uuid | null;
  stream: Uuid;
  seq: number;
  structure: Uuid | null;
}

/** What a record's row says its log ends with: a log cut off at its end would otherwise look whole. */
export interface Head {
  readonly version: number;
  readonly hash: string;
  /** Whether its pieces can still be opened: it was not erased. */
  readonly sealed: boolean;
}

const page = 500;

export const instantOf = (timestamp: string): Instant => new Date(timestamp).toISOString();

/** What of a stored row stands in the event under its own name. */
const toldOf = (row: LogRow) => ({
  id: row.id,
  stream: row.stream_id,
  seq: row.seq,
  type: row.type,
  schema: row.schema,
  at: instantOf(row.at),
  recordedAt: instantOf(row.recorded_at),
  actor: row.actor_id,
  structure: row.structure_id,
  data: row.data,
  about: row.about,
  audience: row.audience,
});

/** A stored row as its hash is over it, were that one before it. */
export const linkOf = (row: LogRow, prev: string): ChainLink => ({
  ...toldOf(row),
  pieces: row.pieces,
  prev,
  hashVersion: row.hash_version,
});

export const openSealed = (
  sealing: Sealing,
  key: Buffer,
  stream: Uuid,
  event: Uuid,
  kind: PieceKind,
  hex: string,
): JsonObject => sealing.open(key, stream, event, kind, Buffer.from(hex, 'hex'));

/** For whom the api reads a log: see `passes`. The worker and the tools need none. */
export interface Pass {
  readonly token?: string | undefined;
  readonly warrant?: Warrant | undefined;
  readonly now?: Instant;
}

interface LogReading {
  readonly sawHead?: (head: Head | null) => void;
  readonly from?: number;
  readonly pass?: Pass;
}

/**
 * The rows of one record's log, oldest first, a page at a time. `sawHead` is told with each page what the record's row said in the same moment:
 * somebody may be writing, and only the last page's head belongs to the rows that were read.
 */
export async function* readLog(
  database: Database,
  stream: Uuid,
  { sawHead = () => undefined, from = 1, pass = {} }: LogReading = {},
): AsyncGenerator<LogRow> {
  for (let after = from - 1; ;) {
    const [answer] = await database.query<{ read: { rows: LogRow[]; head: Head | null } }>(
      'open_log',
      'select open_log($1) as read',
      [JSON.stringify({ ...pass, stream, after, limit: page })],
    );
    const { rows, head } = answer!.read;
    sawHead(head);
    yield* rows;
    if (rows.length < page) return;
    after = rows.at(-1)!.seq;
  }
}

/** A stored row as rules read it: upcast, its pieces opened. `key` null (erased): the pieces are gone. */
export function readEvent(
  slices: Slices,
  sealing: Sealing,
  kind: RecordKind,
  key: Buffer | null,
  row: LogRow,
): RecordEvent {
  return slices.upcast(kind, {
    ...toldOf(row),
    pieces:
      key === null
        ? []
        : row.sealed.map((piece) => ({
            kind: piece.kind,
            value: openSealed(sealing, key, row.stream_id, row.id, piece.kind, piece.ciphertext),
            ...(piece.sharedBy ? { sharedBy: piece.sharedBy } : {}),
          })),
  });
}

/** The state of a record from its log alone. */
export async function fold(
  database: Database,
  slices: Slices,
  sealing: Sealing,
  kind: RecordKind,
  stream: Uuid,
  key: Buffer,
  pass: Pass,
): Promise<State> {
  let state = slices.initial(kind);
  for await (const row of readLog(database, stream, { pass }))
    state = slices.evolve(kind, state, readEvent(slices, sealing, kind, key, row));
  return state;
}
