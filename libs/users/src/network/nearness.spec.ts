import { communesOfEpci } from './communes.service';
import { nearestOf, nearnessOfEpci, nearnessOfTerritory } from './nearness';

const [sable, laFleche, loue, mamers, laval, allonnes] = [
  '72264',
  '72154',
  '72168',
  '72180',
  '53130',
  '72003',
] as const;
const [paysSabolien, paysFlechois, leMans] = ['247200090', '247200348', '247200132'] as const;

it.each([
  ['in its own communauté de communes', paysSabolien, sable, 'epci'],
  ['in the next one', paysFlechois, sable, 'neighbouring_epci'],
  ['the other way round', paysSabolien, laFleche, 'neighbouring_epci'],
  ['next to it', paysSabolien, loue, 'neighbouring_epci'],
  ['far away in the département', paysSabolien, mamers, 'departement'],
  ['in another département', leMans, laval, 'elsewhere'],
])('somebody who works %s', (_, siren, commune, nearness) => {
  expect(nearnessOfEpci(siren, commune)).toBe(nearness);
});

it('a town hall is nearer than who works in the communauté, and that one nearer than who works everywhere', () => {
  const of = (communes: string[] | null, departement: string | null = null) =>
    nearnessOfTerritory({ communes, departement }, sable);
  expect([
    of([sable]),
    of(communesOfEpci(paysSabolien)),
    of([sable, allonnes]),
    of(null, '72'),
    of(null, '53'),
    of([laval]),
  ]).toEqual(['commune', 'epci', 'departement', 'departement', 'elsewhere', 'elsewhere']);
});

it('of several places the nearest counts; whoever is placed nowhere works in the département', () => {
  expect([nearestOf(['departement', 'epci']), nearestOf([])]).toEqual(['epci', 'departement']);
});
