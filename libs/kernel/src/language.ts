/** The language somebody speaks, by its ISO 639 code; which codes there are, and their French names, is the business of the Unicode data that Node carries. */
const french = new Intl.DisplayNames('fr', { type: 'language', fallback: 'none' });

/** Undefined: there is no language of this code. */
export const languageName = (code: string): string | undefined =>
  /^[a-z]{2,3}$/.test(code) ? french.of(code) : undefined;
