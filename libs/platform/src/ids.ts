import { randomFillSync } from 'node:crypto';
import type { Uuid } from '@fil-rouge/kernel';

const bytes = Buffer.alloc(16);
let lastMoment = 0;
let counter = 0;

/**
 * UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, 12 of a counter within the millisecond (§6.2, method 1), then random. Indexes stay
 * dense because ids grow with time, and ids of one commit sort in the order they were made.
 */
export function newId(): Uuid {
  // eslint-disable-next-line no-restricted-properties -- it orders ids and is nobody's time: no rule reads it, and a clock that a test moves back must not disturb it
  const moment = Math.max(Date.now(), lastMoment);
  counter = moment === lastMoment ? counter + 1 : 0;
  // More than 4,096 in a millisecond borrow the next one.
  lastMoment = moment + (counter >> 12);
  counter &= 0xfff;
  randomFillSync(bytes, 8);
  bytes.writeUIntBE(lastMoment, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => uuid.test(text);
