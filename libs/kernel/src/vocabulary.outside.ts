/** Words of what is asked of an organisation outside the network. */
import { valuesOf } from './vocabulary';
import type { ReferralOutcome } from './vocabulary.referrals';

/** Whom residents are sent to who is in no structure of the network. */
export const outsideRecipients = {
  caf: 'Caf',
  cpam: 'Assurance maladie',
  carsat: 'Assurance retraite',
  msa: 'MSA',
  france_travail: 'France Travail',
  france_services: 'France Services',
  mission_locale: 'Mission locale',
  departement: 'Service social du Département',
  town_hall: 'Mairie ou CCAS',
  prefecture: 'Préfecture ou sous-préfecture',
  taxes: 'Service des impôts',
  justice: 'Accès au droit ou tribunal',
  health: 'Professionnel ou établissement de santé',
  association: 'Association hors du réseau',
  unlisted: 'Autre organisme',
} as const;
export const outsideRecipientValues = valuesOf(outsideRecipients);

export const outsideStatuses = {
  sent: 'Suite attendue',
  reported: 'Suite connue',
  unknown: 'Suite inconnue',
  entered_in_error: 'Saisie par erreur',
} as const;
export type OutsideStatus = keyof typeof outsideStatuses;
export const outsideStatusValues = valuesOf(outsideStatuses);

export const outsideMeans = {
  printed: 'Fiche imprimée, remise à la personne',
  emailed: 'Fiche envoyée par courriel',
  told: 'Indiqué à l’oral',
} as const;
export type OutsideMeans = keyof typeof outsideMeans;
export const outsideMeansValues = valuesOf(outsideMeans);

export const outsideOutcomes = {
  helped: 'Aide apportée',
  helped_partially: 'Aide apportée en partie',
  could_not_help: 'Aide impossible',
  no_show: 'N’y est pas allé',
  no_longer_needed: 'Besoin disparu',
} as const satisfies Partial<Record<ReferralOutcome, string>>;
export type OutsideOutcome = keyof typeof outsideOutcomes;
export const outsideOutcomeValues = valuesOf(outsideOutcomes);

/** What the organisation answers by itself, behind a link. */
export const outsideAnswers = {
  acknowledged: 'Demande reçue',
  accepted: 'Demande acceptée',
  declined: 'Demande refusée',
  reported: 'Suite donnée',
} as const;
export type OutsideAnswer = keyof typeof outsideAnswers;
export const outsideAnswerValues = valuesOf(outsideAnswers);

export const outsideReporters = {
  sender: 'Dit par la structure qui a orienté',
  recipient: 'Dit par l’organisme lui-même',
} as const;
export const outsideReporterValues = valuesOf(outsideReporters);

/** Why a link opens no more. */
export const answerLinkEnds = {
  answered: 'L’organisme a répondu',
  revoked: 'Lien retiré',
  expired: 'Délai passé',
  wrong_codes: 'Trop de codes erronés',
  opened_too_often: 'Ouvert trop de fois',
  taken_back: 'Orientation saisie par erreur',
  objection: 'Opposition de la personne',
  case_closed: 'Suivi clos',
  part_ended: 'La structure ne participe plus au suivi',
} as const;
export type AnswerLinkEnd = keyof typeof answerLinkEnds;
export const answerLinkEndValues = valuesOf(answerLinkEnds);
