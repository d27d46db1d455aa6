/**
 * What a refusal says in French. The rules say it in English, once, where they refuse; here its French stands beside it, found by the English sentence
 * itself. So no rule knows of languages, both say the same with the same data, and a sentence without its French is found by a test. Pure.
 */
import type { ProblemCode } from './problem';
import { vocabularies } from './vocabularies';

/** English → French. `{}`: what a sentence is filled in with, itself said in French where it stands here: a part of a sentence, a name, a number, a day. */
export type Sentences = Readonly<Record<string, string>>;

/** Every kind of refusal in a few words, as `title`. */
export const titlesInFrench: Readonly<Record<ProblemCode, string>> = {
  'malformed-json': 'Requête illisible',
  'malformed-request': 'Requête illisible',
  unauthenticated: 'Connexion nécessaire',
  'second-factor-required': 'Code demandé',
  forbidden: 'Action non autorisée',
  'second-factor-missing': 'Deuxième étape à mettre en place',
  'not-found': 'Introuvable',
  'request-timeout': 'Requête trop lente',
  'wrong-state': 'Impossible dans l’état actuel',
  'open-handover': 'Passation en cours',
  'open-referrals': 'Orientations en cours',
  'possible-duplicate': 'Personne peut-être déjà suivie',
  'duplicate-referral': 'Orientation déjà envoyée',
  'choose-structure': 'Structure à choisir',
  unreadable: 'Dossier endommagé',
  stale: 'Modifié entre-temps',
  'too-large': 'Requête trop volumineuse',
  'unsupported-type': 'Format non accepté',
  'expectation-failed': 'Attente non satisfaite',
  invalid: 'Saisie à corriger',
  'recipient-unavailable': 'Structure indisponible',
  'recipient-not-active': 'Structure inactive',
  'out-of-area': 'Hors du territoire de la structure',
  objection: 'Opposition de la personne',
  'not-informed': 'Personne à informer d’abord',
  cycle: 'Structure déjà dans la chaîne',
  'too-deep': 'Trop d’orientations à la suite',
  'idempotency-key-reused': 'Clé déjà utilisée',
  'too-many-requests': 'Trop de demandes',
  'headers-too-large': 'En-têtes trop volumineux',
  'internal-error': 'Erreur de notre côté',
  unavailable: 'Service indisponible',
  busy: 'Dossier occupé',
};

/** In the English nothing stands in the braces. In the French: the next part, the one of that number, the next one as the label of a state, or one that must have its French too. */
const placeholder = /\{(\d|word|said|)\}/g;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface Pattern {
  readonly pattern: RegExp;
  readonly french: string;
}

/** Says English sentences in French; what it does not know is undefined. */
export function inFrench(sentences: Sentences): (english: string) => string | undefined {
  // The longest first: what says more of a sentence is tried before what says less.
  const patterns: Pattern[] = Object.entries(sentences)
    .filter(([english]) => english.includes('{}'))
    .toSorted(([one], [other]) => other.length - one.length)
    .map(([english, french]) => ({
      pattern: new RegExp(`^${english.split('{}').map(escaped).join('([^]+?)')}$`),
      french,
    }));
  const say = (english: string): string | undefined => {
    if (Object.hasOwn(sentences, english)) return sentences[english];
    for (const { pattern, french } of patterns) {
      const [, ...parts] = pattern.exec(english) ?? [];
      const told = parts.length > 0 ? filled(french, parts) : undefined;
      if (told !== undefined) return told;
    }
    return undefined;
  };
  const filled = (french: string, parts: readonly string[]): string | undefined => {
    let next = 0;
    let isKnown = true;
    const told = french.replace(placeholder, (_, which: string) => {
      const part = parts[/^\d$/.test(which) ? Number(which) - 1 : next++] ?? '';
      if (which === 'word') return labelOf(part);
      const said = say(part);
      if (which === 'said' && said === undefined) isKnown = false;
      return said ?? dayOf(part);
    });
    return isKnown ? told : undefined;
  };
  return say;
}

/** A state as the first list of states that has it calls it; what none has stays as it is. */
const labelOf = (code: string): string =>
  Object.entries(vocabularies).find(([name, list]) => /statuses$/i.test(name) && Object.hasOwn(list, code))?.[1][
    code
  ] ?? code;

/** A day as it is written in French; anything else as it is. */
const dayOf = (part: string): string => part.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1');

/** Whether French is wanted more than English, by the weights of `Accept-Language` (RFC 9110 §12.5.4); of two that weigh the same, the one that stands first. */
export function prefersFrench(header = ''): boolean {
  const ranges = header
    .slice(0, 1000)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
      return { language: tag.split('-')[0]!, weight: weight === undefined ? 1 : weightOf(weight) };
    });
  const strongest = (...languages: string[]) =>
    ranges
      .filter(({ language }) => languages.includes(language))
      .toSorted((one, other) => other.weight - one.weight)[0];
  const french = strongest('fr');
  const english = strongest('en') ?? strongest('*');
  if (!french || french.weight === 0) return false;
  if (!english || french.weight > english.weight) return true;
  return french.weight === english.weight && ranges.indexOf(french) < ranges.indexOf(english);
}

const weightOf = (text: string): number => (/^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text) ? Number(text) : 0);
