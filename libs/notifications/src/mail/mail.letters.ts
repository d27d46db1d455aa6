/**
 * The e-mails, plain text in French, composed when they are sent. Structures and verbs, and a link that needs a sign-in: nothing about a
 * resident leaves the system, neither in a text nor in an address. Pure.
 */
import type { Instant, Uuid } from '@fil-rouge/kernel';
import type { Invite, Reminder } from './appointment.invites';

/** What an e-mail is about; kept with its row. */
export type Letter =
  | 'notification'
  | 'appointment'
  | 'reminder'
  | 'invitation'
  | 'password-reset'
  | 'email-change'
  | 'email-changed'
  | 'answer-link';

export interface Written {
  readonly subject: string;
  readonly text: string;
  /** For the calendar of whoever reads it. */
  readonly icalEvent?: { readonly method: 'REQUEST' | 'CANCEL'; readonly filename: string; readonly content: string };
}

export interface Place {
  readonly caseId: Uuid | null;
  readonly referralId: Uuid | null;
  readonly handoverId: Uuid | null;
}

const lastDay = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long' });
const signature = 'Ce message est envoyé automatiquement par Fil Rouge, merci de ne pas y répondre.';

/** @param title of the notification; becomes the subject */
export const notificationLetter = (title: string, place: Place, publicUrl: string): Written => ({
  subject: title,
  text: body(`${title}.`, 'Pour en savoir plus, connectez-vous\u00a0:', `${publicUrl}/#/${pathOf(place)}`),
});

/** @param structure that invites */
export const invitationLetter = (token: string, structure: string | null, publicUrl: string): Written => ({
  subject:
    structure === null
      ? 'Votre invitation à rejoindre Fil Rouge'
      : `${structure}\u00a0: votre invitation à rejoindre Fil Rouge`,
  text: body(
    structure === null
      ? 'Une invitation à rejoindre Fil Rouge vous attend.'
      : `Une invitation à rejoindre Fil Rouge vous attend, de la part de cette structure\u00a0: ${structure}.`,
    'Pour choisir votre mot de passe, ouvrez ce lien (il sert une seule fois, pendant sept jours)\u00a0:',
    `${publicUrl}/#/invitations/${token}`,
    'Si vous avez déjà un compte Fil Rouge avec cette adresse, donnez son mot de passe\u00a0: il ouvrira les deux.',
  ),
});

export const passwordResetLetter = (token: string, publicUrl: string): Written => ({
  subject: 'Votre nouveau mot de passe',
  text: body(
    'Un nouveau mot de passe a été demandé pour votre compte Fil Rouge.',
    'Pour le choisir, ouvrez ce lien (il sert une seule fois, pendant une heure)\u00a0:',
    `${publicUrl}/#/password-resets/${token}`,
    'Si vous n’avez rien demandé, ignorez ce message\u00a0: votre mot de passe n’a pas changé.',
  ),
});

/** To the new address. */
export const emailChangeLetter = (token: string, publicUrl: string): Written => ({
  subject: 'Confirmez votre nouvelle adresse',
  text: body(
    'Cette adresse a été donnée pour un compte Fil Rouge.',
    'Pour confirmer qu’elle est la vôtre, ouvrez ce lien (il sert une seule fois, pendant une heure)\u00a0:',
    `${publicUrl}/#/email-changes/${token}`,
    'Si vous n’avez rien demandé, ignorez ce message.',
  ),
});

/** To the old one. */
export const emailChangedLetter = (): Written => ({
  subject: 'Votre adresse de connexion a changé',
  text: body(
    'L’adresse de votre compte Fil Rouge a été remplacée par une autre, qui vient d’être confirmée. Celle-ci ne permet plus de se connecter.',
    'Si ce n’était pas vous, prévenez sans attendre votre responsable ou un administrateur.',
  ),
});

/**
 * To an organisation outside the network. Neither of whom it is about, nor the code, which comes by telephone.
 * @param structure that sent; @param until the last day
 */
export const answerLinkLetter = (token: string, structure: string, until: Instant, publicUrl: string): Written => ({
  subject: `${structure}\u00a0: une demande attend votre réponse`,
  text: body(
    `Cette structure vous adresse une demande\u00a0: ${structure}.`,
    `Pour la lire et y répondre sans créer de compte, ouvrez ce lien (valable jusqu’au ${lastDay.format(new Date(until))})\u00a0:`,
    `${publicUrl}/#/reponse/${token}`,
    'Un code vous sera demandé\u00a0: la structure vous le donne par téléphone. Il ne figure dans aucun message.',
    'Si cette demande n’est pas pour vous, ignorez ce message et ne le transférez pas.',
  ),
});

const day = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'full', timeStyle: 'short' });

const saidOf: Readonly<Record<Invite['is'], readonly [subject: string, text: string]>> = {
  made: ['Rendez-vous Fil Rouge', 'Un rendez-vous est prévu pour vous'],
  moved: ['Rendez-vous Fil Rouge modifié', 'Un de vos rendez-vous a changé. Il est maintenant prévu'],
  cancelled: ['Rendez-vous Fil Rouge annulé', 'Ce rendez-vous est annulé ou n’est plus avec vous'],
};

/** To the counsellor whom an appointment is with; the same stands in the calendar that comes with it. @param calendar what is attached */
export const appointmentLetter = (invite: Invite, where: string, calendar: string, publicUrl: string): Written => {
  const [subject, text] = saidOf[invite.is];
  return {
    subject,
    text: body(
      `${text}\u00a0: ${day.format(new Date(invite.at))}, ${invite.minutes} minutes, ${where}.`,
      'Pour en savoir plus, connectez-vous\u00a0:',
      appointmentUrl(invite, publicUrl),
    ),
    icalEvent: {
      method: invite.is === 'cancelled' ? 'CANCEL' : 'REQUEST',
      filename: 'rendez-vous.ics',
      content: calendar,
    },
  };
};

const toldOf: Readonly<Record<Reminder['is'], readonly [subject: string, text: string]>> = {
  reminded: ['Rappel de votre rendez-vous', 'Vous avez demandé que l’on vous rappelle ce rendez-vous'],
  moved: ['Votre rendez-vous a changé', 'Votre rendez-vous a changé. Le voici tel qu’il est maintenant'],
  cancelled: ['Votre rendez-vous est annulé', 'Ce rendez-vous n’aura pas lieu'],
};

/** To the resident, who asked for it: when, where and with whom; neither why, nor a link to what they cannot open. */
export const reminderLetter = (
  invite: Reminder,
  where: string,
  counsellor: string | null,
  structure: string,
): Written => {
  const [subject, text] = toldOf[invite.is];
  const whom = counsellor === null ? structure : `${counsellor} (${structure})`;
  return {
    subject,
    text: body(
      `${text}\u00a0: ${day.format(new Date(invite.at))}, ${where}, avec ${whom}.`,
      invite.is === 'cancelled'
        ? 'Pour en prendre un autre, adressez-vous à la personne qui vous suit.'
        : 'Si vous ne pouvez pas venir, prévenez la personne qui vous attend.',
      'Vous recevez ce message parce que vous l’avez demandé. Pour ne plus en recevoir, dites-le à la personne qui vous suit.',
    ),
  };
};

export const appointmentUrl = ({ id, caseId }: Pick<Invite, 'id' | 'caseId'>, publicUrl: string): string =>
  `${publicUrl}/#/cases/${caseId}/appointments/${id}`;

const pathOf = ({ caseId, referralId, handoverId }: Place): string => {
  if (referralId) return `referrals/${referralId}`;
  if (handoverId) return `handovers/${handoverId}`;
  return caseId ? `cases/${caseId}` : 'notifications';
};

const body = (...paragraphs: string[]): string => ['Bonjour,', ...paragraphs, signature, ''].join('\n\n');
