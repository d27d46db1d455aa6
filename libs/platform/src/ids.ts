import { randomFillSync } from 'node:crypto';
import type { Uuid } from '@fil-rouge/kernel';

const bytes = Buffer.alloc(16);

/** UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then random. Indexes stay dense because ids grow with time. */
export function newId(): Uuid {
  randomFillSync(bytes);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => uuid.test(text);
