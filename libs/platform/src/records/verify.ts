import { createHash } from 'node:crypto';
import type { Uuid } from '@fil-rouge/kernel';
import { hashOf, rootHash } from './chain';
import { instantOf, type Head, type LogRow } from './log';

export interface Verified {
  readonly events: number;
  /** Number of the first event that is missing, not what was written, or whose sealed piece is another one. */
  readonly brokenAt?: number;
}

/**
 * Recomputes a record's chain from stored columns. Erased pieces are absent and no error: the chain was never over plain text.
 *
 * @param head asked when all rows were read: somebody may have written meanwhile
 * @param look sees each row in passing
 */
export async function verifyRows(
  stream: Uuid,
  head: () => Head,
  rows: AsyncIterable<LogRow>,
  look: (row: LogRow) => void = () => undefined,
): Promise<Verified> {
  let events = 0;
  let last = 0;
  let prev = rootHash(stream);
  let brokenAt: number | undefined;
  for await (const row of rows) {
    events++;
    if (row.seq !== last + 1) brokenAt ??= last + 1;
    if (!isIntact(row, prev)) brokenAt ??= row.seq;
    prev = row.hash;
    last = row.seq;
    look(row);
  }
  const { version, hash } = head();
  if (last < version) brokenAt ??= last + 1;
  if (prev !== hash) brokenAt ??= last;
  return { events, ...(brokenAt === undefined ? {} : { brokenAt }) };
}

function isIntact(row: LogRow, prev: string): boolean {
  const recomputed = hashOf({
    stream: row.stream_id,
    seq: row.seq,
    type: row.type,
    schema: row.schema,
    at: instantOf(row.at),
    recordedAt: instantOf(row.recorded_at),
    actor: row.actor_id,
    structure: row.structure_id,
    data: row.data,
    pieces: row.pieces,
    prev,
  });
  return (
    row.prev === prev &&
    row.hash === recomputed &&
    row.sealed.every(({ kind, ciphertext }) =>
      row.pieces.some((piece) => piece.kind === kind && piece.sha256 === digest(ciphertext)),
    )
  );
}

const digest = (hex: string): string => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
