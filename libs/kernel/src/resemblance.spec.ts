import fc from 'fast-check';
import type { NamedPerson } from './names';
import { claimsOf, likenesses, ownNames, type Claim, type Likeness } from './resemblance';

const goTogether = (one: Claim, other: Claim): Likeness | undefined =>
  likenesses.find(({ kinds: [a, b] }) => (one.kind === a && other.kind === b) || (one.kind === b && other.kind === a))
    ?.as;

/** How two people are alike: the first, the strongest. */
function alike(one: NamedPerson, other: NamedPerson): Likeness | undefined {
  for (const mine of claimsOf(one)) {
    const theirs = claimsOf(other).find(({ word }) => word === mine.word);
    const as = theirs && goTogether(mine, theirs);
    if (as) return as;
  }
  return undefined;
}

const person = (firstName: string, lastName: string, birthYear?: number, more: NamedPerson = {}): NamedPerson => ({
  firstName,
  lastName,
  birthYear,
  ...more,
});

describe('two records look like one resident’s', () => {
  it.each<[string, NamedPerson, NamedPerson, Likeness]>([
    ['the same sounds', person('Thibault', 'Lefebvre', 1954), person('Tibo', 'LEFÈVRE', 1954), 'name_and_birth_year'],
    [
      'first name and surname the other way round',
      person('Thibault', 'Lefebvre', 1954),
      person('Lefevre', 'Thibaud', 1954),
      'name_and_birth_year',
    ],
    [
      'the same phone',
      person('A', 'B', 1950, { phone: '06 12 34 56 78' }),
      person('C', 'D', 1980, { phone: '0033612345678' }),
      'phone',
    ],
    [
      'the same e-mail',
      person('A', 'B', 1950, { email: 'Anne@exemple.fr' }),
      person('C', 'D', 1980, { email: 'anne@EXEMPLE.fr' }),
      'email',
    ],
    ['a year off by one', person('Jean', 'Martin', 1950), person('Jean', 'Martin', 1951), 'birth_year_off_by_one'],
    [
      'a year off by one, the other way',
      person('Jean', 'Martin', 1951),
      person('Jean', 'Martin', 1950),
      'birth_year_off_by_one',
    ],
    [
      'the first of two given names',
      person('Jean Paul', 'Martin', 1950),
      person('Jean', 'Martin', 1950),
      'part_of_name',
    ],
    [
      'the second of two given names',
      person('Jean-Paul', 'Martin', 1950),
      person('Paul', 'Martin', 1950),
      'part_of_name',
    ],
    [
      'two of three given names',
      person('Jean Paul Louis', 'Martin', 1950),
      person('Jean-Paul', 'Martin', 1950),
      'part_of_name',
    ],
    [
      'an apostrophe, a space or neither',
      person('Ann', "O'Brien", 1950),
      person('Ann', 'OBrien', 1950),
      'name_and_birth_year',
    ],
    ['a space for an apostrophe', person('Ann', 'O Brien', 1950), person('Ann', 'Obrien', 1950), 'name_and_birth_year'],
    [
      'a hyphen or none',
      person('Jean-Claude', 'Martin', 1950),
      person('Jeanclaude', 'Martin', 1950),
      'name_and_birth_year',
    ],
    [
      'both at once',
      person('Jean-Claude', "O'Brien", 1950),
      person('Jeanclaude', 'O Brien', 1950),
      'name_and_birth_year',
    ],
    [
      'a saint in short',
      person('Anne', 'St Martin', 1950),
      person('Anne', 'Saint-Martin', 1950),
      'name_and_birth_year',
    ],
    [
      'a saint in one word',
      person('Anne', 'St-Martin', 1950),
      person('Anne', 'Saintmartin', 1950),
      'name_and_birth_year',
    ],
    ['her too', person('Anne', 'Ste Marthe', 1950), person('Anne', 'Sainte-Marthe', 1950), 'name_and_birth_year'],
    [
      'the first part of a double surname',
      person('Luc', 'Lefèvre', 1950),
      person('Luc', 'Lefèvre-Dupré', 1950),
      'part_of_name',
    ],
    [
      'the second part of a double surname',
      person('Luc', 'Dupré', 1950),
      person('Luc', 'Lefèvre-Dupré', 1950),
      'part_of_name',
    ],
    [
      'a part of either name',
      person('Luc', 'Lefèvre-Dupré', 1950),
      person('Luc Marie', 'Lefèvre', 1950),
      'part_of_name',
    ],
    ['a part of both', person('Luc Marie', 'Lefèvre-Dupré', 1950), person('Luc', 'Dupré', 1950), 'part_of_name'],
    [
      'the name at birth',
      person('Marie', 'Dupont', 1950),
      person('Marie', 'Martin', 1950, { birthName: 'Dupont' }),
      'name_and_birth_year',
    ],
    [
      'the name at birth of both',
      person('Marie', 'Leroy', 1950, { birthName: 'Dupont' }),
      person('Marie', 'Martin', 1950, { birthName: 'Dupond' }),
      'name_and_birth_year',
    ],
    [
      'the name in use',
      person('Marie', 'Martin', 1950),
      person('Marie', 'Martin', 1950, { birthName: 'Dupont' }),
      'name_and_birth_year',
    ],
    [
      'both surnames written as one',
      person('Marie', 'Martin-Dupont', 1950),
      person('Marie', 'Martin', 1950, { birthName: 'Dupont' }),
      'part_of_name',
    ],
    ['a particle', person('Anne', 'Le Goff', 1960), person('Anne', 'Legoff', 1960), 'name_and_birth_year'],
  ])('%s', (_, one, other, as) => {
    expect(alike(one, other)).toBe(as);
    expect(alike(other, one)).toBe(as);
  });

  it.each<[string, NamedPerson, NamedPerson]>([
    ['only a surname and a year', person('Jean', 'Martin', 1950), person('Marie', 'Martin', 1950)],
    ['one of two given names each', person('Jean-Claude', 'Martin', 1950), person('Jean-Pierre', 'Martin', 1950)],
    ['one part of a double surname each', person('Luc', 'Lefèvre-Dupré', 1950), person('Luc', 'Lefèvre-Morin', 1950)],
    [
      'a part of each name, and another part of each',
      person('Luc Marie', 'Lefèvre-Dupré', 1950),
      person('Luc Paul', 'Lefèvre', 1950),
    ],
    ['only a given name', person('Jean', 'Martin', 1950), person('Jean', 'Durand', 1950)],
    ['two years', person('Jean', 'Martin', 1950), person('Jean', 'Martin', 1952)],
    ['part of a name and a year off by one', person('Jean Paul', 'Martin', 1950), person('Jean', 'Martin', 1951)],
    [
      'a single name and a year off by one',
      { lastName: 'Amina', birthYear: 1950 },
      { lastName: 'Amina', birthYear: 1951 },
    ],
    ['a surname that one has alone', { lastName: 'Martin', birthYear: 1950 }, person('Jean', 'Martin', 1950)],
    ['a name, one without a year', person('Jean', 'Martin', 1950), person('Jean', 'Martin')],
    ['a name, both without a year', person('Jean', 'Martin'), person('Jean', 'Martin')],
    ['the place of a saint', person('Anne', 'Saint-Martin', 1950), person('Anne', 'Martin', 1950)],
    ['nothing that can be read', person('-', '?', 1950), person('?', '-', 1950)],
  ])('not by %s', (_, one, other) => {
    expect([alike(one, other), alike(other, one)]).toEqual([undefined, undefined]);
  });

  it('whatever the name, and by nothing that two strangers share', () => {
    const [givens, surnames] = [
      ['Jean', 'Paul', 'Marie', 'Thibault', 'Nadia', 'Quentin'],
      ['Lefèvre', 'Dupré', 'Garnier', 'Besnard', 'Chevalier', 'Rousseau'],
    ];
    const two = (words: string[]) =>
      fc.shuffledSubarray(words, { minLength: 2, maxLength: 2 }) as unknown as fc.Arbitrary<[string, string]>;
    fc.assert(
      fc.property(
        two(givens),
        two(surnames),
        fc.integer({ min: 1920, max: 2010 }),
        fc.constantFrom('-', ' ', ''),
        ([given, second], [surname, other], year, between) => {
          const whole = person(`${given}-${second}`, `${surname}-${other}`, year);
          const ways = [
            person(`${given}${between}${second}`, `${surname}${between}${other}`, year),
            person(given, `${surname} ${other}`, year),
            person(second, surname, year),
            person(`${given} ${second}`, other, year),
            person(whole.firstName!, whole.lastName!, year + 1),
            person(whole.firstName!, whole.lastName!, year - 1),
            person(whole.lastName!, whole.firstName!, year),
            person(whole.firstName!.toUpperCase(), 'Durand', year, { birthName: whole.lastName }),
          ];
          expect(ways.filter((way) => !alike(whole, way) || !alike(way, whole))).toEqual([]);
          const strangers = [
            person(given, surname, year),
            person(given, surname, year + 1),
            person(`${given} ${second}`, surname, year),
            person(given, `${surname} ${other}`, year),
          ];
          expect(
            strangers.filter(
              (one) => alike(one, person(second, other, year)) || alike(one, person(second, surname, year + 2)),
            ),
          ).toEqual([]);
        },
      ),
    );
  });
});

describe('claims', () => {
  const words = (one: NamedPerson) => claimsOf(one).map(({ word }) => word);

  it('are spelled as they always were, so that records written before are met', () => {
    expect(words({ firstName: 'Thibault', lastName: 'Lefebvre', birthYear: 1954, phone: '06 12 34 56 78' })).toEqual(
      expect.arrayContaining(['t:+33612345678', 'n:LEFEVR TIBO|1954']),
    );
    expect(words(person('Van', 'Le', 1960))).toEqual(words(person('Le', 'Van', 1960)));
    expect(words(person('Jean-Pierre', "L'Hermitte", 1960))).toContain(
      `n:${['LERMIT', 'JAN', 'PIER'].sort().join(' ')}|1960`,
    );
  });

  it('are few, however long the names, and each stands once', () => {
    const long = 'Anne Berthe Chloé Denise Émilie Flore Geneviève'.split(' ');
    const most: NamedPerson = {
      firstName: long.join(' '),
      lastName: long.toReversed().join('-'),
      birthName: long.join('-'),
      birthYear: 1950,
      phone: '0692126045',
      email: 'a@É.fr',
    };
    expect(words(most).length).toBeLessThanOrEqual(40);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1900, max: 2030 }),
        (firstName, lastName, birthYear) => {
          const all = words({ firstName, lastName, birthYear, birthName: firstName });
          expect([new Set(all).size, all.length <= 40]).toEqual([all.length, true]);
        },
      ),
    );
  });
});

describe('the same name without a year, in one’s own structure', () => {
  const asks = (one: NamedPerson, other: NamedPerson): boolean =>
    ownNames(one).asked.some((word) => ownNames(other).kept.includes(word));
  it.each<[NamedPerson, NamedPerson, boolean]>([
    [person('Jean', 'Martin'), person('Jean', 'Martin', 1950), true],
    [person('Jean', 'Martin'), person('Martin', 'Jean'), true],
    [person('Jean', 'Martin', 1951), person('Jean', 'Martin', 1960), false],
    [person('Anne', "O'Brien"), person('Anne', 'OBrien', 1960), true],
    [person('Marie', 'Dupont'), person('Marie', 'Martin', 1960, { birthName: 'Dupont' }), true],
    [person('Jean', 'Martin'), person('Jean Paul', 'Martin', 1950), false],
    [person('Jean', 'Martin'), person('Marie', 'Martin'), false],
    [{}, {}, false],
  ])('%j and %j: %s', (one, other, expected) =>
    expect([asks(one, other), asks(other, one)]).toEqual([expected, expected]),
  );
});
