/**
 * One canonical form of what is typed or pasted. Half of it is never seen: a name copied from a PDF keeps soft hyphens, a number from a telephone's
 * contacts stands between marks of direction, a message from Windows ends its lines with \r\n. Without this a Vergnaud with a hidden hyphen is another
 * person than Vergnaud, and a structure's name can read like another's.
 */

/** Line breaks of every kind, U+2028 and U+0085 included. */
const BREAKS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/**
 * Controls, formats (direction, zero width, soft hyphen, byte order mark, tags), private use, halves of pairs, what Unicode itself calls ignorable
 * (fillers, selectors, joiners), and the blank of Braille.
 */
const UNSEEN = String.raw`[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u{2800}]`;

/** Where letters are written joined, a joiner between two of them is part of the spelling. */
const JOINED = String.raw`[\p{scx=Arab}\p{scx=Syrc}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}]`;
const LETTER = String.raw`[\p{L}\p{M}]`;

// Not literals: TypeScript knows the `v` flag from ES2024 on. With it a whole emoji is one match: a family is three with joiners between, a heart has a selector behind it.
const ANY_UNSEEN = new RegExp(UNSEEN, 'gv');
const KEPT_OR_UNSEEN = new RegExp(
  String.raw`(\p{RGI_Emoji}|\n|(?<=[${JOINED}&&${LETTER}])[\u200C\u200D](?=[${JOINED}&&${LETTER}]))|${UNSEEN}`,
  'gv',
);

/**
 * What almost every text consists of: ASCII, the letters and signs of Latin-1 (without the soft hyphen) and of Latin Extended-A, the quotes, dashes and other signs that French sets.
 * Each of them is canonical, and beside any other of them too. To look through a summary with the patterns above took as long as to validate the whole request.
 */
const PLAIN = /^[\n\x20-\x7e\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201d\u2026\u202f\u20ac]*$/;

/** A name, or another text of one line: nothing unseen, and every run of spaces is one space. */
export function canonicalLine(text: string): string {
  // NFC twice: a letter and its accent may have stood on either side of what was taken out.
  return text
    .normalize('NFC')
    .replace(BREAKS, ' ')
    .replace(/[\t\n]/g, ' ')
    .replace(ANY_UNSEEN, '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A text of several lines: they are kept, and the emoji in them. No-break spaces too, which French sets before a colon. */
export function canonicalText(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  return text
    .normalize('NFC')
    .replace(BREAKS, '\n')
    .replaceAll('\t', ' ')
    .replace(KEPT_OR_UNSEEN, '$1')
    .normalize('NFC')
    .trim();
}

/** A domain has no capitals, and one of letters that are not ASCII has one form in ASCII (`xn--…`), which is what mail is sent to. */
export function canonicalEmail(email: string): string {
  const typed = canonicalLine(email);
  const at = typed.lastIndexOf('@');
  return at < 0 ? typed : `${typed.slice(0, at)}@${asciiDomain(typed.slice(at + 1))}`;
}

function asciiDomain(domain: string): string {
  const lower = domain.toLowerCase();
  if (/^[\x00-\x7f]*$/.test(lower) || /[/:?#@\\%]/.test(lower)) return lower;
  // The URL of WHATWG holds Unicode's rules for domains (UTS 46); nothing that could be anything but a domain is given to it.
  return URL.canParse(`http://${lower}`) ? new URL(`http://${lower}`).hostname : lower;
}

/** Whose address it is, in the forms it may be kept under: the present one first, then as it was folded before. Capitals never tell two mailboxes apart here. */
export function emailForms(email: string): string[] {
  return [...new Set([canonicalEmail(email).toLowerCase(), email.trim().toLowerCase()])].filter((form) => form !== '');
}
