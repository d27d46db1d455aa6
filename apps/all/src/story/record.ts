import type { LeadPeriod, TimelineEntry, Verification } from './shapes';
import type { Teller } from './teller';

const labels: Record<string, string> = {
  CaseOpened: 'Dossier ouvert',
  CaseClosed: 'Dossier clos',
  CaseReopened: 'Dossier rouvert',
  CaseFellSilent: 'Aucune entrée depuis longtemps : le référent est prévenu',
  CaseKept: 'Dossier gardé : il sert encore',
  ResidentCorrected: "Coordonnées de l'usager corrigées",
  CaseDescribed: 'Besoins du suivi précisés',
  LeadAssigned: 'Référent désigné',
  ObjectionRecorded: 'Opposition enregistrée',
  ObjectionEnded: 'Opposition levée',
  ContributorLeft: 'Une structure ne contribue plus',
  SessionRecorded: 'Accompagnement individuel',
  SessionCorrected: 'Accompagnement corrigé',
  NoteWritten: 'Note',
  NoteCorrected: 'Note corrigée',
  AppointmentMade: 'Rendez-vous',
  AppointmentMoved: 'Rendez-vous déplacé',
  AppointmentCancelled: 'Rendez-vous annulé',
  AppointmentMissed: 'Rendez-vous manqué',
  GoalSet: 'Objectif',
  GoalStepReached: 'Étape atteinte',
  GoalReached: 'Objectif atteint',
  GoalAbandoned: 'Objectif abandonné',
  OutsideReferralMade: 'Orientation hors du réseau',
  OutsideReferralReported: 'Suite d’une orientation hors du réseau',
  OutsideReferralLapsed: 'Suite inconnue d’une orientation hors du réseau',
  OutsideReferralCancelled: 'Orientation hors du réseau, saisie par erreur',
  WorkshopAttended: 'Atelier collectif',
  ReferralDrafted: 'Orientation préparée',
  ReferralDraftEdited: 'Orientation modifiée avant l’envoi',
  ReferralHeld: "Orientation en attente de la validation de l'État",
  ReferralSent: 'Orientation envoyée',
  ReferralAcknowledged: "Orientation prise en compte, à l'étude",
  ReferralReminded: "Rappel : l'orientation attend une réponse",
  ReferralAccepted: 'Orientation acceptée',
  ReferralContactNamed: 'Contact désigné pour une orientation',
  ReferralDeclined: 'Orientation refusée',
  ReferralWithdrawn: 'Orientation retirée',
  ReferralExpired: 'Orientation expirée sans réponse',
  ReferralStarted: 'Orientation : accompagnement commencé',
  ReferralPutOnHold: 'Orientation mise en pause',
  ReferralResumed: 'Orientation reprise',
  ReferralCompleted: 'Orientation terminée',
  ReferralReturned: 'Orientation rendue',
  ReferralCancellationRequested: "Annulation de l'orientation demandée",
  ReferralCancelled: 'Orientation annulée',
  ReferralVoided: 'Orientation enregistrée par erreur',
  HandoverProposed: 'Passation proposée',
  HandoverRequested: 'Passation demandée',
  HandoverReminded: 'Rappel : la passation attend une réponse',
  HandoverAccepted: 'Passation acceptée',
  HandoverDeclined: 'Passation refusée',
  HandoverWithdrawn: 'Passation retirée',
  HandoverExpired: 'Passation expirée sans réponse',
  HandoverCancelled: 'Passation annulée',
  HandoverTookEffect: 'Passation effective : nouveau référent',
};

const paris = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'full' });
const hour = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'medium' });

/** An instant as people in the Sarthe read it: "22/11/2026 14:03:27". */
export function parisTime(instant: string): string {
  return paris.format(new Date(instant));
}

/** What an event is called on a screen; an unknown one keeps its name rather than vanish. */
export function labelOf(type: string): string {
  return labels[type] ?? type;
}

/** The whole record: its days, a numbered line per event, what was written below it. */
export function printTimeline(teller: Teller, entries: readonly TimelineEntry[]): void {
  const rows: string[][] = [];
  let today = '';
  for (const entry of entries) {
    const at = new Date(entry.at);
    if (day.format(at) !== today) rows.push([(today = day.format(at))]);
    const who = [entry.actor?.name ?? 'Fil Rouge', entry.structure?.name]
      .filter((part) => part !== undefined)
      .join(' · ');
    const { minutes } = entry.data;
    rows.push([
      String(entry.seq ?? '').padStart(3),
      hour.format(at),
      who,
      `${labelOf(entry.type)}${typeof minutes === 'number' ? `, ${minutes} min` : ''}`,
    ]);
    if (entry.text) rows.push([`« ${entry.text} »`]);
  }
  teller.table(rows);
}

/** Who was responsible, from when to when. */
export function printLeads(teller: Teller, leads: readonly LeadPeriod[]): void {
  teller.table(
    leads.map(({ structure, counsellor, from, until }) => [
      structure.name,
      counsellor?.name ?? 'à désigner',
      `du ${parisTime(from)}`,
      until ? `au ${parisTime(until)}` : "à aujourd'hui",
    ]),
  );
}

export function printVerification(teller: Teller, { events, chain, continuity }: Verification): void {
  teller.table([
    ['Événements', String(events)],
    ['Chaîne des empreintes', chain === 'ok' ? 'intacte, du premier au dernier événement' : 'ROMPUE'],
    ['Référent', continuity === 'ok' ? 'un à chaque instant, sans interruption' : 'INTERRUPTION CONSTATÉE'],
  ]);
}

/** 1, 2, 3… without a hole. */
export function isNumbered(entries: readonly TimelineEntry[]): boolean {
  return entries.every((entry, index) => entry.seq === index + 1);
}

/** Each period begins at the very instant the one before ended; only the last one is still running. */
export function isContinuous(leads: readonly LeadPeriod[]): boolean {
  return (
    leads.length > 0 &&
    leads.every(({ until }, index) => (index === leads.length - 1 ? !until : until === leads[index + 1]?.from))
  );
}
