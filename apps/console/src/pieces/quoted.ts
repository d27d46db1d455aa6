/** Somebody's own words, in French quotation marks, whose spaces never end a line. */
export const quoted = (text: string): string => `«\u00a0${text.trim()}\u00a0»`;
