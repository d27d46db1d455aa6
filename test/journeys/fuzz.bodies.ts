/** Bodies with every member there is, for the samples. */
import { newSession } from './driver';

export const resident = {
  firstName: 'Eulalie',
  lastName: 'Essai',
  birthName: 'Épreuve',
  birthYear: 1970,
  phone: '0639980000',
  email: 'eulalie@exemple.fr',
  commune: '72264',
  gender: 'feminin',
  status: 'retraite',
  language: 'ar',
  interpreter: true,
  representative: { name: 'Udaf', right: 'curatelle', phone: '0639980001', email: 'udaf@exemple.fr' },
};

export const walkIn = {
  ...newSession({ date: '2026-01-20' }),
  autonomy: 'autonome',
  ageBracket: 'soixante_dix_plus',
  gender: 'feminin',
  residentStatus: 'retraite',
};
