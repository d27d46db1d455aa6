/** Is a record what it was when it was written, and was the open case led at every instant? */
import type { Instant, RecordEvent, Uuid } from '@fil-rouge/kernel';
import { instantOf, verifyRows, type Head, type LogRow } from '@fil-rouge/platform';
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
  readonly brokenAt?: number;
  readonly continuity: 'ok' | 'gap';
  readonly gaps: Gap[];
}

export async function verify(stream: Uuid, head: Head, rows: AsyncIterable<LogRow>): Promise<Verification> {
  const gaps: Gap[] = [];
  let state = initialCase;
  let last = 0;
  const { events, brokenAt } = await verifyRows(stream, head, rows, (row) => {
    if (row.seq !== last + 1) gaps.push({ kind: 'numbering', seq: last + 1 });
    last = row.seq;
    const led = state.status !== 'open' || state.lead !== null;
    state = evolveCase(state, eventOf(row));
    if (led && state.status === 'open' && state.lead === null) gaps.push({ kind: 'lead', seq: row.seq, since: instantOf(row.at) });
  });
  if (last < head.version) gaps.push({ kind: 'numbering', seq: last + 1 });
  return { events, chain: brokenAt === undefined ? 'ok' : 'broken', ...(brokenAt === undefined ? {} : { brokenAt }), continuity: gaps.length === 0 ? 'ok' : 'gap', gaps };
}

/** Whatever the pieces say does not matter to the lead, and they may have been erased. */
const eventOf = (row: LogRow): RecordEvent => ({
  id: row.id, stream: row.stream_id, seq: row.seq, type: row.type, schema: row.schema, at: instantOf(row.at), recordedAt: instantOf(row.recorded_at),
  actor: row.actor_id, structure: row.structure_id, data: row.data, about: row.about, audience: row.audience, pieces: [],
});
