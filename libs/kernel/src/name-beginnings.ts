/**
 * A name by its beginning (`Besn`), its initials (`J-F`), with the words of courtesy before it. Plain tokens, like all in names.ts: whoever stores them replaces each by
 * a keyed hash first.
 *
 * What a stolen table says without the key, which is not in the database: which residents share a beginning, how many do, and, because the longer one always comes with
 * the shorter, how many letters more than that. Whoever knows how often names occur can guess the commonest beginnings, as with whole words the commonest names; so
 * nothing shorter than three letters is a token (one letter would be read off its frequency), nothing longer than eight (the length of a name stays unknown
 * beyond), and a name has so many of them and no more. With the key as well, the sealed names themselves are open.
 */

/** Letters of a beginning. What is typed beyond is found as a word, or as it sounds. */
const [shortest, longest] = [3, 8];
/** Of a name, the words from which beginnings are made; the others are found whole. */
const mostWords = 5;
/** Written as one: `Lego` finds Le Goff. */
const together = 3;
const mostInitials = 4;

/** At most six for each of the first five words. @param words folded, in full */
export function beginningTokens(words: readonly string[]): string[] {
  return words.slice(0, mostWords).flatMap((_, from) => {
    const text = words.slice(from, from + together).join('');
    const lengths = Math.max(0, Math.min(longest, text.length) - shortest + 1);
    return Array.from({ length: lengths }, (_length, more) => `b:${text.slice(0, shortest + more)}`);
  });
}

/** Of a given name of several words: `jf` for Jean-François. */
export const initialsTokens = (words: readonly string[]): string[] =>
  words.length > 1 && words.length <= mostInitials ? [`i:${words.map((word) => word[0]).join('')}`] : [];

/** What somebody's name may begin with, as it is asked for. */
export const asBeginning = (text: string): string[] =>
  text.length >= shortest && text.length <= longest ? [`b:${text}`] : [];

export const asInitials = (text: string): string[] =>
  text.length > 1 && text.length <= mostInitials ? [`i:${text}`] : [];

const courtesies: ReadonlySet<string> = new Set(
  'm mr mrs mme mmes mlle mlles mm monsieur madame mademoiselle messieurs mesdames dr docteur et'.split(' '),
);
const links: ReadonlySet<string> = new Set('nee ne epouse ep veuve vve'.split(' '));

/** Without `Mme` before a name and `née` in it. A name that is nothing else stays, and so does the M of `M-C`. */
export function withoutCourtesy(words: readonly string[]): string[] {
  let from = 0;
  while (
    from < words.length - 1 &&
    courtesies.has(words[from]!) &&
    (words[from]!.length > 1 || words[from + 1]!.length > 1)
  )
    from++;
  const name = words.slice(from);
  return name.filter((word, at) => at === 0 || at === name.length - 1 || !links.has(word));
}
