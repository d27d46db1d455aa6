import {
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
import { derive, lock, unlock } from './boxes';
import { WrappingKeys, type Generation } from './wrapping-keys';
import { UnwrappedKeys } from './unwrapped-keys';

/**
 * Everything personal passes here: AES-256-GCM with one key per record, itself wrapped with a key of a root that only a master key outside
 * the database opens. The additional data binds a box to its place, so that a ciphertext copied to another record, event or kind does not open.
 */
export class Sealing {
  private readonly rings = new WrappingKeys();
  private searching!: Buffer;
  private saving!: Buffer;
  private signing!: KeyObject;
  private readonly alarmed = new Set<Uuid>();
  private readonly unwrapped = new UnwrappedKeys();

  /**
   * @param root 32 bytes: the first, until others are learned. Wrapping, search tokens and signatures use keys derived from it (HKDF-SHA-256), never itself.
   * @param alarm told once of each record that does not open, whoever came across it
   */
  constructor(
    root: Buffer,
    private readonly alarm: (stream: Uuid) => void = () => undefined,
  ) {
    this.learn([{ number: 0, root, opensTokens: true }], 0);
  }

  /**
   * Takes the roots that there are. What is compared or verified later follows from the first one for good; what is wrapped, from the current one.
   * @param current the number of the one to wrap with
   */
  learn(generations: readonly Generation[], current: number): void {
    const [first] = generations;
    if (first?.root.length !== 32) throw new Error('A root must be 32 bytes.');
    this.rings.learn(generations, current);
    this.searching = derive(first.root, 'search');
    this.saving = derive(first.root, 'backup');
    this.signing = createPrivateKey({
      key: Buffer.concat([ed25519, derive(first.root, 'sign')]),
      format: 'der',
      type: 'pkcs8',
    });
  }

  /** The numbers of the newest root that was learned, and of the one that is wrapped with. */
  get generations(): { readonly newest: number; readonly current: number } {
    return this.rings.generations;
  }

  /** Whether something that was to be opened waits for a root that is to be learned. */
  get isAsking(): boolean {
    return this.rings.isAsking;
  }

  /** Called when something was wrapped with a root that has not been learned yet. */
  set onUnlearned(ask: () => void) {
    this.rings.onUnlearned = ask;
  }

  /** A new record's key, wrapped for storage. */
  newKey(stream: Uuid): Buffer {
    return this.rings.lock(`key|${stream}`, randomBytes(32));
  }

  /** Whether that record's key was wrapped with one of these roots. */
  opens(wrappedKey: Buffer, stream: Uuid): boolean {
    try {
      return this.rings.unlock(`key|${stream}`, wrappedKey).length > 0;
    } catch {
      return false;
    }
  }

  /** The same record's key, wrapped with the current root; null: it does not open. */
  rewrap(wrappedKey: Buffer, stream: Uuid): Buffer | null {
    try {
      return this.rings.lock(`key|${stream}`, this.rings.unlock(`key|${stream}`, wrappedKey));
    } catch {
      return null;
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

  /** An opaque text only this system can read back, for instance a match token. URL-safe. For what leaves; what stays has `sealKept`. */
  sealToken(purpose: string, value: JsonObject): string {
    return this.rings.lockToken(`token|${purpose}`, Buffer.from(JSON.stringify(value))).toString('base64url');
  }

  /** `null` when it is not ours, was altered, is of a root that was left behind long ago, or was made for another purpose. */
  openToken(purpose: string, token: string): JsonObject | null {
    const plain = this.rings.unlockToken(`token|${purpose}`, Buffer.from(token, 'base64url'));
    return plain && (JSON.parse(plain.toString()) as JsonObject);
  }

  /** The same for a text that the database keeps: it says with which root, and is wrapped again when there is another. */
  sealKept(purpose: string, value: JsonObject): string {
    return this.rings.lockKept(`token|${purpose}`, Buffer.from(JSON.stringify(value)));
  }

  /** As `openToken`, but for what was left behind: that is opened for as long as it is there. */
  openKept(purpose: string, kept: string): JsonObject | null {
    try {
      return JSON.parse(this.rings.unlockKept(`token|${purpose}`, kept).toString()) as JsonObject;
    } catch (error) {
      if (error instanceof Problem) throw error;
      return null;
    }
  }

  /** As `rewrap`. */
  rewrapKept(purpose: string, kept: string): string | null {
    const value = this.openKept(purpose, kept);
    return value && this.sealKept(purpose, value);
  }

  private unwrap(wrappedKey: Buffer, stream: Uuid): Buffer {
    return this.unwrapped.of(stream, wrappedKey, () =>
      this.orAlarm(stream, () => this.rings.unlock(`key|${stream}`, wrappedKey)),
    );
  }

  private orAlarm(stream: Uuid, unlocked: () => Buffer): Buffer {
    try {
      return unlocked();
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (!this.alarmed.has(stream)) this.alarm(stream);
      this.alarmed.add(stream);
      throw unreadable();
    }
  }
}

const unreadable = () =>
  new Problem(
    'unreadable',
    'The sealed part of this record does not open: it was damaged, or sealed with another key. Nothing can be read in it or added to it; tell whoever keeps the backups.',
  );

/** What comes before the 32 bytes of a private key, RFC 8410, section 7. */
const ed25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
