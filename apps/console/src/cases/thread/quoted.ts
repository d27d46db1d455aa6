/** In French quotation marks, whose spaces never end a line. */
export const quoted = (text: string): string => `«\u00a0${text}\u00a0»`;
