import type { Sentences } from './french';

/** What the rules of all say. */
export const kernelSentences: Sentences = {
  'This does not exist, or you have no access to it.': 'Ceci n’existe pas, ou vous n’y avez pas accès.',
  'Your role does not allow this.': 'Votre rôle ne permet pas cette action.',
  'This has changed since you read it. Read it again, then decide.':
    'Ceci a changé depuis que vous l’avez lu. Relisez-le, puis décidez.',
  'This is not possible in the present state ({}).': 'Ce n’est pas possible dans l’état actuel ({word}).',

  '{} cannot lie in the future.': '{said} ne peut pas être dans l’avenir.',
  '{} lies too far ahead: {} at the latest.': '{said} est trop loin dans l’avenir : au plus tard le {}.',
  '{} cannot be past.': '{said} ne peut pas être passé.',
  '{} lies too far back: {} at the earliest.': '{said} est trop ancien : au plus tôt le {}.',
  'The day on which the resident was informed': 'Le jour où la personne a été informée',
  'The day of an appointment': 'Le jour d’un rendez-vous',
  'The day of an objection': 'Le jour d’une opposition',
  'The day on which it took place': 'Le jour où cela a eu lieu',
  'The day until which it is on hold': 'Le jour de la fin de la pause',
  'A day of an absence': 'Un jour d’absence',
  'The day of a decision': 'Le jour d’une décision',
  'The first day of an employment': 'Le premier jour d’un emploi',
  'The last day of an employment': 'Le dernier jour d’un emploi',
  'A day of an export': 'Un jour d’un export',
  'The first day of a convention': 'Le premier jour d’une convention',
  'The last day of a convention': 'Le dernier jour d’une convention',
};
