import fc from 'fast-check';
import { canonicalEmail, canonicalLine, canonicalText, emailForms } from './text';

/** What is pasted without being seen, by family. */
const families: Record<string, string[]> = {
  control: ['\u0001', '\u0008', '\u001b', '\u007f', '\u0086', '\u009f'],
  direction: [
    '\u200e',
    '\u200f',
    '\u061c',
    '\u202a',
    '\u202b',
    '\u202c',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
  ],
  zeroWidth: ['\u200b', '\u2060', '\ufeff', '\u180e', '\u2061', '\u206a', '\u206f'],
  joiner: ['\u200c', '\u200d', '\u034f'],
  hyphen: ['\u00ad'],
  filler: ['\u115f', '\u1160', '\u17b4', '\u3164', '\uffa0', '\u2800'],
  selector: ['\ufe00', '\ufe0f', '\u180b', '\u{e0100}'],
  tag: ['\u{e0001}', '\u{e0041}', '\u{e007f}'],
  annotation: ['\ufff9', '\ufffb', '\u{1d173}', '\u{1bca0}'],
  privateUse: ['\ue000', '\u{f0000}', '\ufdd0', '\uffff'],
};
const unseen = fc.constantFrom(...Object.values(families).flat());

describe('a line', () => {
  it.each(Object.entries(families))('loses what is not seen: %s', (_, characters) => {
    for (const character of characters) {
      expect(canonicalLine(`${character}Ver${character}gnaud${character}`)).toBe('Vergnaud');
      expect(canonicalLine(`${character} ${character}`)).toBe('');
    }
  });

  it('is composed, trimmed, its spaces folded, whatever kind of space or break they are', () => {
    expect(canonicalLine('  Rene\u0301e\u00a0\u202f Le\tGoff\r\nFils \u3000')).toBe('Renée Le Goff Fils');
    expect(canonicalLine('e\u00ad\u0301')).toBe('é');
    expect(canonicalLine('Ren\u2028\u2029\u0085\u000bée')).toBe('Ren ée');
  });

  it('leaves what is seen, in every alphabet', () => {
    for (const name of [
      'Zoé',
      "N'Guyễn-Đặng",
      'Łukasz',
      'Œuvre',
      'محمد',
      'Ирина',
      '李小龍',
      'Ὀδυσσεύς',
      'O’Brien',
      'Ðorđe',
    ])
      expect(canonicalLine(name.normalize('NFD'))).toBe(name.normalize('NFC'));
  });
});

describe('a text', () => {
  it.each(Object.entries(families))('loses what is not seen: %s', (_, characters) => {
    for (const character of characters)
      expect(canonicalText(`Une${character} ligne\n${character}Autre`)).toBe('Une ligne\nAutre');
  });

  it('keeps its lines, and has one kind of them', () =>
    expect(canonicalText(' un\r\ndeux\rtrois\u2028quatre\n\ncinq\t6 ')).toBe('un\ndeux\ntrois\nquatre\n\ncinq 6'));

  it.each(['👨‍👩‍👧‍👦', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👍🏽', '1️⃣', '🇫🇷', '🧑🏾‍💻'])('keeps the emoji %s whole', (emoji) =>
    expect(canonicalText(`Merci ${emoji} !`)).toBe(`Merci ${emoji} !`),
  );

  it('keeps a joiner where letters are written joined, and no-break spaces', () => {
    expect(canonicalText('می\u200cخواهم')).toBe('می\u200cخواهم');
    expect(canonicalText('क्\u200dष')).toBe('क्\u200dष');
    expect(canonicalText('10\u00a0€\u202f!')).toBe('10\u00a0€\u202f!');
  });
});

describe('any text', () => {
  it('of letters and signs that need no looking at says the same as one that is looked at', () => {
    const basic = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code));
    const usual = [...'abcàâçéèêëîïôöùûüœæÀÉÇ’“”«»–—…€ \n\u00a0\u202f.,:;!?(){}[]#*0123456789'];
    // The last character is nothing, and makes the text one that is looked at.
    const looked = (text: string) => canonicalText(`${text}\u200b`);
    for (const character of basic)
      for (const text of [character, `a${character}`, `${character}e`, `${character}${character}`])
        expect(canonicalText(text)).toBe(looked(text));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...usual), maxLength: 40 }), (text) => {
        expect(canonicalText(text)).toBe(looked(text));
      }),
    );
  });

  const typed = fc
    .array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 4 }), unseen, fc.constantFrom(' ', '\n', '\r\n', '\t')), {
      maxLength: 12,
    })
    .map((parts) => parts.join(''));

  it('is canonical when it has been made so, and the same however it was pasted', () => {
    fc.assert(
      fc.property(typed, (text) => {
        for (const form of [canonicalLine, canonicalText, canonicalEmail]) {
          expect(form(form(text))).toBe(form(text));
          expect(form(text.normalize('NFD'))).toBe(form(text.normalize('NFC')));
        }
        expect(canonicalLine(canonicalText(text))).toBe(canonicalLine(text));
      }),
    );
  });
});

describe('an e-mail address', () => {
  it.each([
    [' Jean.Dupont@EXEMPLE.fr\u200b', 'Jean.Dupont@exemple.fr'],
    ['\u202ajean@exemple.fr\u202c', 'jean@exemple.fr'],
    ['jean@Exämple.fr', 'jean@xn--exmple-cua.fr'],
    ['jean@exa\u0308mple.fr', 'jean@xn--exmple-cua.fr'],
    ['jean', 'jean'],
    ['jean@é/x.fr', 'jean@é/x.fr'],
  ])('%j → %s', (typed, canonical) => expect(canonicalEmail(typed)).toBe(canonical));

  it('is one person’s in any capitals, and as it was kept before', () => {
    expect(emailForms('Jean@EXÄMPLE.fr')).toEqual(['jean@xn--exmple-cua.fr', 'jean@exämple.fr']);
    expect(emailForms('jean@exemple.fr')).toEqual(['jean@exemple.fr']);
  });
});
