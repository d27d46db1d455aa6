import { createHash } from 'node:crypto';
import type { Uuid } from '@fil-rouge/kernel';
import { hashOf, rootHash } from './chain';
import { linkOf, type Head, type LogRow } from './log';

export interface Verified {
  readonly events: number;
  /** Number of the first event that is missing, not what was written, or whose sealed pieces are others, elsewhere, or gone. */
  readonly brokenAt?: number;
}

/**
 * Recomputes a record's chain from stored columns. Erased pieces are absent and no error: the chain was never over plain text. Those of a record that
 * lives are all there.
 *
 * @param head asked when all rows were read: somebody may have written meanwhile
 * @param look sees each row in passing, up to the first that is not what was written: from there on anything may stand in one
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
  let emptiedAt: number | undefined;
  for await (const row of rows) {
    events++;
    if (row.seq !== last + 1) brokenAt ??= last + 1;
    if (!isIntact(row, prev)) brokenAt ??= row.seq;
    else if (row.sealed.length < row.pieces.length && !row.released) emptiedAt ??= row.seq;
    prev = row.hash;
    last = row.seq;
    if (brokenAt === undefined) look(row);
  }
  const { version, hash, sealed } = head();
  if (last < version) brokenAt ??= last + 1;
  if (prev !== hash) brokenAt ??= last;
  // Whoever erases while the rows are read takes the key as well.
  if (sealed && emptiedAt !== undefined) brokenAt = Math.min(brokenAt ?? emptiedAt, emptiedAt);
  return { events, ...(brokenAt === undefined ? {} : { brokenAt }) };
}

/** The event's row as its hash says, and each of its pieces where it belongs: row-level security reads a piece's own columns. */
function isIntact(row: LogRow, prev: string): boolean {
  return row.prev === prev && row.hash === recomputed(row, prev) && row.sealed.every((piece) => isInPlace(piece, row));
}

/** Undefined of columns that no event ever had. */
function recomputed(row: LogRow, prev: string): string | undefined {
  try {
    return hashOf(linkOf(row, prev));
  } catch {
    return undefined;
  }
}

const isInPlace = (
  { kind, ciphertext, sharedBy, stream, seq, structure }: LogRow['sealed'][number],
  row: LogRow,
): boolean =>
  stream === row.stream_id &&
  seq === row.seq &&
  structure === row.structure_id &&
  row.pieces.some(
    (digest) =>
      digest.kind === kind &&
      digest.sha256 === sha256(ciphertext) &&
      (row.hash_version === 1 || (digest.sharedBy ?? null) === sharedBy),
  );

const sha256 = (hex: string): string => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
