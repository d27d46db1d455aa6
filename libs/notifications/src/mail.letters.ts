/**
 * The e-mails, plain text in French, composed when they are sent. Structures and verbs, and a link that needs a sign-in: nothing about a
 * resident leaves the system, neither in a text nor in an address. Pure.
 */
import type { Uuid } from '@fil-rouge/kernel';

export interface Letter {
  readonly subject: string;
  readonly text: string;
}

export interface Place {
  readonly caseId: Uuid | null;
  readonly referralId: Uuid | null;
  readonly handoverId: Uuid | null;
}

const signature = 'Ce message est envoyé automatiquement par Fil Rouge, merci de ne pas y répondre.';

/** @param title of the notification; becomes the subject */
export const notificationLetter = (title: string, place: Place, publicUrl: string): Letter => ({
  subject: title,
  text: body(`${title}.`, 'Pour en savoir plus, connectez-vous\u00a0:', `${publicUrl}/#/${pathOf(place)}`),
});

export const invitationLetter = (token: string, publicUrl: string): Letter => ({
  subject: 'Votre invitation à rejoindre Fil Rouge',
  text: body(
    'Une invitation à rejoindre Fil Rouge vous attend.',
    'Pour choisir votre mot de passe, ouvrez ce lien (il sert une seule fois, pendant sept jours)\u00a0:',
    `${publicUrl}/#/invitations/${token}`,
  ),
});

const pathOf = ({ caseId, referralId, handoverId }: Place): string => {
  if (referralId) return `referrals/${referralId}`;
  if (handoverId) return `handovers/${handoverId}`;
  return caseId ? `cases/${caseId}` : 'notifications';
};

const body = (...paragraphs: string[]): string => ['Bonjour,', ...paragraphs, signature, ''].join('\n\n');
