import { readFileSync } from 'node:fs';
import type { Territory } from '../structure/structure';

export interface CommuneOfFile {
  readonly code: string;
  readonly nom: string;
  /** `commune-actuelle`, `commune-deleguee`, `commune-associee` or `arrondissement-municipal`. */
  readonly type: string;
  readonly codesPostaux?: string[];
  readonly anciensCodes?: string[];
  /** Of a former commune: the one it belongs to now. */
  readonly chefLieu?: string;
  /** Of a district: its town. */
  readonly commune?: string;
  readonly population?: number;
}

interface Epci {
  code: string;
  nom: string;
  membres: { code: string }[];
}

/** Read once, when first asked; only what is asked for is kept of 12 MB (`import` would keep all of it). */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const read = <T>(file: string): T[] =>
  JSON.parse(readFileSync(require.resolve(`@etalab/decoupage-administratif/data/${file}.json`), 'utf8')) as T[];

/** Everything the file says of places; whoever asks keeps little of it. */
export const readCommunes = (): CommuneOfFile[] => read<CommuneOfFile>('communes');

interface Known {
  /** Communes as they are today: merged ones and the districts of Paris, Lyon and Marseille have no council of their own. */
  readonly names: ReadonlyMap<string, string>;
  /** INSEE codes that are also a postal code, and of which other communes. */
  readonly alsoPostal: ReadonlyMap<string, readonly string[]>;
}

const known = once((): Known => {
  const today = readCommunes().filter(({ type }) => type === 'commune-actuelle');
  const names = new Map(today.map(({ code, nom }) => [code, nom]));
  const alsoPostal = new Map<string, string[]>();
  for (const { code, codesPostaux = [] } of today) {
    for (const postal of codesPostaux.filter((one) => names.has(one)))
      alsoPostal.set(postal, [...(alsoPostal.get(postal) ?? []), code]);
  }
  // Where the code is the commune's own postal code too, nobody means another one.
  for (const [code, communes] of alsoPostal) if (communes.includes(code)) alsoPostal.delete(code);
  return { names, alsoPostal };
});
const epci = once(
  () =>
    new Map(
      read<Epci>('epci').map(({ code, nom, membres }) => [
        code,
        { name: nom, communes: membres.map((membre) => membre.code) },
      ]),
    ),
);
const epciOfCommune = once(
  () => new Map([...epci()].flatMap(([siren, { communes }]) => communes.map((commune) => [commune, siren] as const))),
);
const neighbours = once(() => {
  const byPostalCode = new Map<string, Set<string>>();
  for (const { code, type, codesPostaux = [] } of readCommunes()) {
    const siren = type === 'commune-actuelle' ? epciOfCommune().get(code) : undefined;
    if (siren)
      for (const postal of codesPostaux) byPostalCode.set(postal, (byPostalCode.get(postal) ?? new Set()).add(siren));
  }
  const found = new Map<string, Set<string>>();
  for (const together of byPostalCode.values())
    for (const siren of together) found.set(siren, new Set([...(found.get(siren) ?? []), ...together]));
  return found;
});
const departements = new Map<string, string[]>();
const epciOfDepartements = new Map<string, string[]>();

/** Is this the INSEE code of a commune of today? */
export const isCommune = (code: string): boolean => known().names.has(code);

/** Official name, `Le Mans`; undefined for an unknown code. */
export const communeName = (code: string): string | undefined => known().names.get(code);

/** Of an INSEE code that is also a postal code: the communes whose postal code it is (72200 is Moncé-en-Belin's, and La Flèche's postal code). */
export const communesByPostalCode = (code: string): readonly string[] => known().alsoPostal.get(code) ?? [];
/** Is this the SIREN of an EPCI (communauté de communes, d'agglomération, urbaine, métropole)? */
export const isEpci = (siren: string): boolean => epci().has(siren);

/** Official name, `CC Sud Sarthe`; undefined for an unknown SIREN. */
export const epciName = (siren: string): string | undefined => epci().get(siren)?.name;

/** The EPCI that a commune belongs to; undefined for an unknown code, and for the few islands that belong to none. */
export const epciOf = (commune: string): string | undefined => epciOfCommune().get(commune);

/** EPCI that share a postal code with this one, itself included. */
export const neighboursOf = (siren: string): ReadonlySet<string> => neighbours().get(siren) ?? new Set();

/** INSEE codes of an EPCI's communes, which may lie in several départements. Throws for an unknown SIREN. */
export function communesOfEpci(siren: string): string[] {
  const found = epci().get(siren);
  if (!found) throw new RangeError(`${siren} is not the SIREN of an EPCI`);
  return [...found.communes].sort();
}

/** SIREN of the EPCI that have a commune in the département. */
export function epciOfDepartement(departement: string): string[] {
  const found =
    epciOfDepartements.get(departement) ??
    [...epci()]
      .filter(([, { communes }]) => communes.some((code) => code.startsWith(departement)))
      .map(([siren]) => siren);
  epciOfDepartements.set(departement, found);
  return found;
}

/** INSEE codes of a département's communes, in order; empty for an unknown one. */
export function communesOfDepartement(departement: string): string[] {
  const found =
    departements.get(departement) ?? [...known().names.keys()].filter((code) => code.startsWith(departement)).sort();
  departements.set(departement, found);
  return found;
}

/** A list of communes as it is kept: a whole département by its code, whatever the order of the list. */
export function territoryOf(codes: readonly string[]): Territory {
  const unique = [...new Set(codes)].sort();
  const departement = unique[0]?.slice(0, /^9[78]/.test(unique[0]) ? 3 : 2) ?? '';
  const whole = communesOfDepartement(departement);
  const isWhole =
    departement !== '' && whole.length === unique.length && whole.every((code, index) => code === unique[index]);
  return isWhole ? { communes: null, departement } : { communes: unique, departement: null };
}

/** The same list again. */
export const communesOf = ({
  communes: codes,
  departement,
}: {
  communes: string[] | null;
  departement: string | null;
}): string[] => codes ?? (departement === null ? [] : [...communesOfDepartement(departement)]);
