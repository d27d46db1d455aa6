import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

export const derive = (key: Buffer, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `fil-rouge/${info}`, 32));

/** Layout of a box: iv (12 bytes) · tag (16) · ciphertext. */
export function lock(key: Buffer, place: string, plain: Uint8Array): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** Throws when it was altered, is another place's, or another key's. */
export function unlock(key: Buffer, place: string, box: Buffer): Buffer {
  const decipher = createDecipheriv(algorithm, key, box.subarray(0, ivLength)).setAAD(Buffer.from(place));
  decipher.setAuthTag(box.subarray(ivLength, ivLength + tagLength));
  return Buffer.concat([decipher.update(box.subarray(ivLength + tagLength)), decipher.final()]);
}
