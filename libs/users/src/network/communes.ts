import { readFileSync } from 'node:fs';
import type { Territory } from '../structure';

interface Commune {
  code: string;
  nom: string;
  type: string;
}

interface Epci {
  code: string;
  nom: string;
  membres: { code: string }[];
}

/** Read once, when first asked; only codes and names are kept of 12 MB (`import` would keep all of it). */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const read = <T>(file: string): T[] => JSON.parse(readFileSync(require.resolve(`@etalab/decoupage-administratif/data/${file}.json`), 'utf8')) as T[];

/** Communes as they are today: merged ones and the districts of Paris, Lyon and Marseille have no council of their own. */
const communes = once(() => new Map(read<Commune>('communes').filter(({ type }) => type === 'commune-actuelle').map(({ code, nom }) => [code, nom])));
const epci = once(() => new Map(read<Epci>('epci').map(({ code, nom, membres }) => [code, { name: nom, communes: membres.map((membre) => membre.code) }])));
const departements = new Map<string, string[]>();

/** Is this the INSEE code of a commune of today? */
export const isCommune = (code: string): boolean => communes().has(code);

/** Official name, `Le Mans`; undefined for an unknown code. */
export const communeName = (code: string): string | undefined => communes().get(code);

/** Is this the SIREN of an EPCI (communauté de communes, d'agglomération, urbaine, métropole)? */
export const isEpci = (siren: string): boolean => epci().has(siren);

/** Official name, `CC Sud Sarthe`; undefined for an unknown SIREN. */
export const epciName = (siren: string): string | undefined => epci().get(siren)?.name;

/** INSEE codes of an EPCI's communes, which may lie in several départements. Throws for an unknown SIREN. */
export function communesOfEpci(siren: string): string[] {
  const found = epci().get(siren);
  if (!found) throw new RangeError(`${siren} is not the SIREN of an EPCI`);
  return [...found.communes].sort();
}

/** INSEE codes of a département's communes, in order; empty for an unknown one. */
export function communesOfDepartement(departement: string): string[] {
  const known = departements.get(departement) ?? [...communes().keys()].filter((code) => code.startsWith(departement)).sort();
  departements.set(departement, known);
  return known;
}

/** A list of communes as it is kept: a whole département by its code, whatever the order of the list. */
export function territoryOf(codes: readonly string[]): Territory {
  const unique = [...new Set(codes)].sort();
  const departement = unique[0]?.slice(0, /^9[78]/.test(unique[0]) ? 3 : 2) ?? '';
  const whole = communesOfDepartement(departement);
  const isWhole = departement !== '' && whole.length === unique.length && whole.every((code, index) => code === unique[index]);
  return isWhole ? { communes: null, departement } : { communes: unique, departement: null };
}

/** The same list again. */
export const communesOf = ({ communes: codes, departement }: { communes: string[] | null; departement: string | null }): string[] =>
  codes ?? (departement === null ? [] : [...communesOfDepartement(departement)]);
