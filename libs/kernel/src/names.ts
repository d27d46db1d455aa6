import phonetic from 'talisman/phonetics/french/phonetic';
import { asBeginning, asInitials, beginningTokens, initialsTokens, withoutCourtesy } from './name-beginnings';
import { phoneForms } from './phone';
import { emailForms } from './text';

/**
 * How a resident is found by a name that was written differently. Everything here returns *plain* tokens: they are
 * personal data, and whoever stores them must replace each by a keyed hash first.
 */

export interface NamedPerson {
  /** Of somebody with a single name one of the two is absent. */
  firstName?: string;
  lastName?: string;
  /** The surname at birth, beside the one in use. */
  birthName?: string;
  birthYear?: number;
  phone?: string;
  email?: string;
}

const UNDECOMPOSED: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** Lower case, no accents, ligatures written out; whatever is neither a letter nor a digit becomes one space. */
export function foldName(name: string): string {
  return (
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[œæßøłđðþ]/g, (letter) => UNDECOMPOSED[letter] ?? letter)
      // Modifier letters (\p{Lm}) are left out on purpose: U+02BC is an apostrophe that Unicode calls a letter.
      .replace(/[^\p{Ll}\p{Lo}\p{N}]+/gu, ' ')
      .trim()
  );
}

/** The folded words of a name in their order: `Jean-Yves L’Hermitte` → `jean yves l hermitte`. */
export function nameWords(name: string): string[] {
  return foldName(name)
    .split(' ')
    .filter((word) => word !== '');
}

/**
 * Why `phonetic` (É. Bergé): of talisman's French codes it matched most of 86 pairs of names that sound alike — phonetic
 * 62, fonem 56, sonnex 55, soundex2 49, phonex 40 — and separated 47 of 50 that do not. What it misses are letters that
 * only family names keep silent (Lefebvre, Gaultier, Thibault, Besnard, Reynaud, Schmidt): respelled before coding. What it
 * confuses are final n and ne (Martin, Martine): kept apart by the suffix below.
 */
const RESPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/bv/g, 'v'], // Lefebvre
  [/e?aul(?=[tdx])/g, 'o'], // Gaultier, Renault, Thibauld, Perraulx
  [/e?au/g, 'o'], // Bruneau: left alone, phonetic reads the "un" in it as a nasal
  [/o[tds]+$/, 'o'], // Perrot, Perraud
  [/(?<=[eu])s(?=[lmn][aeiouy])/g, ''], // Besnard, Meusnier, Quesnel
  [/(?<![cg])(?:ai|ei|ay|ey)(?=[^aeiouymn]|[mn]{1,2}[aeiouy]|$)/g, 'e'], // Reynaud, Fontaine; not Germain (nasal), Gaillard (ge is soft)
  [/z(?=[aeiouy])/g, 's'], // Izabelle
  [/dt/g, 't'], // Schmidt
  [/erc(?:q|que)?$/, 'er'], // Leclerc, Leclercq
  [/jeo/g, 'jo'], // Jeoffroy
  [/^m(?:o|ou|u)h?amm?[ae]d$/, 'mohamed'], // Mouhamed, Muhammad: transliterations, not sounds
];

/** French sound of one folded word, upper case; never empty (a word without a French sound stands for itself). */
export function phoneticCode(word: string): string {
  const folded = foldName(word).replaceAll(' ', '');
  const respelled = RESPELLINGS.reduce((spelling, [letters, sound]) => spelling.replace(letters, sound), folded);
  const code = phonetic(respelled) || folded.toUpperCase();
  return /[aeiouy]nn?e$/.test(folded) ? `${code}NE` : code;
}

/** Adjacent words written as one, at most three: `de la tour` → also `dela`, `latour`, `delatour`. */
export function* spans(words: readonly string[]): Generator<{ from: number; to: number; text: string }> {
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 1; to <= Math.min(words.length, from + 3); to++)
      yield { from, to, text: words.slice(from, to).join('') };
  }
}

const ABBREVIATED: Readonly<Record<string, string>> = { st: 'saint', ste: 'sainte' };

/** `st martin` → `saint martin`: word for word, so that places stay the same. */
export const inFull = (words: readonly string[]): string[] => words.map((word) => ABBREVIATED[word] ?? word);

/** Phone and e-mail, in each form they may have been written in. */
export const contactTokens = ({ phone, email }: Pick<NamedPerson, 'phone' | 'email'>): string[] => [
  ...(phone === undefined ? [] : phoneForms(phone).map((form) => `t:${form}`)),
  ...(email === undefined ? [] : emailForms(email).map((form) => `e:${form}`)),
];

const wordTokens = (word: string): string[] => [`w:${word}`, `p:${phoneticCode(word)}`];

/**
 * What a person can be found by: `w:` word, `p:` phonetic code, `b:` beginning, `i:` initials of a given name, `y:` birth year, `t:` phone (E.164), `e:` e-mail.
 * Adjacent words are indexed together too, so that `Legoff` finds `Le Goff` and `Benali` finds `Ben Ali`.
 */
export function searchTokens(person: NamedPerson): string[] {
  const tokens = new Set<string>();
  for (const name of [person.firstName, person.lastName, person.birthName]) {
    const words = nameWords(name ?? '');
    for (const { text } of [...spans(words), ...spans(inFull(words))])
      wordTokens(text).forEach((token) => tokens.add(token));
    for (const token of beginningTokens(inFull(words))) tokens.add(token);
  }
  for (const token of initialsTokens(nameWords(person.firstName ?? ''))) tokens.add(token);
  if (person.birthYear !== undefined) tokens.add(`y:${person.birthYear}`);
  for (const token of contactTokens(person)) tokens.add(token);
  return [...tokens];
}

function nameGroups(words: readonly string[]): string[][] {
  const all = [...spans(words), ...spans(inFull(words))];
  const isLetter = (at: number): boolean => words[at]?.length === 1;
  return words.flatMap((word, at) => {
    // Letters that stand together are initials, or a name written so; one alone says little beside a word, and `d` of d'Angelo belongs to the next.
    if (isLetter(at) && words.length > 1) {
      if (isLetter(at - 1) || !isLetter(at + 1)) return [];
      const end = words.findIndex((_, next) => next > at && !isLetter(next));
      const letters = words.slice(at, end === -1 ? words.length : end).join('');
      return [[...asInitials(letters), ...[letters, ...letters].flatMap(wordTokens)]];
    }
    // A word is also found inside the spans that cover it: `le goff` must match a person written `Legoff`.
    const covering = all.filter(({ from, to }) => from <= at && at < to);
    const tokens = covering.flatMap(({ text }) => [...wordTokens(text), ...asBeginning(text)]);
    return [[...new Set([...tokens, ...asInitials(word)])]];
  });
}

/**
 * A search as an AND of ORs: a person matches who has at least one token of every list. The order of words does not matter.
 * An empty list matches nobody: what was asked for cannot be searched (a name without a letter, an unreadable number). A word is met by a name that begins with it.
 */
export function queryTokens(query: { name?: string; birthYear?: number; phone?: string; email?: string }): string[][] {
  const groups: string[][] = [];
  if (query.name !== undefined) {
    const words = nameWords(query.name);
    groups.push(...(words.length === 0 ? [[]] : nameGroups(withoutCourtesy(words))));
  }
  if (query.birthYear !== undefined) groups.push([`y:${query.birthYear}`]);
  if (query.phone !== undefined) groups.push(contactTokens({ phone: query.phone }));
  if (query.email !== undefined) groups.push(contactTokens({ email: query.email }));
  return groups;
}
