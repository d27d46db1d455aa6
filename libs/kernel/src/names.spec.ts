import fc from 'fast-check';
import { duplicateTokens, foldName, nameWords, normalizePhone, phoneticCode, queryTokens, searchTokens, type NamedPerson } from './names';

const matches = (person: NamedPerson, query: Parameters<typeof queryTokens>[0]): boolean => {
  const tokens = new Set(searchTokens(person));
  return queryTokens(query).every((alternatives) => alternatives.some((token) => tokens.has(token)));
};

const pairs = (text: string): [string, string][] => text.trim().split(/\s+/).map((pair) => pair.split('/') as [string, string]);

describe('foldName', () => {
  it.each([
    ['Éloïse', 'eloise'],
    ['LE  GOFF', 'le goff'],
    ['Jean-Yves', 'jean yves'],
    ['L’Hermitte', 'l hermitte'],
    ["D'Angelo", 'd angelo'],
    ['O\u02bcBrien', 'o brien'],
    ['Cœur-Æsop', 'coeur aesop'],
    ['  François   ', 'francois'],
    ['Łukasz Straße', 'lukasz strasse'],
    ['--', ''],
  ])('%s → %s', (name, folded) => expect(foldName(name)).toBe(folded));

  it('folds what is folded to itself, composed or decomposed', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      expect(foldName(foldName(name))).toBe(foldName(name));
      expect(foldName(name.normalize('NFD'))).toBe(foldName(name.normalize('NFC')));
    }));
  });
});

describe('phoneticCode', () => {
  const alike = `
    Lefebvre/Lefèvre Lefebvre/Lefaivre Dupond/Dupont Gaultier/Gautier Gautier/Gauthier Renaud/Renault Renaud/Reynaud
    Martin/Martain Thibault/Thibaud Thibault/Tibo Philippe/Filip Guérin/Gherin Guérin/Guerrin Besnard/Bénard Rousseau/Rouseau
    Rousseau/Rousseaux Hervé/Ervé Cathy/Kathy Catherine/Katherine Moreau/Moro Girard/Girart Nathalie/Natalie Nicolas/Nikolas
    Lenoir/Lenoire Leroy/Leroi Fontaine/Fontene Denis/Denys Chloé/Cloé Christine/Kristine Frédéric/Frederick Mathieu/Matthieu
    Geoffroy/Joffroy Geoffroy/Jeoffroy Gérard/Jérard Hélène/Elene Mercier/Mersier Lemaire/Lemère Quentin/Kentin Kévin/Quévin
    Isabelle/Izabelle Chevallier/Chevalier Perrault/Perrot Arnaud/Arnault Mohamed/Mouhamed Yacine/Yassine Sarah/Sara
    Tessier/Teissier Schmitt/Schmidt Meunier/Meusnier Leclerc/Leclercq Lecomte/Lecompte Marchant/Marchand Bruno/Bruneau
    Gaillard/Gayard Legoff/Legof Lhermitte/Lermite Laurent/Laurant`;
  it.each(pairs(alike))('%s sounds like %s', (a, b) => expect(phoneticCode(a)).toBe(phoneticCode(b)));

  const different = `
    Martin/Morin Dupont/Durand Bernard/Bertrand Dupont/Dubois Petit/Petiot Garnier/Grenier Leroux/Leroy Moreau/Morel
    Michel/Michaud Robert/Robin Richard/Ricard Jean/Jeanne Martin/Martine Alain/Aline Louis/Louise Roux/Rousseau Fournier/Fourier
    Mercier/Meunier François/Françoise Marc/Marcel Lambert/Lombard Bonnet/Boutet Renaud/Renard Dumas/Dumont Fabre/Favre
    Caron/Charon Gérard/Girard Clément/Clémence Bertin/Berton Julien/Julienne Marie/Maria Lucas/Luc`;
  it.each(pairs(different))('%s does not sound like %s', (a, b) => expect(phoneticCode(a)).not.toBe(phoneticCode(b)));

  it('is never empty, whatever the word', () => {
    for (const word of ['y', 'a', 'h', 'ng', 'محمد', '2']) expect(phoneticCode(word)).not.toBe('');
    fc.assert(fc.property(fc.string({ minLength: 1 }), (name) => nameWords(name).every((word) => phoneticCode(word) !== '')));
  });
});

describe('search', () => {
  const person: NamedPerson = {
    firstName: 'Jean-Yves', lastName: 'Le Goff', birthYear: 1954, phone: '06 12 34 56 78', email: 'JY@Exemple.fr ',
  };

  it('indexes words, sounds, birth year, phone and e-mail, each once', () => {
    const tokens = searchTokens({ firstName: 'Anne', lastName: 'Anne', birthYear: 1954, phone: '0612345678', email: 'Anne@exemple.fr' });
    expect(tokens).toEqual(['w:anne', 'p:ANNE', 'y:1954', 't:+33612345678', 'e:anne@exemple.fr']);
    expect(searchTokens({ firstName: 'Anne', lastName: 'Anne', phone: 'inconnu' })).toEqual(['w:anne', 'p:ANNE']);
  });

  it.each(['le goff', 'LEGOFF', 'Goff Le Jean', 'jean yves', 'Yves Legof', 'goff', 'Jeanyves', 'Ivès', 'jean-yves le goff', 'yves goff'])(
    'finds him by "%s"', (name) => expect(matches(person, { name })).toBe(true));

  it.each(['jean marie', 'le goff pierre', 'golf', 'je', '-', ''])('does not find him by "%s"', (name) => {
    expect(matches(person, { name })).toBe(false);
  });

  it('finds a name written in one word by its parts, and a name of three words', () => {
    expect(matches({ firstName: 'Anne', lastName: 'Legoff' }, { name: 'Le Goff' })).toBe(true);
    expect(matches({ firstName: 'Anne', lastName: 'de La Tour' }, { name: 'Delatour' })).toBe(true);
    expect(matches({ firstName: 'Anne', lastName: 'Delatour' }, { name: 'de la tour' })).toBe(true);
    expect(matches({ firstName: 'Ali', lastName: 'Benali' }, { name: 'ben ali' })).toBe(true);
  });

  it('wants everything that was asked', () => {
    expect(matches(person, { name: 'goff', birthYear: 1954, phone: '+33 6 12 34 56 78', email: 'jy@exemple.fr' })).toBe(true);
    expect(matches(person, { name: 'goff', birthYear: 1955 })).toBe(false);
    expect(matches(person, { phone: '06 12 34 56 79' })).toBe(false);
    expect(matches(person, { name: 'goff', phone: 'pas un numéro' })).toBe(false);
    expect(matches(person, { email: ' ' })).toBe(false);
    expect(queryTokens({})).toEqual([]);
  });

  it('finds everybody by any of their words in any order', () => {
    const part = fc.constantFrom('Jean', 'Le', 'Goff', 'Lefèvre', 'D’Angelo', 'Ben', 'Ali', 'Zoé', 'Marie-Claude');
    const name = fc.array(part, { minLength: 1, maxLength: 3 });
    fc.assert(fc.property(name, name, fc.infiniteStream(fc.nat()), (first, last, dice) => {
      const words = [...first, ...last].flatMap(nameWords);
      const shuffled = words.map((word) => [dice.next().value, word] as const).sort(([a], [b]) => a - b).map(([, word]) => word);
      expect(matches({ firstName: first.join(' '), lastName: last.join(' ') }, { name: shuffled.join(' ') })).toBe(true);
    }));
  });
});

describe('duplicateTokens', () => {
  const tokens = duplicateTokens({ firstName: 'Thibault', lastName: 'Lefebvre', birthYear: 1954, phone: '06 12 34 56 78' });

  it('are the sounds of all names with the birth year, and the phone', () => {
    expect(tokens).toEqual(['n:LEFEVR TIBO|1954', 't:+33612345678']);
  });

  it.each([
    [{ firstName: 'Tibo', lastName: 'LEFÈVRE', birthYear: 1954 }, true],
    [{ firstName: 'Lefevre', lastName: 'Thibaud', birthYear: 1954 }, true],
    [{ firstName: 'Tibo', lastName: 'Lefèvre', birthYear: 1955 }, false],
    [{ firstName: 'Tibo', lastName: 'Lefèvre' }, false],
    [{ firstName: 'Autre', lastName: 'Nom', phone: '0033612345678' }, true],
  ])('%j: shared %s', (other, shared) => expect(duplicateTokens(other).some((token) => tokens.includes(token))).toBe(shared));

  it('do not care whether particles and hyphens are written', () => {
    const of = (firstName: string, lastName: string): string[] => duplicateTokens({ firstName, lastName, birthYear: 1960 });
    expect(of('Anne', 'Le Goff')).toEqual(of('Anne', 'Legoff'));
    expect(of('Jean-Pierre', "L'Hermitte")).toEqual(of('Jean Pierre', 'Lhermite'));
    expect(of('Van', 'Le')).toEqual(of('Le', 'Van'));
    expect(of('-', '?')).toEqual([]);
  });
});

describe('normalizePhone', () => {
  it.each([
    ['06 12 34 56 78', '+33612345678'],
    ['06.12.34.56.78', '+33612345678'],
    ['02-43-54-72-72', '+33243547272'],
    ['06\u00a012\u202f34 56 78', '+33612345678'],
    ['+33 6 12 34 56 78', '+33612345678'],
    ['+33 (0)6 12 34 56 78', '+33612345678'],
    ['+330612345678', '+33612345678'],
    ['0033 6 12 34 56 78', '+33612345678'],
    ['+262 692 12 34 56', '+262692123456'],
    ['00 32 470 12 34 56', '+32470123456'],
  ])('%s → %s', (written, phone) => {
    expect(normalizePhone(written)).toBe(phone);
    expect(normalizePhone(phone)).toBe(phone);
  });

  it.each([
    '', '3949', '612345678', '06 12 34 56 7', '06 12 34 56 78 9', '+33 06 12', '+0612345678', '06 12 34 56 78 poste 2', 'inconnu',
    '+1234567890123456',
  ])('"%s" is no number', (written) => expect(normalizePhone(written)).toBeNull());
});
