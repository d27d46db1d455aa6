/**
 * How near to a resident a structure is: by the communes it works in, those where it receives, and the EPCI where people of it are placed; the nearest of them counts.
 * One rule for the directory (`nearness.sql.ts` says it in SQL, and a test holds the two together) and for what is proposed of a leaver's cases. There are no maps in
 * what the State publishes of communes and their groups: two EPCI count as neighbours when communes of both share a postal code, as round each town and its
 * surroundings they do.
 */
import { nearnessValues, type Nearness } from '@fil-rouge/kernel';
import { communesOfEpci, epciOf, epciOfDepartement, neighboursOf } from './communes.service';

/** What lies round a commune, one circle in the next. */
export type Circles = {
  commune: string;
  /** Communes of its EPCI; the commune alone, where it belongs to none. */
  epci: string[];
  /** Those of the neighbouring EPCI with them. */
  around: string[];
  departement: string;
  /** SIREN of its EPCI, of that and its neighbours, and of all that have a commune in the département. */
  siren: string | null;
  sirensAround: string[];
  sirens: string[];
};

/** Where one structure is. */
export interface Sites {
  /** Its territory: INSEE codes, or all of one département. */
  readonly communes: readonly string[] | null;
  readonly departement: string | null;
  /** EPCI (SIREN) where its people are placed. */
  readonly placedAt: readonly string[];
  /** INSEE codes of the communes where it receives. */
  readonly receivesAt: readonly string[];
}

const departementOf = (commune: string): string => commune.slice(0, /^9[78]/.test(commune) ? 3 : 2);

/** So many communes at most: there are 35,000, each round some hundreds of others, and anybody may ask for all of them. */
const mostDrawn = 500;
const drawn = new Map<string, Circles>();

/** @param commune INSEE code of today */
export function circlesRound(commune: string): Circles {
  const known = drawn.get(commune);
  if (known) return known;
  const siren = epciOf(commune) ?? null;
  const sirensAround = siren === null ? [] : [...new Set([siren, ...neighboursOf(siren)])];
  const departement = departementOf(commune);
  const circles = {
    commune,
    epci: siren === null ? [commune] : communesOfEpci(siren),
    around: siren === null ? [commune] : sirensAround.flatMap(communesOfEpci),
    departement,
    siren,
    sirensAround,
    sirens: [...new Set([...sirensAround, ...epciOfDepartement(departement)])],
  };
  if (drawn.size >= mostDrawn) drawn.clear();
  drawn.set(commune, circles);
  return circles;
}

/** Whoever is nowhere in particular is at the structure's own: `placedAt` and `receivesAt` only bring it nearer. */
export const nearnessOf = ({ communes, departement, placedAt, receivesAt }: Sites, commune: string): Nearness => {
  const circles = circlesRound(commune);
  return nearestOf([
    communes === null ? (departement === circles.departement ? 'department' : 'elsewhere') : ofArea(communes, circles),
    ...receivesAt.map((place) => ofArea([place], circles)),
    ...placedAt.map((siren) => ofEpci(siren, circles)),
  ]);
};

/** @param siren of the EPCI where somebody works */
export const nearnessOfEpci = (siren: string, commune: string): Nearness => ofEpci(siren, circlesRound(commune));

/** The innermost circle that holds all of it: the smaller a territory round the commune, the nearer; a town hall is in the town. */
function ofArea(communes: readonly string[], { commune, epci, around, departement }: Circles): Nearness {
  const lieIn = (circle: readonly string[]): boolean => communes.every((one) => circle.includes(one));
  if (communes.length === 0) return 'elsewhere';
  if (lieIn([commune])) return 'same_commune';
  if (lieIn(epci)) return 'same_epci';
  if (lieIn(around)) return 'neighbouring_epci';
  return communes.some((one) => one.startsWith(departement)) ? 'department' : 'elsewhere';
}

function ofEpci(at: string, { siren, sirensAround, sirens }: Circles): Nearness {
  if (at === siren) return 'same_epci';
  if (sirensAround.includes(at)) return 'neighbouring_epci';
  return sirens.includes(at) ? 'department' : 'elsewhere';
}

export const nearestOf = (all: readonly Nearness[]): Nearness =>
  nearnessValues.find((one) => all.includes(one)) ?? 'department';
