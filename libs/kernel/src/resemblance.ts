import { contactTokens, inFull, nameWords, phoneticCode, spans, type NamedPerson } from './names';

/**
 * What makes two records look like one resident's. Each record *claims* words; the same word in two of them says so when the kinds go together
 * (`likenesses`). Like all that is made of names, the words are personal data: whoever stores them replaces each by a keyed hash first.
 *
 * Words of kind `name` and `phone` are spelled as they have always been: a record of which nothing was said since is met by them alone.
 */

/**
 * `name`: all of a name, in one of its two spellings, with the birth year. `given`, `surname`, `both`: with only a part of the given names, of the surname,
 * of each. `year`: all of a name with two years that follow one another.
 */
export type ClaimKind = 'phone' | 'email' | 'name' | 'given' | 'surname' | 'both' | 'year';

export interface Claim {
  readonly word: string;
  readonly kind: ClaimKind;
}

export const likenessValues = [
  'phone',
  'email',
  'name_and_birth_year',
  'birth_year_off_by_one',
  'part_of_name',
  'name_or_phone',
] as const;

/** How two records are alike; `name_or_phone`: both were written before it was told apart. */
export type Likeness = (typeof likenessValues)[number];

/**
 * Which kinds go together. A name goes with any that contains it; two that share a part and each have another one (Jean-Claude, Jean-Pierre) are two
 * people. The database decides by this table as well.
 */
export const likenesses: readonly { readonly kinds: readonly [ClaimKind, ClaimKind]; readonly as: Likeness }[] = [
  { kinds: ['phone', 'phone'], as: 'phone' },
  { kinds: ['email', 'email'], as: 'email' },
  { kinds: ['name', 'name'], as: 'name_and_birth_year' },
  { kinds: ['year', 'year'], as: 'birth_year_off_by_one' },
  { kinds: ['name', 'given'], as: 'part_of_name' },
  { kinds: ['name', 'surname'], as: 'part_of_name' },
  { kinds: ['name', 'both'], as: 'part_of_name' },
  { kinds: ['given', 'surname'], as: 'part_of_name' },
];

const PARTICLES: ReadonlySet<string> = new Set('le la les l de du des d di da van von el al ben bou abd'.split(' '));

/** Of the parts of a name, a saint's is one with what follows, and so is a letter alone: `O'Brien` is `OBrien`. */
const isTiedToNext = (word: string): boolean =>
  PARTICLES.has(word) || word === 'saint' || word === 'sainte' || word.length === 1;

/** Words joined to the one that follows, so that `Le Goff` and `Legoff` are the same family name. */
function joined(words: readonly string[], tied: (word: string) => boolean): string[] {
  const parts: string[] = [];
  let prefix = '';
  words.forEach((word, at) => {
    prefix += word;
    if (tied(word) && at < words.length - 1) return;
    parts.push(prefix);
    prefix = '';
  });
  return parts;
}

const partsOf = (name: string): string[] => joined(inFull(nameWords(name)), isTiedToNext);

const asOne = (parts: readonly string[]): string => parts.join('');

/** The order of first name and surname does not matter: forms are filled in both ways round. */
const sounds = (...words: string[]): string => words.map(phoneticCode).sort().join(' ');

/** Given name and surname; of somebody with a single name one is empty. */
type Called = readonly [given: string, surname: string];

/** The name in use, and the one at birth. */
function names({ firstName = '', lastName = '', birthName = '' }: NamedPerson): Called[] {
  const surnames = birthName === '' ? [lastName] : [lastName, birthName].filter((surname) => surname !== '');
  return surnames
    .map((surname): Called => [firstName, surname])
    .filter((called) => called.some((name) => nameWords(name).length > 0));
}

/** All of a name, word by word, and each of its two as one word: `Jean-Claude O'Brien` and `Jeanclaude OBrien` have the second in common. */
function spellings(called: Called): string[] {
  const words = called.flatMap((name) => joined(nameWords(name), (word) => PARTICLES.has(word)));
  const two = called.map((name) => asOne(partsOf(name))).filter((name) => name !== '');
  return [...new Set([sounds(...words), sounds(...two)])];
}

/** Of a name that has so many parts, parts are made; of a fourth word none is. */
const mostParts = 3;

/** What may be written of a name of several parts: one of them, or two that follow one another. */
const shortened = (parts: readonly string[]): string[] =>
  [...spans(parts.slice(0, mostParts))].filter(({ from, to }) => to - from < parts.length).map(({ text }) => text);

/** A single name has nothing left when a part is gone. */
function* partial([given, surname]: Called): Generator<{ sound: string; kind: ClaimKind }> {
  const [first, last] = [partsOf(given), partsOf(surname)];
  if (first.length === 0 || last.length === 0) return;
  for (const part of shortened(first)) yield { sound: sounds(part, asOne(last)), kind: 'given' };
  for (const part of shortened(last)) yield { sound: sounds(asOne(first), part), kind: 'surname' };
  if (first.length === 1 || last.length === 1) return;
  for (const one of first.slice(0, mostParts))
    for (const other of last.slice(0, mostParts)) yield { sound: sounds(one, other), kind: 'both' };
}

/** A year is in two pairs of years: with the one before, and with the one after. */
const pairsOf = (year: number): string[] => [`y${Math.floor(year / 2)}`, `z${Math.floor((year + 1) / 2)}`];

/** However long the names: what every command on a resident's details holds and writes. The strongest come first. */
const mostClaims = 40;

/** The words a record claims, each once. Without a birth year a name says nothing by itself (there are many Martin). */
export function claimsOf(person: NamedPerson): Claim[] {
  const { birthYear: year, phone, email } = person;
  const called = year === undefined ? [] : names(person);
  const whole = called.flatMap(spellings);
  const isFull = ([given, surname]: Called): boolean => given !== '' && surname !== '';
  const claims: Claim[] = [
    ...contactTokens({ phone }).map((word): Claim => ({ word, kind: 'phone' })),
    ...contactTokens({ email }).map((word): Claim => ({ word, kind: 'email' })),
    ...whole.map((sound): Claim => ({ word: `n:${sound}|${year}`, kind: 'name' })),
    ...called
      .filter(isFull)
      .flatMap(spellings)
      .flatMap((sound) => pairsOf(year!).map((pair): Claim => ({ word: `${pair}:${sound}`, kind: 'year' }))),
    ...called
      .flatMap((one) => [...partial(one)])
      .map(({ sound, kind }): Claim => ({ word: `n:${sound}|${year}`, kind })),
  ];
  return claims.filter(({ word }, at) => claims.findIndex((claim) => claim.word === word) === at).slice(0, mostClaims);
}

/**
 * A structure recognises its own residents by a whole name alone. `f:` is that name. `u:` stands beside it for a resident whose birth year is not
 * known. Both are kept with the words the structure searches by. A resident without a year is compared with everybody of the name; a resident with
 * one, only with those who have none.
 */
export function ownNames(person: NamedPerson): { kept: string[]; asked: string[] } {
  const sounds = [...new Set(names(person).flatMap(spellings))];
  const [named, undated] = ['f', 'u'].map((kind) => sounds.map((sound) => `${kind}:${sound}`)) as [string[], string[]];
  return person.birthYear === undefined
    ? { kept: [...named, ...undated], asked: named }
    : { kept: named, asked: undated };
}
