/** Those that may have been meant, likeliest first: told apart by few letters, or one within the other. Case, accents and signs do not count. */
export function nearest(meant: string, known: readonly string[]): string[] {
  const word = bare(meant);
  return known
    .map((name) => ({
      name,
      distance:
        word.length > 2 && (bare(name).includes(word) || word.includes(bare(name))) ? 0 : distance(word, bare(name)),
    }))
    .filter((one) => one.distance <= Math.max(2, word.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 5)
    .map(({ name }) => name);
}

const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/** How many letters must be put in, taken out or changed (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
