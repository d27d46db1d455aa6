import { createHash } from 'node:crypto';
import {
  canonicalJson,
  type Audience,
  type Instant,
  type JsonObject,
  type PieceKind,
  type Uuid,
} from '@fil-rouge/kernel';

/** What stands in the log about one piece: its kind and the SHA-256 of its ciphertext, so that the chain outlives an erasure. */
export interface PieceDigest {
  readonly kind: PieceKind;
  readonly sha256: string;
  /** Whose recipient may read it; see `Piece`. */
  readonly sharedBy?: Uuid;
}

/** What a hash covers. Since 2 also what decides who reads the event and its pieces: its id, what it is about, its audience, by whom a piece is shared. */
export type HashVersion = 1 | 2;

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
  /** Absent: 1, as the first versions wrote. */
  readonly hashVersion?: HashVersion;
  readonly id: Uuid;
  readonly about: Uuid | null;
  readonly audience: Audience;
}

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

export const digestOf = (ciphertext: Buffer): string => sha256(ciphertext);

/** `prev` of a record's first event: two records never share a beginning. */
export const rootHash = (stream: Uuid): string => sha256(stream);

/** SHA-256 in hex over RFC 8785 JSON of exactly these members: whatever is added to a row later cannot change an old hash. */
export function hashOf(link: ChainLink): string {
  const { stream, seq, type, schema, at, recordedAt, actor, structure, data, prev } = link;
  const digests = link.pieces.map(({ kind, sha256: digest }) => ({ kind, sha256: digest }));
  const common = { stream, seq, type, schema, at, recordedAt, actor, structure, data, prev };
  if (link.hashVersion !== 2) return sha256(canonicalJson({ ...common, pieces: digests }));
  const { id, about, audience } = link;
  const shared = link.pieces.map(({ sharedBy }, index) => ({ ...digests[index]!, sharedBy: sharedBy ?? null }));
  return sha256(canonicalJson({ ...common, hashVersion: 2, id, about, audience, pieces: shared }));
}
