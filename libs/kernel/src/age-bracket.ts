/** The age brackets of the national tool, and how it counts. */
import type { LocalDate } from './calendar';
import { valuesOf } from './vocabulary';

export const ageBrackets = {
  moins_de_douze: 'Moins de 12 ans',
  // The value says eighteen, the national label and its computation say seventeen.
  douze_dix_huit: '12 - 17 ans',
  dix_huit_vingt_quatre: '18 - 24 ans',
  vingt_cinq_trente_neuf: '25 - 39 ans',
  quarante_cinquante_neuf: '40 - 59 ans',
  soixante_soixante_neuf: '60 - 69 ans',
  soixante_dix_plus: '70 ans et plus',
  non_communique: 'Non communiqué',
} as const;
export type AgeBracket = keyof typeof ageBrackets;
export const ageBracketValues = valuesOf(ageBrackets);

const firstAgeOf: readonly (readonly [number, AgeBracket])[] = [
  [70, 'soixante_dix_plus'],
  [60, 'soixante_soixante_neuf'],
  [40, 'quarante_cinquante_neuf'],
  [25, 'vingt_cinq_trente_neuf'],
  [18, 'dix_huit_vingt_quatre'],
  [12, 'douze_dix_huit'],
  [0, 'moins_de_douze'],
];

/** By the age reached during the year of `onDate`, as the national tool counts; `non_communique` without a birth year or before it. */
export function ageBracketOf(birthYear: number | undefined, onDate: LocalDate): AgeBracket {
  if (birthYear === undefined) return 'non_communique';
  const age = Number(onDate.slice(0, 4)) - birthYear;
  return firstAgeOf.find(([firstAge]) => age >= firstAge)?.[1] ?? 'non_communique';
}
