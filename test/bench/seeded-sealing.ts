import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { JsonObject, PieceKind, Uuid } from '@fil-rouge/kernel';
import { Sealing } from '@fil-rouge/platform';
import { bytesFor } from './chance';

/**
 * Seals as the product does (libs/platform/src/records/sealing.ts), so that the product opens it, with keys and nonces that follow from a seed: the same
 * data twice is the same database. For made-up residents only; a nonce never comes twice under one key, because each place is sealed once.
 */
export class SeededSealing extends Sealing {
  private readonly outer: Buffer;
  private opened: { readonly stream: Uuid; readonly key: Buffer } | undefined;

  constructor(
    masterKey: Buffer,
    private readonly seed: string,
  ) {
    super(masterKey);
    this.outer = Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), 'fil-rouge/wrap', 32));
  }

  override newKey(stream: Uuid): Buffer {
    return this.lock(this.outer, `key|${stream}`, bytesFor(this.seed, `key|${stream}`, 32));
  }

  override seal(wrapped: Buffer, stream: Uuid, event: Uuid, kind: PieceKind | 'comment', value: JsonObject): Buffer {
    if (this.opened?.stream !== stream) this.opened = { stream, key: this.keyOf(wrapped, stream) };
    return this.lock(this.opened.key, `${stream}|${event}|${kind}`, Buffer.from(JSON.stringify(value)));
  }

  private keyOf(wrapped: Buffer, stream: Uuid): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.outer, wrapped.subarray(0, 12))
      .setAAD(Buffer.from(`key|${stream}`))
      .setAuthTag(wrapped.subarray(12, 28));
    return Buffer.concat([decipher.update(wrapped.subarray(28)), decipher.final()]);
  }

  private lock(key: Buffer, place: string, plain: Buffer): Buffer {
    const iv = bytesFor(this.seed, `iv|${place}`, 12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  }
}
