/**
 * Telephone numbers: one subscriber, one E.164 form, however the number is written. The plans are libphonenumber's, with the `max` metadata: `min`
 * takes +33 692… for a subscriber of the mainland.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { canonicalLine } from './text';

/**
 * Blocks of the French plan that have a calling code of their own. All of France dials them with a 0, so `0692…` is Réunion's wherever it is typed. The library cannot
 * tell: it takes some of them for the mainland's too (0263, 0596), and lags behind the newest (0691).
 */
const OVERSEAS: Readonly<Record<string, string>> = {
  262: '262',
  263: '262',
  692: '262',
  693: '262', // La Réunion
  269: '262',
  639: '262', // Mayotte
  590: '590',
  690: '590',
  691: '590', // Guadeloupe, Saint-Martin, Saint-Barthélemy
  594: '594',
  694: '594', // Guyane
  596: '596',
  696: '596',
  697: '596', // Martinique
};
const FRENCH: ReadonlySet<string> = new Set(['33', ...Object.values(OVERSEAS)]);

/**
 * E.164, or null when it cannot be a subscriber's number. National numbers are French (`06 12 34 56 78` → `+33612345678`, `0692 12 60 45` →
 * `+262692126045`). A number need only be possible in its country's plan, not assigned: who writes it down knows a new block before a library does.
 */
export function normalizePhone(phone: string): string | null {
  // A number copied from a link says so first (RFC 3966).
  const dialled = canonicalLine(phone)
    .replace(/^tel:\s*/i, '')
    .replace(/^00(?=\s*[1-9])/, '+');
  // Without its 0 a number of nine digits is half a number, or another country's: the library would take it for a French one.
  const read = /^\D*[+0０]/.test(dialled)
    ? parsePhoneNumberFromString(dialled, { defaultCountry: 'FR', extract: false })
    : undefined;
  if (!read) return null;
  const { nationalNumber: national, countryCallingCode: code } = read;
  if (FRENCH.has(code) && /^[1-9]\d{8}$/.test(national)) return `+${OVERSEAS[national.slice(0, 3)] ?? code}${national}`;
  return code !== '33' && read.isPossible() ? read.number : null;
}

/**
 * Every form under which the number may stand in a record, the present one first: before the plans of overseas were known, `0692…` was kept as +33 692…,
 * and `+262 0692…` with its zero. Keyed words cannot be rewritten, so both are written and both are asked for.
 */
export function phoneForms(phone: string): string[] {
  const present = normalizePhone(phone);
  const [, code, national] = /^\+(262|59[046])(\d{9})$/.exec(present ?? '') ?? [];
  const overseas = national === undefined ? [] : [`+33${national}`, `+${code}0${national}`];
  return [...new Set([present, formerly(phone), ...overseas].filter((form) => form !== null))];
}

/** How a number was brought into one form before. */
function formerly(phone: string): string | null {
  const compact = phone.replace(/\(0\)/g, '').replace(/[\s.\-‐‑–/()]/g, '');
  const international = compact
    .replace(/^00/, '+')
    .replace(/^0(?=[1-9]\d{8}$)/, '+33')
    .replace(/^\+330/, '+33');
  if (international.startsWith('+33')) return /^\+33[1-9]\d{8}$/.test(international) ? international : null;
  return /^\+[1-9]\d{6,14}$/.test(international) ? international : null;
}
