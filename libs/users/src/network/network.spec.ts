import { isValueOf, roles, serviceValues, typologyValues } from '@fil-rouge/kernel';
import {
  communeName,
  communesByPostalCode,
  communesOf,
  communesOfDepartement,
  communesOfEpci,
  epciName,
  epciOf,
  isCommune,
  isEpci,
  territoryOf,
} from './communes.service';
import { findPlaces } from './commune-directory';
import { withNames } from './named-communes.interceptor';
import { people } from './people';
import { placements, structures } from './sarthe';

describe('communes', () => {
  it('are those of today, with their official names', () => {
    expect(communeName('72181')).toBe('Le Mans');
    expect(isCommune('72269')).toBe(true);
    // A district of Paris, a merged commune, nothing at all.
    expect(['75101', '72063', '99999', ''].map(isCommune)).toEqual([false, false, false, false]);
  });

  it('of the Sarthe are 352, of Le Mans Métropole 20, and an EPCI may reach into another département', () => {
    expect(communesOfDepartement('72')).toHaveLength(352);
    expect(communesOfEpci('247200132')).toHaveLength(20);
    expect(communesOfEpci('247200090')).toContain('53037');
    expect(communesOfDepartement('nowhere')).toEqual([]);
    expect(() => communesOfEpci('000000000')).toThrow(RangeError);
  });

  it('of a whole département are kept as its code and given back in full', () => {
    const whole = communesOfDepartement('72');
    expect(territoryOf([...whole].reverse())).toEqual({ communes: null, departement: '72' });
    expect(communesOf({ communes: null, departement: '72' })).toEqual(whole);
    expect(territoryOf(whole.slice(1)).communes).toHaveLength(351);
    expect(territoryOf([...whole, '53037']).communes).toHaveLength(353);
    expect(territoryOf(['72181', '72181'])).toEqual({ communes: ['72181'], departement: null });
    expect(territoryOf([])).toEqual({ communes: [], departement: null });
  });
});

describe('finding a commune', () => {
  it('by a code of La Poste alone begins with the town that it most likely belongs to', () => {
    expect(findPlaces('72072 CEDEX 9', { limit: 1 })[0]?.name).toBe('Le Mans');
    // Without the word, an INSEE code is one; a code that nobody has is La Poste's.
    expect(findPlaces('72154', { limit: 1 })[0]?.name).toBe('La Flèche');
    expect(findPlaces('72019', { limit: 1 })[0]?.code).toBe('72019');
    expect(findPlaces('72999', { limit: 1 })).toEqual([]);
  });

  it('says the group of communes it belongs to, also of a former one', () => {
    expect(findPlaces('72181', { limit: 1 })[0]?.epci).toEqual({ code: '247200132', name: epciName('247200132') });
    expect(findPlaces('72063', { limit: 1 })[0]?.epci?.name).toBe(epciName(epciOf('72262')!));
  });

  const found = (asked: string): string[] =>
    findPlaces(asked, { limit: 5 }).map(({ name, successor }) => (successor ? `${name} → ${successor.name}` : name));

  it.each([
    ['la fleche', ['La Flèche']],
    ['LE MANS', ['Le Mans']],
    ['sablé', ['Sablé-sur-Sarthe']],
    ['St Calais', ['Saint-Calais']],
    ['72154', ['La Flèche']],
    ['72000', ['Le Mans']],
    ['chapelle-gaug', ['La Chapelle-Gaugain → Loir en Vallée']],
    ['72063', ['La Chapelle-Gaugain → Loir en Vallée']],
    ['bazouges-sur', ['Bazouges-sur-le-Loir → Bazouges Cré sur Loir']],
    ['75101', ['Paris 1er Arrondissement → Paris']],
    ['2a004', ['Ajaccio']],
    ['72200 La Flèche', ['La Flèche']],
    ['LE MANS 72100', ['Le Mans']],
    ['72072 Le Mans Cedex 9', ['Le Mans']],
    ['Le Mans cedex', ['Le Mans']],
    ['35000 Le Mans', []],
    ['cedex 9', []],
  ])('%s', (asked, names) => expect(found(asked)).toEqual(expect.arrayContaining(names)));

  it('says of 72200 both that it may be', () =>
    expect(found('72200')).toEqual(expect.arrayContaining(['La Flèche', 'Moncé-en-Belin'])));

  it('comes first from here, and at most as many as asked for', () => {
    expect(findPlaces('saint', { limit: 7 })).toHaveLength(7);
    expect(findPlaces('saint', { limit: 7 }).every(({ code }) => code.startsWith('72'))).toBe(true);
    expect([found('?'), found('zzzz'), found('99999')]).toEqual([[], [], []]);
  });

  it('knows the codes that are another’s postal code, and none that is its own', () => {
    expect(communesByPostalCode('72200')).toContain('72154');
    expect(['72181', '72154', '72264', '72003', '00000'].map((code) => communesByPostalCode(code))).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
  });

  it('stands beside its code in whatever is answered', () => {
    expect(
      withNames({
        items: [{ resident: { commune: '72181' }, communes: ['72154', 'x'], territory: null }],
        commune: null,
        at: 1,
      }),
    ).toEqual({
      items: [
        {
          resident: { commune: '72181', communeName: 'Le Mans' },
          communes: ['72154', 'x'],
          communeNames: ['La Flèche', null],
          territory: null,
        },
      ],
      commune: null,
      at: 1,
    });
  });
});

describe('the network of the Sarthe', () => {
  it('uses the national vocabulary and official codes only', () => {
    for (const { typology, services: offered, territory } of structures) {
      expect(typologyValues).toContain(typology);
      expect(offered.filter((service) => !serviceValues.includes(service))).toEqual([]);
      if ('communes' in territory) expect(territory.communes.filter((code) => !isCommune(code))).toEqual([]);
      if ('epci' in territory) expect(isEpci(territory.epci)).toBe(true);
    }
  });

  it('has nine structures and one that awaits the State', () => {
    expect(structures.filter(({ status }) => status === 'active')).toHaveLength(9);
    expect(structures.filter(({ status }) => status === 'awaiting_state_validation').map(({ key }) => key)).toEqual([
      'asso-en-attente',
    ]);
  });

  it('places fifteen counsellors of the Département, each in another EPCI', () => {
    expect(new Set(placements.map(({ siren }) => siren)).size).toBe(15);
    expect(placements.map(({ siren }) => epciName(siren)).filter((name) => name === undefined)).toEqual([]);
    expect(people.filter(({ placedAt }) => placedAt !== undefined)).toHaveLength(15);
    expect(structures.find(({ key }) => key === 'departement-sarthe')?.posts).toBe(16);
  });

  it('recruits as many as were published: sixteen in the Département with who coordinates them, seven in Le Mans, three at La Poste', () => {
    const recruited = (key: string) =>
      people.filter(({ structure, role }) => structure === key && (role === 'counsellor' || role === 'coordinator'));
    for (const { key, posts } of structures.filter(({ status }) => status === 'active'))
      expect([key, recruited(key).length]).toEqual([key, posts ?? 1]);
    const [departement, ...others] = recruited('departement-sarthe');
    expect([departement!.email, departement!.placedAt]).toEqual(['conseiller@departement-sarthe.demo', '200072718']);
    expect(others.filter(({ placedAt }) => placedAt === undefined).map(({ role }) => role)).toEqual(['coordinator']);
  });

  it('has one named person per role and structure, each with an address of its own', () => {
    expect(people).toHaveLength(10 * 2 + 3 + 14 + 6 + 2);
    expect(new Set(people.map(({ email }) => email)).size).toBe(people.length);
    expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
    expect(
      people.every(
        ({ name, role, email }) => typeof name === 'string' && isValueOf(roles, role) && email.endsWith('.demo'),
      ),
    ).toBe(true);
    expect(
      people
        .filter(({ role }) => ['coordinator', 'administrator', 'auditor'].includes(role))
        .map(({ structure }) => structure),
    ).toEqual(Array(3).fill('departement-sarthe'));
  });
});
