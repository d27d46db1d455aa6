import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { JsonObject, PieceKind, Uuid } from '@fil-rouge/kernel';

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

  /** @param masterKey 32 bytes. Wrapping and search tokens use keys derived from it (HKDF-SHA-256), never itself. */
  constructor(masterKey: Buffer) {
    if (masterKey.length !== 32) throw new Error('The master key must be 32 bytes.');
    this.wrapping = derive(masterKey, 'wrap');
    this.searching = derive(masterKey, 'search');
  }

  /** A new record's key, wrapped for storage. */
  newKey(stream: Uuid): Buffer {
    return lock(this.wrapping, `key|${stream}`, randomBytes(32));
  }

  seal(wrappedKey: Buffer, stream: Uuid, event: Uuid, kind: PieceKind | 'comment', value: JsonObject): Buffer {
    return lock(this.unwrap(wrappedKey, stream), `${stream}|${event}|${kind}`, Buffer.from(JSON.stringify(value)));
  }

  /** Throws when the box was altered or moved, or the key is not this record's. */
  open(wrappedKey: Buffer, stream: Uuid, event: Uuid, kind: PieceKind | 'comment', box: Buffer): JsonObject {
    return JSON.parse(unlock(this.unwrap(wrappedKey, stream), `${stream}|${event}|${kind}`, box).toString()) as JsonObject;
  }

  /** A search or claim token: equal words give equal tokens, and without the key nobody can try words against them. Hex, 16 bytes. */
  token(purpose: 'search' | 'claim' | 'request', word: string): string {
    return createHmac('sha256', this.searching).update(`${purpose}|${word}`).digest('hex').slice(0, 32);
  }

  /** An opaque text only this system can read back, for instance a match token. URL-safe. */
  sealToken(purpose: string, value: JsonObject): string {
    return lock(this.wrapping, `token|${purpose}`, Buffer.from(JSON.stringify(value))).toString('base64url');
  }

  /** `null` when it is not ours, was altered, or was made for another purpose. */
  openToken(purpose: string, token: string): JsonObject | null {
    try {
      return JSON.parse(unlock(this.wrapping, `token|${purpose}`, Buffer.from(token, 'base64url')).toString()) as JsonObject;
    } catch {
      return null;
    }
  }

  private unwrap(wrappedKey: Buffer, stream: Uuid): Buffer {
    return unlock(this.wrapping, `key|${stream}`, wrappedKey);
  }
}

const derive = (key: Buffer, info: string): Buffer => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `fil-rouge/${info}`, 32));

function lock(key: Buffer, place: string, plain: Buffer): Buffer {
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
