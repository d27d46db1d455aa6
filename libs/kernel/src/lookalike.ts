/**
 * Names that read like another's. Not Unicode's whole table of confusables (some 6,000 lines): the letters by which a name in Latin letters is imitated, and what a reader
 * does not tell apart in one.
 */
import { canonicalLine } from './text';

const IMITATIONS: Readonly<Record<string, string>> = {
  // Cyrillic
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  ѐ: 'e',
  ё: 'e',
  ғ: 'f',
  һ: 'h',
  н: 'h',
  і: 'i',
  ї: 'i',
  ј: 'j',
  к: 'k',
  ӏ: 'l',
  м: 'm',
  п: 'n',
  о: 'o',
  р: 'p',
  ԛ: 'q',
  г: 'r',
  ѕ: 's',
  т: 't',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  у: 'y',
  // Greek
  α: 'a',
  β: 'b',
  ϲ: 'c',
  ε: 'e',
  η: 'n',
  ι: 'i',
  κ: 'k',
  μ: 'm',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  σ: 'o',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ω: 'w',
  ζ: 'z',
  // Armenian, Cherokee, Latin of other alphabets
  ո: 'n',
  օ: 'o',
  ս: 'u',
  հ: 'h',
  ց: 'g',
  ꭺ: 'a',
  ꭼ: 'e',
  ꮃ: 'w',
  ɑ: 'a',
  ɡ: 'g',
  ı: 'i',
  ɩ: 'i',
  ɴ: 'n',
  ʀ: 'r',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
};

/** Two names with the same skeleton look the same to somebody in a hurry: accents, capitals, spaces and hyphens are not looked at. */
export function skeletonOf(name: string): string {
  return canonicalLine(name)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\x20-\x7e]/gu, (letter) => IMITATIONS[letter] ?? letter)
    .replace(/[1|!i]/g, 'l')
    .replaceAll('0', 'o')
    .replaceAll('5', 's')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** A word of letters of two alphabets: nobody types one by mistake. */
export const mixesAlphabets = (name: string): boolean =>
  canonicalLine(name)
    .split(/[^\p{L}\p{M}]+/u)
    .some(
      (word) =>
        [/\p{scx=Latn}/u, /\p{scx=Cyrl}/u, /\p{scx=Grek}/u, /\p{scx=Armn}/u, /\p{scx=Cher}/u].filter((script) =>
          script.test(word.replace(/\p{M}/gu, '')),
        ).length > 1,
    );
