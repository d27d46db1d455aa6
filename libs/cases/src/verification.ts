/** Is a record what it was when it was written? Pure: recomputes every hash from stored columns and follows the lead through the events. */
import type { Instant, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { hashOf, instantOf, rootHash, type LogRow } from '@fil-rouge/platform';
import { evolveCase, initialCase } from './case';

/** Where the numbering or the lead has a hole. */
export interface Gap {
  readonly kind: 'numbering' | 'lead';
  /** First number that is missing, or number of the event after which nobody leads the open case. */
  readonly seq: number;
  readonly since?: Instant;
}

export interface Verification {
  readonly events: number;
  readonly chain: 'ok' | 'broken';
  /** Number of the first event that is not what it was, or that a piece no longer belongs to. */
  readonly brokenAt?: number;
  readonly continuity: 'ok' | 'gap';
  readonly gaps: Gap[];
}

/** What the record's head says the log should end with: a log cut off at its end is otherwise intact. */
export interface Head {
  readonly version: number;
  readonly hash: string;
}

/** @param digest SHA-256 in hex of a ciphertext (pieces that were erased are absent and not an error) */
export async function verify(stream: Uuid, head: Head, rows: AsyncIterable<LogRow>, digest: (hex: string) => string): Promise<Verification> {
  const gaps: Gap[] = [];
  let state = initialCase;
  let events = 0;
  let last = 0;
  let prev = rootHash(stream);
  let brokenAt: number | undefined;
  for await (const row of rows) {
    events++;
    if (row.seq !== last + 1) gaps.push({ kind: 'numbering', seq: last + 1 });
    if (!isIntact(row, prev, digest)) brokenAt ??= row.seq;
    prev = row.hash;
    last = row.seq;
    const led = state.status !== 'open' || state.lead !== null;
    state = evolveCase(state, eventOf(row));
    if (led && state.status === 'open' && state.lead === null) gaps.push({ kind: 'lead', seq: row.seq, since: instantOf(row.at) });
  }
  if (last < head.version) gaps.push({ kind: 'numbering', seq: last + 1 });
  if (prev !== head.hash) brokenAt ??= Math.min(last + 1, head.version);
  return { events, chain: brokenAt === undefined ? 'ok' : 'broken', ...(brokenAt === undefined ? {} : { brokenAt }), continuity: gaps.length === 0 ? 'ok' : 'gap', gaps };
}

function isIntact(row: LogRow, prev: string, digest: (hex: string) => string): boolean {
  const recomputed = hashOf({
    stream: row.stream_id, seq: row.seq, type: row.type, schema: row.schema, at: instantOf(row.at), recordedAt: instantOf(row.recorded_at),
    actor: row.actor_id, structure: row.structure_id, data: row.data, pieces: row.pieces, prev,
  });
  const sealed = row.sealed.every((piece) => row.pieces.some(({ kind, sha256 }) => kind === piece.kind && sha256 === digest(piece.ciphertext)));
  return row.prev === prev && row.hash === recomputed && sealed;
}

/** Whatever the pieces say does not matter to the lead, and they may be gone. */
const eventOf = (row: LogRow): RecordEvent => ({
  id: row.id, stream: row.stream_id, seq: row.seq, type: row.type, schema: row.schema, at: instantOf(row.at), recordedAt: instantOf(row.recorded_at),
  actor: row.actor_id, structure: row.structure_id, data: row.data, about: row.about, audience: row.audience, pieces: [],
});
