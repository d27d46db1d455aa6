import { isValueOf, roles, services, typologies } from '@fil-rouge/kernel';
import { communeName, communesOf, communesOfDepartement, communesOfEpci, epciName, isCommune, isEpci, territoryOf } from './communes';
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

describe('the network of the Sarthe', () => {
  it('uses the national vocabulary and official codes only', () => {
    for (const { typology, services: offered, territory } of structures) {
      expect(typologies).toContain(typology);
      expect(offered.filter((service) => !services.includes(service))).toEqual([]);
      if ('communes' in territory) expect(territory.communes.filter((code) => !isCommune(code))).toEqual([]);
      if ('epci' in territory) expect(isEpci(territory.epci)).toBe(true);
    }
  });

  it('has nine structures and one that awaits the State', () => {
    expect(structures.filter(({ status }) => status === 'active')).toHaveLength(9);
    expect(structures.filter(({ status }) => status === 'awaiting_state_validation').map(({ key }) => key)).toEqual(['asso-en-attente']);
  });

  it('places fifteen counsellors of the Département, each in another EPCI', () => {
    expect(new Set(placements.map(({ siren }) => siren)).size).toBe(15);
    expect(placements.map(({ siren }) => epciName(siren)).filter((name) => name === undefined)).toEqual([]);
    expect(people.filter(({ placedAt }) => placedAt !== undefined)).toHaveLength(15);
    expect(structures.find(({ key }) => key === 'departement-sarthe')?.posts).toBe(15);
  });

  it('has one named person per role and structure, each with an address of its own', () => {
    expect(people).toHaveLength(10 * 2 + 3 + 15);
    expect(new Set(people.map(({ email }) => email)).size).toBe(people.length);
    expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
    expect(people.every(({ name, role, email }) => typeof name === 'string' && isValueOf(roles, role) && email.endsWith('.demo'))).toBe(true);
    expect(people.filter(({ role }) => ['coordinator', 'administrator', 'auditor'].includes(role)).map(({ structure }) => structure)).toEqual(Array(3).fill('departement-sarthe'));
  });
});
