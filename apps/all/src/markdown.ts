/** A table of Markdown; the first row is its head. */
export const table = (...[head, ...rows]: (readonly string[])[]): string =>
  [head!, head!.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
