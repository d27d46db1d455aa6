/**
 * What a notification says, composed when it is read: structures and verbs, never the resident. Pure.
 * A structure stands before a colon, with its name as it is given: « Département de la Sarthe a accepté » would want an article that
 * « La Poste » already has and « Afpa » elides.
 */
import type { Uuid } from '@fil-rouge/kernel';

export interface Named {
  readonly id: Uuid;
  readonly name: string;
}

export interface TitleParts {
  /** Sender and recipient of a referral, old and new lead of a handover; null when the reader may not know it. */
  readonly from: Named | null;
  readonly to: Named | null;
  /** Whose entries a digest counts; null: of several structures. */
  readonly actor: Named | null;
  /** The structure for which it is read. */
  readonly readerId: Uuid;
  /** How many entries a digest counts; how many cases a structure leaves behind. */
  readonly entries: number;
}

type Title = (parts: TitleParts) => string;

/** U+00A0, as French wants before a colon. */
const colon = '\u00a0: ';

/** The sender tells the recipient; to everybody else it is about the recipient. */
const other = ({ from, to, readerId }: TitleParts): Named | null => (to?.id === readerId ? from : to);
const about = (who: (parts: TitleParts) => Named | null, text: string): Title => (parts) => prefixed(who(parts)?.name, text);
const ofOther = (text: string): Title => about(other, text);
/** A coordinator is told of both. */
const between = (text: string): Title => ({ from, to }) => prefixed([from?.name, to?.name].filter(Boolean).join(' → '), text);

const prefixed = (name: string | undefined, text: string): string => (name ? `${name}${colon}${text}` : `${text.charAt(0).toLocaleUpperCase('fr')}${text.slice(1)}`);

const titles: Readonly<Record<string, Title>> = {
  ReferralSent: ofOther('nouvelle orientation à examiner'),
  ReferralReleased: ofOther('votre orientation en attente vient d’être envoyée'),
  ReferralReminded: ofOther('orientation en attente de votre réponse'),
  FirstSessionAwaited: ofOther('orientation acceptée, aucun accompagnement enregistré à ce jour'),
  ReferralUnanswered: between('orientation toujours sans réponse'),
  RepeatedExpiries: about(({ to }) => to, 'au moins trois orientations restées sans réponse en 90 jours'),
  ReferralAcknowledged: ofOther('orientation à l’étude'),
  ReferralAccepted: ofOther('orientation acceptée'),
  ReferralContactNamed: ofOther('orientation que l’on vous confie'),
  ReferralDeclined: ofOther('orientation refusée'),
  ReferralWithdrawn: ofOther('orientation retirée'),
  ReferralExpired: ofOther('orientation expirée sans réponse'),
  ReferralStarted: ofOther('orientation en cours, premier accompagnement enregistré'),
  ReferralPutOnHold: ofOther('orientation mise en pause'),
  ReferralCompleted: ofOther('orientation terminée'),
  ReferralReturned: ofOther('orientation rendue'),
  ReferralCancellationRequested: about((parts) => parts.actor ?? other(parts), 'annulation d’une orientation demandée'),
  ReferralCancelled: ofOther('orientation annulée'),
  ReferralVoided: ofOther('orientation saisie par erreur, annulée'),
  ReferralFilledElsewhere: ofOther('une autre structure a répondu à ce besoin, vous n’avez plus rien à faire'),
  CaseFellSilent: () => 'Aucune nouvelle entrée depuis longtemps dans un suivi que vous menez',
  HandoverProposed: ofOther('passation d’un suivi proposée'),
  HandoverRequested: ofOther('passation d’un suivi demandée'),
  HandoverReminded: ofOther('passation en attente de votre réponse'),
  HandoverUnanswered: between('passation demandée et restée sans réponse'),
  HandoverAccepted: ofOther('passation acceptée'),
  HandoverDeclined: ofOther('passation refusée'),
  HandoverWithdrawn: ofOther('passation retirée'),
  HandoverExpired: ofOther('passation expirée sans réponse'),
  HandoverCancelled: ofOther('passation annulée'),
  HandoverTookEffect: tookEffect,
  CasesLeftBehind: ({ from, entries }) =>
    prefixed(from?.name, `structure fermée ou refusée, ${entries === 1 ? 'un suivi à confier' : `${entries} suivis à confier`} à d’autres structures`),
  RecordsMerged: () => 'Deux dossiers d’une même personne réunis en un seul suivi',
  EntriesAdded: ({ actor, entries }) => {
    const what = entries === 1 ? 'nouvelle entrée' : `${entries} nouvelles entrées`;
    return prefixed(actor?.name, `${what}${actor ? '' : ' d’autres structures'} dans un suivi que vous menez`);
  },
};

function tookEffect({ from, to, readerId }: TitleParts): string {
  if (from?.id === to?.id) {
    return to?.id === readerId ? 'Passation effective dans votre structure' : prefixed(to?.name, 'changement de conseiller pour un suivi auquel vous contribuez');
  }
  if (to?.id === readerId) return prefixed(from?.name, 'passation effective, votre structure mène désormais le suivi');
  if (from?.id === readerId) return prefixed(to?.name, 'passation effective, cette structure mène désormais le suivi');
  return prefixed(to?.name, 'cette structure mène désormais un suivi auquel vous contribuez');
}

export const titledTypes: readonly string[] = Object.keys(titles);

/** A type of a newer version has a title too, if a poor one: the list must not fail for it. */
export const titleOf = (type: string, parts: TitleParts): string => titles[type]?.(parts) ?? 'Nouvelle notification';
