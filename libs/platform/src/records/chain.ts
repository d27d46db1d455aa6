import { createHash } from 'node:crypto';
import { canonicalJson, type Instant, type JsonObject, type PieceKind, type Uuid } from '@fil-rouge/kernel';

/** What stands in the log about one piece: its kind and the SHA-256 of its ciphertext, so that the chain outlives an erasure. */
export interface PieceDigest {
  readonly kind: PieceKind;
  readonly sha256: string;
}

/** An event without its hash, as the log stores it. */
export interface ChainLink {
  readonly stream: Uuid;
  readonly seq: number;
  readonly type: string;
  readonly schema: number;
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly actor: Uuid | null;
  readonly structure: Uuid | null;
  readonly data: JsonObject;
  readonly pieces: readonly PieceDigest[];
  readonly prev: string;
}

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

export const digestOf = (ciphertext: Buffer): string => sha256(ciphertext);

/** `prev` of a record's first event: two records never share a beginning. */
export const rootHash = (stream: Uuid): string => sha256(stream);

/** SHA-256 in hex over RFC 8785 JSON of exactly these members: whatever is added to a row later cannot change an old hash. */
export function hashOf(link: ChainLink): string {
  const { stream, seq, type, schema, at, recordedAt, actor, structure, data, pieces, prev } = link;
  return sha256(
    canonicalJson({
      stream,
      seq,
      type,
      schema,
      at,
      recordedAt,
      actor,
      structure,
      data,
      prev,
      pieces: pieces.map(({ kind, sha256: digest }) => ({ kind, sha256: digest })),
    }),
  );
}
