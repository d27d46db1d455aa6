/** Places by what somebody says: a name, a postal code, an INSEE code; also former communes and districts, with the commune they belong to now. */
import { nameWords } from '@fil-rouge/kernel';
import { communeName, epciName, epciOf, once, readCommunes, type CommuneOfFile } from './communes.service';

export interface Place {
  readonly code: string;
  readonly name: string;
  readonly kind: 'commune' | 'former' | 'district';
  readonly postalCodes: readonly string[];
  /** Of the group of communes it belongs to. */
  readonly epci?: { readonly code: string; readonly name: string };
  /** Of a former commune or a district: what is written in a record. */
  readonly successor?: { readonly code: string; readonly name: string };
}

interface Entry extends Place {
  /** Folded, a space before each word, so that the beginning of a word is found as ` word`. */
  readonly words: string;
  readonly formerCodes: readonly string[];
  readonly population: number;
}

const kinds: Readonly<Record<string, Place['kind']>> = {
  'commune-actuelle': 'commune',
  'commune-deleguee': 'former',
  'commune-associee': 'former',
  'arrondissement-municipal': 'district',
};

/** As they are said and written: `St Calais`, `Ste-Jamme`. */
const written = (word: string): string => (word === 'st' ? 'saint' : word === 'ste' ? 'sainte' : word);
const wordsOf = (name: string): string[] => nameWords(name).map(written);

/** 37,000 places, some 15 MB: made when somebody first looks for one. */
const entries = once((): Entry[] =>
  readCommunes()
    .map(entryOf)
    .filter((entry) => entry !== undefined)
    .sort((a, b) => b.population - a.population),
);

function entryOf({
  code,
  nom: name,
  type,
  codesPostaux = [],
  anciensCodes = [],
  chefLieu,
  commune,
  population = 0,
}: CommuneOfFile): Entry | undefined {
  const kind = kinds[type];
  const successor = chefLieu ?? commune;
  const successorName = successor === undefined ? undefined : communeName(successor);
  // The seat of a new commune often keeps its name and code: one place, said once.
  if (
    kind === undefined ||
    (kind !== 'commune' && (successorName === undefined || (successor === code && successorName === name)))
  )
    return undefined;
  return {
    code,
    name,
    kind,
    postalCodes: codesPostaux,
    words: ` ${wordsOf(name).join(' ')}`,
    formerCodes: anciensCodes,
    population,
    ...(successor !== undefined && successorName !== undefined
      ? { successor: { code: successor, name: successorName } }
      : {}),
  };
}

/** Of a place that fits, how well: the smaller the better; null when it does not. */
type Fit = (entry: Entry) => number | null;

const byCode =
  (digits: string): Fit =>
  ({ code, postalCodes, formerCodes }) => {
    if (code === digits || postalCodes.includes(digits)) return 0;
    if (formerCodes.includes(digits)) return 1;
    return code.startsWith(digits) || postalCodes.some((postal) => postal.startsWith(digits)) ? 2 : null;
  };

const byName =
  (asked: readonly string[]): Fit =>
  ({ words }) => {
    if (!asked.every((word) => words.includes(` ${word}`))) return null;
    const whole = ` ${asked.join(' ')}`;
    return words === whole ? 0 : words.startsWith(whole) ? 1 : 2;
  };

/** La Poste numbers who receives much with codes that no commune has; they begin like the one of the town. The largest there is meant, most likely. */
const byCedex =
  (digits: string): Fit =>
  ({ kind, postalCodes }) =>
    kind === 'commune' && postalCodes.some((postal) => postal.startsWith(digits.slice(0, 3))) ? 0 : null;

/** The last line of an address: the name says it, the code which one of that name. A code of another département is of another place. */
const byLine =
  (digits: string, names: readonly string[]): Fit =>
  (entry) => {
    const fits = byName(names)(entry);
    if (fits === null || !entry.code.startsWith(digits.slice(0, 2))) return null;
    return entry.postalCodes.includes(digits) || entry.code === digits ? fits : fits + 3;
  };

/** In the order in which they are tried: the next one where nothing fits. */
function fitsFor(asked: string): Fit[] {
  const all = wordsOf(asked);
  const cedex = all.indexOf('cedex');
  const words = all.filter((word, at) => at !== cedex && !(cedex !== -1 && at > cedex && /^\d{1,2}$/.test(word)));
  const whole = words.join('').toUpperCase();
  if (whole === '') return [];
  if (/^(\d|2[AB])\d*$/.test(whole)) {
    const full = whole.length === 5;
    return cedex === -1 ? [byCode(whole), ...(full ? [byCedex(whole)] : [])] : [byCedex(whole)];
  }
  const code = words.find((word) => /^(\d{2}|2[ab])\d{3}$/.test(word));
  return code === undefined
    ? [byName(words)]
    : [
        byLine(
          code.toUpperCase(),
          words.filter((word) => word !== code),
        ),
      ];
}

/**
 * The places that fit best, at home first.
 * @param departement where most who ask live: between two places of one name theirs comes first
 */
export function findPlaces(
  asked: string,
  { limit, departement = '72' }: { readonly limit: number; readonly departement?: string },
): Place[] {
  const far = (entry: Entry): number => (entry.code.startsWith(departement) ? 0 : 1);
  for (const fit of fitsFor(asked)) {
    const found = entries()
      .map((entry) => ({ entry, fits: fit(entry) }))
      .filter((one): one is { entry: Entry; fits: number } => one.fits !== null);
    if (found.length === 0) continue;
    return (
      found
        // Stable: equals stay by population.
        .sort((a, b) => a.fits - b.fits || far(a.entry) - far(b.entry))
        .slice(0, limit)
        .map(({ entry }) => placeOf(entry))
    );
  }
  return [];
}

function placeOf({ code, name, kind, postalCodes, successor }: Entry): Place {
  const siren = epciOf(successor?.code ?? code);
  return {
    code,
    name,
    kind,
    postalCodes,
    ...(siren === undefined ? {} : { epci: { code: siren, name: epciName(siren)! } }),
    ...(successor ? { successor } : {}),
  };
}
