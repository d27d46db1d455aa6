import { createHash, timingSafeEqual } from 'node:crypto';
import type { Uuid } from '@fil-rouge/kernel';
import type { Sealing } from '@fil-rouge/platform';

/**
 * The secret of a link and its code are derived with a key of the first root from the link's id, as the links of invitations are sealed from ids: 128 bits that are stored nowhere and
 * made again when the e-mail is sent; the database has the hash of the one, by which it finds the link, and nothing of the other.
 */
export const answerToken = (sealing: Sealing, linkId: Uuid): string => sealing.token('answer-link', linkId);

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Eight digits, as they are said on the telephone: 48 bits of the keyed hash leave no digit likelier than another by what anybody could notice. */
export function answerCode(sealing: Sealing, linkId: Uuid): string {
  const digits = String(parseInt(sealing.token('answer-code', linkId).slice(0, 12), 16) % 1e8).padStart(8, '0');
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}

export function isCodeOf(sealing: Sealing, linkId: Uuid, code: string): boolean {
  const hashed = (text: string) => createHash('sha256').update(text.replace(/\s/g, '')).digest();
  return timingSafeEqual(hashed(code), hashed(answerCode(sealing, linkId)));
}
