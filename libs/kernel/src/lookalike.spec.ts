import { mixesAlphabets, skeletonOf } from './lookalike';

describe('a name that reads like another’s', () => {
  it.each([
    ['La Poste', 'Lа Роѕtе'], // Cyrillic а, Р, о, ѕ, е
    ['La Poste', 'LA-POSTE'],
    ['La Poste', 'La P0ste'],
    ['La Poste', 'La\u200bPoste'],
    ['La Poste', 'Ιa Ροste'], // Greek iota, rho, omicron
    ['La Poste', 'La Poste'],
    ['Emmaüs Connect', 'Ernmaus Connect'],
    ['Afpa', 'АFPА'],
    ['CC Val de Sarthe', 'CC VaI de Sarthe'],
  ])('%s, %s', (one, other) => expect(skeletonOf(other)).toBe(skeletonOf(one)));

  it.each([
    ['La Poste', 'La Porte'],
    ['CC Sud Sarthe', 'CC Val de Sarthe'],
    ['Afpa', 'Afpa Le Mans'],
    ['Mairie d’Yvré', 'Mairie d’Ivré-le-Pôlin'],
  ])('%s is not %s', (one, other) => expect(skeletonOf(other)).not.toBe(skeletonOf(one)));

  it('mixes two alphabets in a word', () => {
    expect(mixesAlphabets('Lа Poste')).toBe(true);
    for (const name of ['La Poste', 'Emmaüs', 'Школа', 'École Школа', 'ΑΒΓ', '3 Rivières'])
      expect(mixesAlphabets(name)).toBe(false);
  });
});
