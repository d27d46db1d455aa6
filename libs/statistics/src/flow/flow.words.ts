/** What the figures of referrals and handovers are called, and what they mean: said beside them, in the answer itself. Pure. */
import {
  declineReasons,
  handoverKinds,
  handoverStatuses,
  referralOutcomes,
  referralResults,
  referralStatuses,
  returnReasons,
  themes,
  withdrawReasons,
  type FlowSide,
  type StatisticDimension,
  type Vocabulary,
} from '@fil-rouge/kernel';
import { innerOf, outerOf, type FlowMeasure } from './flow';

interface Words {
  readonly label: string;
  readonly definition: string;
}

export const flowWords: Readonly<Record<FlowMeasure, Words>> = {
  sent: { label: 'Orientations envoyées', definition: 'Orientations envoyées dans la période, au jour de leur envoi.' },
  answered: {
    label: 'Réponses',
    definition:
      'Orientations acceptées ou refusées dans la période. Le délai va du jour de l’envoi au jour de la réponse, week-ends et jours fériés compris.',
  },
  ended: {
    label: 'Orientations finies',
    definition: 'Orientations qui ont pris fin dans la période, quel que soit le jour de leur envoi.',
  },
  handovers: {
    label: 'Passations',
    definition:
      'Passations et demandes qui ont abouti ou pris fin dans la période, y compris celles d’un départ et celles entre collègues d’une même structure.',
  },
  unhelped: {
    label: 'Personne ici ne prend cela',
    definition:
      'Orientations refusées, ou restées sans réponse jusqu’à leur fin, dans la période. Une même orientation peut avoir plusieurs thèmes.',
  },
};

/** Of one theme that nobody took. */
export const gapDefinition = 'Où habitent les personnes pour qui cela a été demandé et que personne n’a pris.';
export const nowDefinition =
  'Ce qui est ouvert maintenant, quelle que soit la période. Une orientation est sans fin tant qu’elle n’est ni terminée, ni refusée, ni reprise. Elle est en retard quand le délai de réponse est passé.';
export const notTimed = 'Les délais sont donnés pour un seul trimestre à la fois.';

const reasons: Readonly<Record<keyof typeof referralResults, Vocabulary>> = {
  answered: referralOutcomes,
  unhelped: { ...declineReasons, expired: 'Restée sans réponse' },
  returned: returnReasons,
  taken_back: { ...withdrawReasons, cancelled: 'Annulée' },
};

const nameOf = (names: Readonly<Record<string, string>>, id: string): string => names[id] ?? 'Une structure';

/** @param names of the structures that are told of */
export function flowLabel(
  dimension: StatisticDimension,
  code: string,
  names: Readonly<Record<string, string>>,
): string {
  const [outer, inner] = [outerOf(code), innerOf(code)];
  switch (dimension) {
    case 'theme':
      return themes[code as keyof typeof themes] ?? code;
    case 'asked':
      return nameOf(names, code);
    case 'pair':
      return code
        .split('/')
        .map((id) => nameOf(names, id))
        .join(' → ');
    case 'result':
      return referralResults[code as keyof typeof referralResults];
    case 'reason':
      return `${referralResults[outer as keyof typeof referralResults]} : ${reasons[outer as keyof typeof referralResults][inner] ?? referralStatuses.cancelled}`;
    case 'handover_kind':
      return handoverKinds[code as keyof typeof handoverKinds] ?? code;
    default:
      return `${handoverKinds[outer as keyof typeof handoverKinds] ?? outer} : ${handoverStatuses[inner as keyof typeof handoverStatuses] ?? inner}`;
  }
}

/** What a structure was asked has no themes: it reads them while it is asked, or helps, and no longer. */
export const tablesOfSide = (side: FlowSide | undefined, dimension: StatisticDimension): boolean =>
  side !== 'received' || dimension !== 'theme';
