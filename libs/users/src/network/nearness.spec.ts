import { communesOfEpci } from './communes.service';
import { nearestOf, nearnessOf, nearnessOfEpci, type Sites } from './nearness';

const [sable, laFleche, loue, mamers, laval, allonnes, solesmes] = [
  '72264',
  '72154',
  '72168',
  '72180',
  '53130',
  '72003',
  '72336',
] as const;
const [paysSabolien, paysFlechois, leMans] = ['247200090', '247200348', '247200132'] as const;

it.each([
  ['in its own communauté de communes', paysSabolien, sable, 'same_epci'],
  ['in the next one', paysFlechois, sable, 'neighbouring_epci'],
  ['the other way round', paysSabolien, laFleche, 'neighbouring_epci'],
  ['next to it', paysSabolien, loue, 'neighbouring_epci'],
  ['far away in the département', paysSabolien, mamers, 'department'],
  ['in another département', leMans, laval, 'elsewhere'],
])('somebody who works %s', (_, siren, commune, nearness) => {
  expect(nearnessOfEpci(siren, commune)).toBe(nearness);
});

const at = (more: Partial<Sites>): string =>
  nearnessOf({ communes: [], departement: null, placedAt: [], receivesAt: [], ...more }, sable);

it.each<[string, Partial<Sites>, string]>([
  ['a town hall', { communes: [sable] }, 'same_commune'],
  ['who works in the communauté', { communes: communesOfEpci(paysSabolien) }, 'same_epci'],
  ['the town hall next door', { communes: [solesmes] }, 'same_epci'],
  ['who works here and in the next one', { communes: [sable, laFleche] }, 'neighbouring_epci'],
  ['the next communauté', { communes: communesOfEpci(paysFlechois) }, 'neighbouring_epci'],
  ['who works here and far away', { communes: [sable, allonnes] }, 'department'],
  ['who works everywhere', { communes: null, departement: '72' }, 'department'],
  ['who works everywhere elsewhere', { communes: null, departement: '53' }, 'elsewhere'],
  ['who works in another département', { communes: [laval] }, 'elsewhere'],
  ['who works nowhere', {}, 'elsewhere'],
  [
    'a desk of who works everywhere',
    { communes: null, departement: '72', receivesAt: [mamers, sable] },
    'same_commune',
  ],
  [
    'somebody placed by who works everywhere',
    { communes: null, departement: '72', placedAt: [paysFlechois] },
    'neighbouring_epci',
  ],
])('%s', (_, sites, nearness) => {
  expect(at(sites)).toBe(nearness);
});

it('of several places the nearest counts; whoever is placed nowhere works in the département', () => {
  expect([nearestOf(['department', 'same_epci']), nearestOf([])]).toEqual(['same_epci', 'department']);
});
