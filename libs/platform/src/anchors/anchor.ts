/**
 * What is kept outside the database of what stood in it at some time: a head of each record that moved, a digest of the journal's entries, signed, each anchor
 * naming the one before. Whoever rewrites a log with all its hashes, and its head as well, cannot rewrite these.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, type Instant, type Uuid } from '@fil-rouge/kernel';

/** A record's id, the number of its last event and that event's hash. */
export type AnchoredHead = readonly [Uuid, number, string];

export interface Anchor {
  readonly at: Instant;
  /**
   * The database came back from a backup of that instant: what anchors noted between the two is not there any more, and this one holds every record
   * again.
   */
  readonly restored?: Instant;
  /** SHA-256 in hex of the file before; null: the first one, which holds every record. */
  readonly previous: string | null;
  readonly heads: readonly AnchoredHead[];
  /** Over the heads, in their order. */
  readonly root: string;
  /** From the end of the one before (null: from the beginning) up to this instant, which does not count. */
  readonly journal: {
    readonly from: Instant | null;
    readonly until: Instant;
    readonly entries: number;
    readonly digest: string;
    /** Absent: an anchor of an earlier version, see `journal_digest`. */
    readonly by?: 'sha256';
  };
  /** Ed25519 over `signedText`, base64. */
  readonly signature: string;
}

const sha256 = (...parts: (string | Buffer)[]): Buffer =>
  parts.reduce<ReturnType<typeof createHash>>((hash, part) => hash.update(part), createHash('sha256')).digest();

/** As RFC 9162, section 2.1.1: leaves and nodes have a prefix each, so that a node is never taken for a leaf. Hex. */
export function merkleRoot(leaves: readonly string[]): string {
  let level = leaves.map((leaf) => sha256('\x00', leaf));
  if (level.length === 0) return sha256().toString('hex');
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let place = 0; place < level.length; place += 2) {
      const [left, right] = [level[place]!, level[place + 1]];
      next.push(right ? sha256('\x01', left, right) : left);
    }
    level = next;
  }
  return level[0]!.toString('hex');
}

export const rootOf = (heads: readonly AnchoredHead[]): string =>
  merkleRoot(heads.map(([id, version, hash]) => `${id} ${version} ${hash}`));

/** Everything but the heads themselves, for which their root stands. */
export const signedText = ({ at, previous, root, journal, restored }: Omit<Anchor, 'heads' | 'signature'>): string =>
  canonicalJson({ at, previous, root, journal, ...(restored === undefined ? {} : { restored }) });

export const digestOfFile = (text: string): string => sha256(text).toString('hex');
