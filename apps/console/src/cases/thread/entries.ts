import type { Shape } from '../../api/client';
import { duration, hourOf, longDay } from '../../api/dates';
import type { Words } from '../../api/words';

type Entry = Shape<'TimelineEntry'>;

/** What happened, as people say it. An event nobody has a word for yet is told by its own name rather than left out. */
export const happenings: Record<string, string> = {
  CaseOpened: 'Le suivi commence',
  CaseClosed: 'Le suivi est clos',
  CaseReopened: 'Le suivi reprend',
  CaseFellSilent: 'Sans nouvelles depuis longtemps',
  CaseKept: 'Dossier gardé, il sert encore',
  ResidentCorrected: 'Coordonnées corrigées',
  CaseDescribed: 'Besoins précisés',
  LeadAssigned: 'Quelqu’un est désigné pour suivre la personne',
  ObjectionRecorded: 'La personne s’oppose à une structure',
  ObjectionEnded: 'La personne ne s’oppose plus',
  ContributorLeft: 'Une structure n’accompagne plus la personne',
  SessionRecorded: 'Accompagnement',
  SessionCorrected: 'Accompagnement corrigé',
  SessionCancelled: 'Accompagnement annulé',
  SessionFileAttached: 'Fichier joint à un accompagnement',
  SessionFileRemoved: 'Fichier d’un accompagnement retiré',
  NoteWritten: 'Note',
  NoteCorrected: 'Note corrigée',
  NoteCancelled: 'Note annulée',
  AppointmentMade: 'Rendez-vous pris',
  AppointmentMoved: 'Rendez-vous déplacé',
  AppointmentCancelled: 'Rendez-vous annulé',
  AppointmentMissed: 'Rendez-vous manqué',
  AppointmentMissUndone: 'Absence notée par erreur',
  AppointmentReminderAsked: 'Rappel demandé',
  AppointmentReminderRevoked: 'Plus de rappel',
  AppointmentReminded: 'Rappel envoyé',
  GoalSet: 'Objectif',
  GoalStepReached: 'Étape atteinte',
  GoalReached: 'Objectif atteint',
  GoalAbandoned: 'Objectif abandonné',
  OutsideReferralMade: 'Orientée hors du réseau',
  OutsideReferralReported: 'Suite d’une orientation hors du réseau',
  OutsideReferralLapsed: 'Suite inconnue d’une orientation hors du réseau',
  OutsideReferralCancelled: 'Orientation hors du réseau saisie par erreur',
  OutsideLinkMade: 'Lien envoyé à un organisme hors du réseau',
  OutsideSheetOpened: 'Fiche ouverte par un organisme hors du réseau',
  OutsideCodeMistaken: 'Code erroné sur un lien hors du réseau',
  OutsideAnswered: 'Réponse d’un organisme hors du réseau',
  OutsideLinkEnded: 'Lien hors du réseau fermé',
  WorkshopAttended: 'Atelier',
  AttendanceCorrected: 'Atelier corrigé',
  AttendanceCancelled: 'Présence à un atelier annulée',
  ReferralDrafted: 'Orientation préparée',
  ReferralDraftEdited: 'Orientation modifiée avant l’envoi',
  ReferralHeld: 'Orientation en attente : la structure n’est pas encore validée',
  ReferralSent: 'Orientation envoyée',
  ReferralAcknowledged: 'Orientation reçue, à l’étude',
  ReferralReminded: 'Rappel : une réponse est attendue',
  ReferralAccepted: 'Orientation acceptée',
  ReferralContactNamed: 'Quelqu’un est désigné pour une orientation',
  ReferralDeclined: 'Orientation refusée',
  ReferralWithdrawn: 'Orientation retirée',
  ReferralExpired: 'Orientation restée sans réponse',
  ReferralStarted: 'L’accompagnement commence',
  ReferralStartCancelled: 'L’accompagnement n’avait pas commencé',
  ReferralPutOnHold: 'Orientation mise en pause',
  ReferralResumed: 'Orientation reprise',
  ReferralCompleted: 'Orientation terminée',
  ReferralReturned: 'Orientation rendue',
  ReferralCancellationRequested: 'Annulation demandée',
  ReferralCancelled: 'Orientation annulée',
  ReferralVoided: 'Orientation saisie par erreur',
  ReferralFileAttached: 'Fichier joint à une orientation',
  ReferralFileRemoved: 'Fichier d’une orientation retiré',
  HandoverProposed: 'Passation proposée',
  HandoverRequested: 'Passation demandée',
  HandoverReminded: 'Rappel : une réponse est attendue',
  HandoverAccepted: 'Passation acceptée',
  HandoverDeclined: 'Passation refusée',
  HandoverWithdrawn: 'Passation retirée',
  HandoverExpired: 'Passation restée sans réponse',
  HandoverCancelled: 'Passation annulée',
  HandoverTookEffect: 'Le suivi change de mains',
};

/** Of who asks to contribute: the lead does not move. */
const besides: Record<string, string> = {
  HandoverRequested: 'Une structure demande à accompagner aussi',
  HandoverAccepted: 'Une structure accompagne aussi',
  HandoverDeclined: 'Demande à accompagner aussi refusée',
  HandoverWithdrawn: 'Demande à accompagner aussi retirée',
  HandoverExpired: 'Demande à accompagner aussi restée sans réponse',
  HandoverCancelled: 'Demande à accompagner aussi annulée',
};

export const happeningOf = ({ type, data }: Pick<Entry, 'type'> & { data?: Entry['data'] }): string =>
  (data?.['kind'] === 'beside' ? besides[type] : undefined) ?? happenings[type] ?? type;

/** Events that are told by the one beside them: the thread stays readable. */
const silent = new Set(['ReferralStarted', 'ReferralReminded', 'HandoverReminded']);
export const isTold = ({ type }: Entry): boolean => !silent.has(type);

/** The day something took place: a session is told on its own day, whenever it was written down. */
export const dayOfEntry = ({ at, data }: Entry): string =>
  typeof data['date'] === 'string' && data['date'].length === 10 ? data['date'] : at;

/** Where it stands by itself, with what it said before, and what can be put right. */
export function pageOf({ type, data, caseId }: Entry, readIn: string): string | undefined {
  // Of a record that was joined to this one.
  if (caseId !== undefined && caseId !== readIn) return undefined;
  if (type === 'SessionRecorded' && typeof data['sessionId'] === 'string')
    return `/cases/${readIn}/sessions/${data['sessionId']}`;
  if (type === 'NoteWritten' && typeof data['noteId'] === 'string') return `/cases/${readIn}/notes/${data['noteId']}`;
  return undefined;
}

/** What is known beside the words: how long, where, about what, with which outcome. */
export function detailsOf(
  { type, data }: Entry,
  words: Words,
  nameOf: (structureId: string) => string | undefined,
): string {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : undefined);
  const list = (name: string) => (Array.isArray(data[name]) ? (data[name] as string[]) : []);
  const minutes = typeof data['minutes'] === 'number' ? data['minutes'] : undefined;
  const to = text('toStructureId');
  const towards = to && /^(ReferralDrafted|ReferralSent|HandoverProposed)$/.test(type) ? nameOf(to) : undefined;
  return [
    towards && `vers ${towards}`,
    /^Appointment(Made|Moved)$/.test(type) && text('at') && `le ${longDay(text('at')!)} à ${hourOf(text('at')!)}`,
    minutes !== undefined && duration(minutes),
    text('placeName') ?? (text('place') && words.say('places', text('place')).toLowerCase()),
    [...list('themes'), ...list('needs')].map((theme) => words.say('themes', theme)).join(', '),
    text('autonomy') && words.say('autonomies', text('autonomy')).toLowerCase(),
    text('outcome') && words.say(type.startsWith('Outside') ? 'outsideOutcomes' : 'referralOutcomes', text('outcome')),
    text('answer') && words.say('outsideAnswers', text('answer')),
    type === 'OutsideAnswered' && text('reason') && words.say('declineReasons', text('reason')),
    type === 'ReferralDeclined' && text('reason') && words.say('declineReasons', text('reason')),
    type === 'CaseClosed' && text('reason') && words.say('closingReasons', text('reason')),
  ]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(', ');
}
