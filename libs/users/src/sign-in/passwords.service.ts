import { hash, type Options } from '@node-rs/argon2';
import { Problem } from '@fil-rouge/kernel';

/** Argon2id with OWASP's parameters: 19 MiB, two passes, one lane. Written out, so that a new default of the library changes nothing here. */
const parameters: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Nobody's: an unknown e-mail is proved against it, so that it takes as long as a known one. */
const nobodysSalt = '$argon2id$v=19$m=19456,t=2,p=1$q1q0T1hmNXf6DBDUNCGzIw';

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

/**
 * What the database compares with the hash it keeps and gives to nobody: that hash made once more, with the salt of the account. One for each form in which the
 * password may have been kept: they were once kept as they were typed. How many there are hangs on what was typed alone, never on whose account it is.
 *
 * @param salt a PHC string without its last part; null or absent: nobody's, and what comes out proves nothing
 * Problems: 503 `busy`.
 */
export async function proofsOf(salt: string | null | undefined, typed: string): Promise<string[]> {
  const canonical = canonicalPassword(typed);
  const options = optionsOf(salt ?? nobodysSalt);
  const proofs: string[] = [];
  for (const form of new Set([canonical, typed])) proofs.push(await queued(() => hash(form, options)));
  return proofs;
}

/** Those a hash was made with, which may be older than the present ones. */
function optionsOf(salt: string): Options {
  const [, , , costs = '', salted = ''] = salt.split('$');
  const cost = (letter: string): number => Number(new RegExp(`\\b${letter}=(\\d+)`).exec(costs)?.[1]);
  return {
    algorithm: 2,
    memoryCost: cost('m'),
    timeCost: cost('t'),
    parallelism: cost('p'),
    salt: Buffer.from(salted, 'base64'),
  };
}

/** Few at once: attempts that came too soon must not keep those out that did not. */
const mostAside = 4;
let aside = 0;

/** The same for an attempt that came too soon. When several do so at once there is none for any of them. */
export async function proofsAside(salt: string | null | undefined, password: string): Promise<string[]> {
  if (aside >= mostAside) return [];
  aside++;
  try {
    return await proofsOf(salt, password);
  } finally {
    aside--;
  }
}

export const shortestPassword = 12;
export const longestPassword = 128;
