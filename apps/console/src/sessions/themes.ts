import type { Shape } from '../api/client';
import type { Words } from '../api/words';
import type { Choice } from '../pieces/Choices';

export type Theme = Shape<'RecordSessionBody'>['themes'][number];

/** What most sessions are about: in sight when nothing is known of the resident yet. */
const frequent: readonly Theme[] = [
  'prendre_en_main_du_materiel',
  'navigation_sur_internet',
  'email',
  'aide_aux_demarches_administratives',
  'securite_numerique',
  'insertion_professionnelle',
  'sante',
  'banque_et_achats_en_ligne',
];

/** Those the follow-up is about first, then the frequent ones: eight in sight, the others folded. */
export function themesFor(words: Words, known: readonly string[]): { near: Choice<Theme>[]; others: Choice<Theme>[] } {
  const all = words.all('themes') as readonly Choice<Theme>[];
  const first = new Set([...new Set([...known, ...frequent])].slice(0, Math.max(8, known.length)));
  const near = [...first].flatMap((code) => all.find((one) => one.code === code) ?? []);
  return { near, others: all.filter(({ code }) => !first.has(code)) };
}
