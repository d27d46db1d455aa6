/**
 * How near a place of work, or a territory, is to where a resident lives: by what the State publishes of communes and their groups. There are no maps in it, so two
 * EPCI count as neighbours when communes of both share a postal code, as round each town and its surroundings they do.
 */
import { communesOfEpci, epciOf, neighboursOf } from './communes.service';

/** From the nearest on. */
export const nearnesses = ['commune', 'epci', 'neighbouring_epci', 'departement', 'elsewhere'] as const;
export type Nearness = (typeof nearnesses)[number];

const departementOf = (commune: string): string => commune.slice(0, /^9[78]/.test(commune) ? 3 : 2);

/** @param siren of the EPCI where somebody works */
export function nearnessOfEpci(siren: string, commune: string): Nearness {
  const own = epciOf(commune);
  if (own === siren) return 'epci';
  if (own !== undefined && neighboursOf(siren).has(own)) return 'neighbouring_epci';
  return communesOfEpci(siren).some((one) => departementOf(one) === departementOf(commune))
    ? 'departement'
    : 'elsewhere';
}

/** Where a structure works: the smaller the territory round the commune, the nearer; a town hall is in the town. */
export function nearnessOfTerritory(
  { communes, departement }: { readonly communes: readonly string[] | null; readonly departement: string | null },
  commune: string,
): Nearness {
  if (communes === null) return departement === departementOf(commune) ? 'departement' : 'elsewhere';
  if (communes.length === 1 && communes[0] === commune) return 'commune';
  const own = epciOf(commune);
  if (own !== undefined && communes.includes(commune) && communes.every((one) => epciOf(one) === own)) return 'epci';
  return communes.some((one) => departementOf(one) === departementOf(commune)) ? 'departement' : 'elsewhere';
}

export const nearestOf = (all: readonly Nearness[]): Nearness =>
  nearnesses.find((one) => all.includes(one)) ?? 'departement';
