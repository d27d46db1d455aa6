import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { Problem, type JsonObject, type PieceKind, type Uuid } from '@fil-rouge/kernel';

const algorithm = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

/**
 * Everything personal passes here: AES-256-GCM with one key per record, itself wrapped by the master key that lives outside
 * the database. Layout of a box: iv (12 bytes) · tag (16) · ciphertext. The additional data binds a box to its place, so that
 * a ciphertext copied to another record, event or kind does not open.
 */
export class Sealing {
  private readonly wrapping: Buffer;
  private readonly searching: Buffer;
  private readonly saving: Buffer;
  private readonly signing: KeyObject;
  private readonly alarmed = new Set<Uuid>();
  private readonly unwrapped = new UnwrappedKeys();
  /** Tells this key from any other, and says nothing of it. */
  readonly fingerprint: string;

  /**
   * @param masterKey 32 bytes. Wrapping, search tokens and signatures use keys derived from it (HKDF-SHA-256), never itself.
   * @param alarm told once of each record that does not open, whoever came across it
   */
  constructor(
    masterKey: Buffer,
    private readonly alarm: (stream: Uuid) => void = () => undefined,
  ) {
    if (masterKey.length !== 32) throw new Error('The master key must be 32 bytes.');
    this.wrapping = derive(masterKey, 'wrap');
    this.searching = derive(masterKey, 'search');
    this.saving = derive(masterKey, 'backup');
    this.signing = createPrivateKey({
      key: Buffer.concat([ed25519, derive(masterKey, 'sign')]),
      format: 'der',
      type: 'pkcs8',
    });
    this.fingerprint = derive(masterKey, 'fingerprint').toString('hex').slice(0, 32);
  }

  /** A new record's key, wrapped for storage. */
  newKey(stream: Uuid): Buffer {
    return lock(this.wrapping, `key|${stream}`, randomBytes(32));
  }

  /** Whether this master key wrapped that record's key. */
  opens(wrappedKey: Buffer, stream: Uuid): boolean {
    try {
      return unlock(this.wrapping, `key|${stream}`, wrappedKey).length > 0;
    } catch {
      return false;
    }
  }

  seal(wrappedKey: Buffer, stream: Uuid, event: Uuid, kind: PieceKind | 'comment', value: JsonObject): Buffer {
    return lock(this.unwrap(wrappedKey, stream), `${stream}|${event}|${kind}`, Buffer.from(JSON.stringify(value)));
  }

  /** Problems: 409 `unreadable` when the box was altered or moved, or the key is not this record's. */
  open(wrappedKey: Buffer, stream: Uuid, event: Uuid, kind: PieceKind | 'comment', box: Buffer): JsonObject {
    const key = this.unwrap(wrappedKey, stream);
    return JSON.parse(
      this.orAlarm(stream, () => unlock(key, `${stream}|${event}|${kind}`, box)).toString(),
    ) as JsonObject;
  }

  /** A part of a file, which is no text: sealed like a piece, in its place among the parts of that one. */
  sealPart(wrappedKey: Buffer, stream: Uuid, place: string, part: Uint8Array): Buffer {
    return lock(this.unwrap(wrappedKey, stream), `${stream}|${place}`, part);
  }

  /** Problems: as `open`. */
  openPart(wrappedKey: Buffer, stream: Uuid, place: string, box: Buffer): Buffer {
    const key = this.unwrap(wrappedKey, stream);
    return this.orAlarm(stream, () => unlock(key, `${stream}|${place}`, box));
  }

  /** For one file of a backup. @param salt the backup's, in hex */
  fileKey(salt: string, name: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.saving, Buffer.from(salt, 'hex'), name, 32));
  }

  /** Ed25519, base64. */
  sign(text: string): string {
    return sign(null, Buffer.from(text), this.signing).toString('base64');
  }

  /** Whether whoever had this master key signed that text. */
  signed(text: string, signature: string): boolean {
    return verify(null, Buffer.from(text), createPublicKey(this.signing), Buffer.from(signature, 'base64'));
  }

  /** A search or claim token: equal words give equal tokens, and without the key nobody can try words against them. Hex, 16 bytes. */
  token(purpose: 'search' | 'claim' | 'request' | 'statistics' | 'answer-link' | 'answer-code', word: string): string {
    return createHmac('sha256', this.searching).update(`${purpose}|${word}`).digest('hex').slice(0, 32);
  }

  /** An opaque text only this system can read back, for instance a match token. URL-safe. */
  sealToken(purpose: string, value: JsonObject): string {
    return lock(this.wrapping, `token|${purpose}`, Buffer.from(JSON.stringify(value))).toString('base64url');
  }

  /** `null` when it is not ours, was altered, or was made for another purpose. */
  openToken(purpose: string, token: string): JsonObject | null {
    try {
      return JSON.parse(
        unlock(this.wrapping, `token|${purpose}`, Buffer.from(token, 'base64url')).toString(),
      ) as JsonObject;
    } catch {
      return null;
    }
  }

  private unwrap(wrappedKey: Buffer, stream: Uuid): Buffer {
    return this.unwrapped.of(stream, wrappedKey, () =>
      this.orAlarm(stream, () => unlock(this.wrapping, `key|${stream}`, wrappedKey)),
    );
  }

  private orAlarm(stream: Uuid, unlocked: () => Buffer): Buffer {
    try {
      return unlocked();
    } catch {
      if (!this.alarmed.has(stream)) this.alarm(stream);
      this.alarmed.add(stream);
      throw unreadable();
    }
  }
}

/** How long a record's key may lie open in memory, in milliseconds: a page of its texts, or a command with its answer. */
const keptOpen = 1_000;

/** A timeline opens a hundred boxes of one record: its key is unwrapped for the first of them. Known by the wrapped key as it is stored; all are wiped together. */
class UnwrappedKeys {
  private readonly keys = new Map<string, Buffer>();

  of(stream: Uuid, wrapped: Buffer, unwrap: () => Buffer): Buffer {
    const place = `${stream}${wrapped.toString('latin1')}`;
    const known = this.keys.get(place);
    if (known) return known;
    const key = unwrap();
    if (this.keys.size === 0) setTimeout(() => this.wipe(), keptOpen).unref();
    this.keys.set(place, key);
    return key;
  }

  private wipe(): void {
    for (const key of this.keys.values()) key.fill(0);
    this.keys.clear();
  }
}

const unreadable = () =>
  new Problem(
    'unreadable',
    'The sealed part of this record does not open: it was damaged, or sealed with another key. Nothing can be read in it or added to it; tell whoever keeps the backups.',
  );

/** What comes before the 32 bytes of a private key, RFC 8410, section 7. */
const ed25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

const derive = (key: Buffer, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `fil-rouge/${info}`, 32));

function lock(key: Buffer, place: string, plain: Uint8Array): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function unlock(key: Buffer, place: string, box: Buffer): Buffer {
  const decipher = createDecipheriv(algorithm, key, box.subarray(0, ivLength)).setAAD(Buffer.from(place));
  decipher.setAuthTag(box.subarray(ivLength, ivLength + tagLength));
  return Buffer.concat([decipher.update(box.subarray(ivLength + tagLength)), decipher.final()]);
}
