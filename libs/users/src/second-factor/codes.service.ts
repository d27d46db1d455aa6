/**
 * READ FIRST: the codes of an authenticator (RFC 6238: six digits, a new one every thirty seconds) and those on paper for when it is lost. Pure.
 * A clock may be half a minute off in either direction. A code is taken once: its half minute (*step*) is kept, and nothing up to it is taken again.
 */
import type { Instant } from '@fil-rouge/kernel';
import { Secret, TOTP } from 'otpauth';

const period = 30;
const algorithm = { algorithm: 'SHA1', digits: 6, period } as const;

/** What an authenticator reads, as a text or as a picture of it. */
export const addressOf = (secret: string, email: string): string =>
  new TOTP({ issuer: 'Fil Rouge', label: email, secret: Secret.fromBase32(secret), ...algorithm }).toString();

/** As typed: authenticators show them in two halves, and paper in three parts. */
export const bareCode = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase();
export const isTimed = (bare: string): boolean => /^\d{6}$/.test(bare);

/** The half minute whose code this is; null: of none near now. */
export function stepOf(secret: string, code: string, now: Instant): number | null {
  // The library's comparison throws where the two take different numbers of bytes.
  if (!isTimed(code)) return null;
  const timestamp = Date.parse(now);
  const off = TOTP.validate({ token: code, secret: Secret.fromBase32(secret), timestamp, window: 1, ...algorithm });
  return off === null ? null : Math.floor(timestamp / 1000 / period) + off;
}

/** Without 0, O, 1 and I: they are written down by hand. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** @param chance twelve bytes of chance: sixty bits are taken of them */
export const recoveryCode = (chance: Uint8Array): string =>
  [...chance]
    .map((byte) => letters[byte % letters.length]!)
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');
