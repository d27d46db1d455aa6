/** What the figures are called, and what they mean: said beside them, in the answer itself. Pure. */
import {
  ageBrackets,
  autonomies,
  equipments,
  genders,
  places,
  residentStatuses,
  themes,
  workshopLevels,
  type StatisticDimension,
  type Vocabulary,
} from '@fil-rouge/kernel';
import { unknown, type Measure } from './figure';

interface Words {
  readonly label: string;
  readonly definition: string;
}

export const measures: Readonly<Record<Measure, Words>> = {
  people: {
    label: 'Personnes suivies',
    definition:
      'Personnes au nom desquelles au moins un accompagnement ou une participation à un atelier a été saisi dans la période. Chacune compte une fois, même suivie par plusieurs structures ou sur deux dossiers fusionnés. Les accompagnements anonymes n’en font pas partie.',
  },
  sessions: {
    label: 'Accompagnements individuels',
    definition:
      'Accompagnements faits dans la période, au jour où ils ont eu lieu et non au jour de leur saisie. Ce qui a été saisi par erreur ne compte pas. D’une personne effacée, il ne reste que le mois : ses accompagnements comptent au premier jour de ce mois.',
  },
  anonymousSessions: {
    label: 'Accompagnements anonymes',
    definition:
      'Accompagnements de personnes qui n’ont pas voulu donner leur nom. On ne sait pas combien de personnes ils représentent.',
  },
  workshops: { label: 'Ateliers collectifs', definition: 'Ateliers tenus dans la période.' },
  participations: {
    label: 'Participations à un atelier',
    definition: 'Participations de personnes suivies : une personne venue à trois ateliers compte trois fois.',
  },
  anonymousParticipations: {
    label: 'Participations anonymes à un atelier',
    definition:
      'Participants qui n’ont pas donné leur nom. Âge, genre et situation sont comptés séparément et ne peuvent pas être croisés.',
  },
};

/** Of a table, where its name does not say it. */
export const definitions: Partial<Record<StatisticDimension, string>> = {
  theme: 'Un même accompagnement peut avoir plusieurs thèmes : leur somme dépasse le total.',
  equipment: 'Un même accompagnement peut se faire avec plusieurs matériels.',
  autonomy: 'Autonomie de la personne ce jour-là, quand elle a été notée.',
};
/** Where people live, and where something was done, are not the same commune. */
export const placeDefinition = (measure: Measure): string =>
  measure === 'people'
    ? 'Commune où habite la personne, telle qu’on la connaît à ce jour.'
    : 'Commune où cela s’est passé.';

export const notSummed =
  'Le nombre de personnes suivies n’est donné que pour un mois ou pour une année civile terminée : de deux périodes qui se chevauchent, on pourrait déduire la présence d’une seule personne.';

const vocabularies: Partial<Record<StatisticDimension, Vocabulary>> = {
  theme: themes,
  place: places,
  equipment: equipments,
  autonomy: autonomies,
  level: workshopLevels,
  age_bracket: ageBrackets,
  gender: genders,
  resident_status: residentStatuses,
};

/** @param nameOf of a commune or an EPCI */
export const labelOf = (
  dimension: StatisticDimension,
  code: string,
  nameOf: (dimension: 'commune' | 'epci', code: string) => string | undefined,
): string =>
  code === unknown
    ? 'Non renseigné'
    : ((dimension === 'commune' || dimension === 'epci' ? nameOf(dimension, code) : vocabularies[dimension]?.[code]) ??
      code);
