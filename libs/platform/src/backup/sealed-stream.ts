/**
 * A stream of any length, sealed as it goes: frames of one size, each AES-256-GCM, with its number and whether it is the last in its nonce, so that
 * frames that were left out, put elsewhere or cut off at the end do not open (STREAM: Hoang, Reyhanitabar, Rogaway, Vizár, 2015; age does the same).
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Transform } from 'node:stream';

const frame = 256 * 1024;
const tagLength = 16;

/** @param key 32 bytes, for this stream alone: numbers begin at zero in each */
export const sealStream = (key: Buffer): Transform =>
  framed(frame, (number, isLast, plain) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast));
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  });

/** Fails with the first frame that is not what was written. @param key as for `sealStream` */
export const openStream = (key: Buffer): Transform =>
  framed(frame + tagLength, (number, isLast, box) => {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, isLast));
    decipher.setAuthTag(box.subarray(Math.max(0, box.length - tagLength)));
    return Buffer.concat([decipher.update(box.subarray(0, -tagLength)), decipher.final()]);
  });

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 3);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** A frame is passed on when it is known whether another one follows; of an empty stream there is one, empty. */
function framed(size: number, pass: (number: number, isLast: boolean, frame: Buffer) => Buffer): Transform {
  let held = Buffer.alloc(0);
  let number = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        held = Buffer.concat([held, chunk]);
        let start = 0;
        for (; held.length - start > size; start += size)
          this.push(pass(number++, false, held.subarray(start, start + size)));
        held = held.subarray(start);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        this.push(pass(number, true, held));
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
}
