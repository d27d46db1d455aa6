import { hash, verify, type Options } from '@node-rs/argon2';
import { Problem } from '@fil-rouge/kernel';

/** Argon2id with OWASP's parameters: 19 MiB, two passes, one lane. Written out, so that a new default of the library changes nothing here. */
const parameters: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a random text nobody kept: an unknown e-mail is verified against it, so that it takes as long as a known one. */
const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$q1q0T1hmNXf6DBDUNCGzIw$8PXIdsWSeYJvhjY3CtspiiPFvYTAKWvev4zE/ItO708';

/** Each takes 19 MiB and a thread of the pool: beyond this many waiting, a flood is told to come back instead of filling the memory. */
const mostAtOnce = 64;
let atOnce = 0;

async function queued<T>(work: () => Promise<T>): Promise<T> {
  if (atOnce >= mostAtOnce)
    throw new Problem('busy', 'Too many people are signing in at this moment. Try again in a few seconds.', {
      retryAfter: 3,
    });
  atOnce++;
  try {
    return await work();
  } finally {
    atOnce--;
  }
}

/**
 * What is typed, whatever the keyboard makes of it: OpaqueString of RFC 8265. One keyboard sends é as a letter and an accent, another puts a no-break space between
 * two words. Not NFKC: it makes one of what somebody took care to type apart (² and 2).
 */
export const canonicalPassword = (typed: string): string => typed.replace(/\p{Zs}/gu, ' ').normalize('NFC');

/** PHC string. Problems: 503 `busy`. */
export const hashPassword = (typed: string): Promise<string> =>
  queued(() => hash(canonicalPassword(typed), parameters));

/** False, in the same time, when there is no hash to verify against. Problems: 503 `busy`. */
export async function verifyPassword(passwordHash: string | null | undefined, typed: string): Promise<boolean> {
  const canonical = canonicalPassword(typed);
  const matches = (form: string): Promise<boolean> => queued(() => verify(passwordHash ?? nobodysHash, form));
  // Passwords were once kept as they were typed. Whether there is a second try hangs on what was typed alone, never on whose account it is.
  const right = (await matches(canonical)) || (canonical !== typed && (await matches(typed)));
  return right && passwordHash != null;
}

/** Few at once: attempts that came too soon must not keep those out that did not. */
const mostAside = 4;
let aside = 0;

/** The same for an attempt that came too soon. When several do so at once it is false for all of them, unverified. */
export async function verifyAside(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  if (aside >= mostAside) return false;
  aside++;
  try {
    return await verifyPassword(passwordHash, password);
  } finally {
    aside--;
  }
}

export const shortestPassword = 12;
export const longestPassword = 128;
