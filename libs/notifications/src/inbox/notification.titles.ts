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
  /** The colleague it is about, and who did it; null where a title has none. */
  readonly person?: Named | null;
  readonly author?: Named | null;
  /** How many entries a digest counts; how many cases a structure leaves behind, or wait for one that nobody works in. */
  readonly entries: number;
  /** Who did it, why, how urgently, where the type does not say it. */
  readonly cause: string | null;
}

type Title = (parts: TitleParts) => string;

/** U+00A0, as French wants before a colon. */
const colon = '\u00a0: ';

/** The sender tells the recipient; to everybody else it is about the recipient. */
const other = ({ from, to, readerId }: TitleParts): Named | null => (to?.id === readerId ? from : to);
const about =
  (who: (parts: TitleParts) => Named | null, text: string): Title =>
  (parts) =>
    prefixed(who(parts)?.name, text);
const ofOther = (text: string): Title => about(other, text);
/** A coordinator is told of both. */
const between =
  (text: string): Title =>
  ({ from, to }) =>
    prefixed([from?.name, to?.name].filter(Boolean).join(' → '), text);

const prefixed = (name: string | undefined, text: string): string =>
  name ? `${name}${colon}${text}` : `${text.charAt(0).toLocaleUpperCase('fr')}${text.slice(1)}`;

/** By what is said beyond the type; the first one for every other cause. */
const byCause =
  (text: string, texts: Readonly<Record<string, string>>, who = other): Title =>
  (parts) =>
    prefixed(
      who(parts)?.name,
      (parts.cause !== null && Object.hasOwn(texts, parts.cause) ? texts[parts.cause] : undefined) ?? text,
    );

const inDays = (days: number): string => (days === 0 ? 'aujourd’hui' : `dans ${days} jours au plus`);

const titles: Readonly<Record<string, Title>> = {
  ReferralSent: byCause('nouvelle orientation à examiner', { urgent: 'nouvelle orientation urgente à examiner' }),
  ReferralReleased: ofOther('votre orientation en attente vient d’être envoyée'),
  ReferralReminded: byCause('orientation en attente de votre réponse', {
    urgent: 'orientation urgente en attente de votre réponse',
  }),
  FirstSessionAwaited: ofOther('orientation acceptée, aucun accompagnement enregistré à ce jour'),
  ReferralUnanswered: (parts) =>
    between(
      parts.cause === 'urgent' ? 'orientation urgente toujours sans réponse' : 'orientation toujours sans réponse',
    )(parts),
  RepeatedExpiries: about(({ to }) => to, 'au moins trois orientations restées sans réponse en 90 jours'),
  ReferralAcknowledged: ofOther('orientation à l’étude'),
  ReferralAccepted: ofOther('orientation acceptée'),
  ReferralFileAttached: ofOther('document joint à l’orientation'),
  ReferralContactNamed: byCause('orientation que l’on vous confie', {
    taken: 'orientation confiée à quelqu’un d’autre de votre structure',
  }),
  ReferralDeclined: ofOther('orientation refusée'),
  ReferralWithdrawn: byCause('orientation retirée', {
    coordinator: 'orientation retirée par la coordination',
    lead: 'orientation retirée par la structure qui mène le suivi',
  }),
  ReferralExpired: (parts) =>
    ofOther(
      parts.to?.id === parts.readerId
        ? 'orientation expirée, restée sans réponse de votre part'
        : 'orientation expirée sans réponse',
    )(parts),
  ReferralStarted: ofOther('orientation en cours, premier accompagnement enregistré'),
  ReferralStartCancelled: ofOther('premier accompagnement saisi par erreur, l’orientation n’a pas encore commencé'),
  ReferralPutOnHold: ofOther('orientation mise en pause'),
  ReferralResumed: ofOther('orientation reprise'),
  ReferralCompleted: ofOther('orientation terminée'),
  ReferralReturned: byCause('orientation rendue', { structure_closed: 'orientation rendue, structure fermée' }),
  ReferralCancellationRequested: (parts) =>
    (parts.cause === 'lead'
      ? about(({ to }) => to, 'annulation demandée par la structure qui mène le suivi')
      : about(({ actor }) => actor ?? other(parts), 'annulation d’une orientation demandée'))(parts),
  ReferralCancelled: byCause('orientation annulée', {
    agreed: 'orientation annulée d’un commun accord',
    forced: 'orientation annulée par la coordination',
    objection: 'orientation annulée, la personne ne souhaite pas ce partage',
    case_closed: 'orientation annulée, le suivi est clos',
    deceased: 'orientation annulée, le suivi est clos',
    erased: 'orientation annulée, le dossier est effacé',
    structure_closed: 'orientation annulée, structure fermée',
    structure_not_validated: 'orientation annulée, structure non validée par l’État',
    sender_not_validated: 'orientation annulée, la structure qui l’envoyait n’a pas été validée par l’État',
    recipient_not_active: 'orientation annulée, structure qui n’est plus active',
    recipient_unavailable: 'orientation annulée, structure qui ne prend plus d’orientations',
    out_of_area: 'orientation annulée, commune hors du territoire de la structure',
    duplicate_referral: 'orientation annulée, la même est déjà en cours',
    parent_ended: 'orientation annulée, celle qu’elle prolongeait est terminée',
  }),
  ReferralVoided: ofOther('orientation saisie par erreur, annulée par la coordination'),
  ReferralFilledElsewhere: ofOther('une autre structure a répondu à ce besoin, vous n’avez plus rien à faire'),
  CaseClosed: ({ cause, actor, readerId }) =>
    cause === 'taken'
      ? 'Un suivi que vous meniez est clos'
      : prefixed(actor?.id === readerId ? undefined : actor?.name, 'suivi clos, auquel vous contribuiez'),
  CaseErased: () => 'Dossier effacé, avec tout ce qu’il disait de la personne',
  ErasureAnnounced: ({ cause }) =>
    `Rien dans un suivi depuis deux ans, son dossier sera effacé à partir du ${dayOf(cause)}, sauf s’il sert encore`,
  RecordsFallDue: ({ entries, cause }) =>
    `${entries === 1 ? 'Un dossier arrive' : `${entries} dossiers arrivent`} au terme de la conservation, à effacer au plus tôt le ${dayOf(cause)}`,
  LeadAssigned: ({ cause, actor }) => {
    if (cause === 'given') return 'Un suivi vous est confié';
    if (cause === 'taken') return 'Un suivi que vous meniez est confié à quelqu’un d’autre de votre structure';
    return prefixed(actor?.name, 'changement de conseiller pour un suivi auquel vous contribuez');
  },
  ObjectionRecorded: about(({ actor }) => actor, 'opposition de la personne enregistrée dans un suivi que vous menez'),
  ObjectionEnded: about(({ actor }) => actor, 'opposition de la personne levée dans un suivi que vous menez'),
  ContributorLeft: about(({ actor }) => actor, 'n’accompagne plus une personne dont vous menez le suivi'),
  CaseFellSilent: () => 'Aucune nouvelle entrée depuis longtemps dans un suivi que vous menez',
  HandoverProposed: ofOther('passation d’un suivi proposée'),
  HandoverRequested: byCause('passation d’un suivi demandée', {
    beside: 'demande à accompagner aussi une personne que vous suivez',
  }),
  HandoverReminded: byCause('passation en attente de votre réponse', {
    beside: 'demande à accompagner aussi une personne, en attente de votre réponse',
  }),
  HandoverUnanswered: between('passation demandée et restée sans réponse'),
  HandoverAccepted: byCause('passation acceptée', {
    given: 'passation acceptée, ce suivi vous sera confié',
    beside: 'votre demande à accompagner aussi est acceptée, vous lisez le dossier',
  }),
  HandoverDeclined: byCause('passation refusée', { beside: 'votre demande à accompagner aussi est refusée' }),
  HandoverWithdrawn: byCause('passation retirée', { beside: 'demande à accompagner aussi retirée' }),
  HandoverExpired: byCause('passation expirée sans réponse', {
    beside: 'demande à accompagner aussi restée sans réponse',
  }),
  HandoverCancelled: byCause('passation annulée', {
    beside: 'demande à accompagner aussi annulée',
    case_closed: 'passation annulée, le suivi est clos',
    objection: 'passation annulée, la personne ne souhaite pas ce partage',
    erased: 'passation annulée, le dossier est effacé',
    administrative: 'passation annulée, le réseau a décidé qui mène ce suivi',
    structure_closed: 'passation annulée, structure fermée ou refusée',
    merged: 'passation annulée, deux dossiers de la même personne sont réunis',
  }),
  HandoverTookEffect: tookEffect,
  CasesLeftBehind: ({ from, entries }) =>
    prefixed(
      from?.name,
      `structure fermée ou refusée, ${entries === 1 ? 'un suivi à confier' : `${entries} suivis à confier`} à d’autres structures`,
    ),
  StructureEmptied: ({ from, entries }) =>
    prefixed(
      from?.name,
      `plus personne n’y travaille, ${entries === 1 ? 'un suivi l’attend' : `${entries} suivis l’attendent`}`,
    ),
  FirstManagerNamed: ({ from, person, author }) =>
    prefixed(from?.name, `invitation de ${nameOf(person)} comme responsable, par ${nameOf(author)}`),
  NetworkRoleGiven: ({ from, person, author }) =>
    prefixed(from?.name, `rôle dans le réseau confié à ${nameOf(person)} par ${nameOf(author)}`),
  NetworkMemberHired: ({ from, person, author }) =>
    prefixed(
      from?.name,
      `${nameOf(person)}, qui a un rôle dans le réseau, y travaille désormais, par décision de ${nameOf(author)}`,
    ),
  EmploymentEndedFromOutside: ({ from, person, author }) =>
    prefixed(from?.name, `accès de ${nameOf(person)} retiré par ${nameOf(author)}`),
  AbsenceSaid: ({ person }) => `Vous prenez le relais de ${nameOf(person)} pendant son absence`,
  AbsenceCorrected: ({ person }) => `L’absence de ${nameOf(person)} a changé, voir les jours et qui prend le relais`,
  AbsenceEnded: ({ person }) => `Absence de ${nameOf(person)} terminée ou annulée, vous ne prenez plus le relais`,
  SecondFactorReset: ({ author }) => `La deuxième étape de votre connexion a été retirée par ${nameOf(author)}`,
  NameCorrected: ({ author }) => `Votre nom a été corrigé par ${nameOf(author)}`,
  StructureCorrected: ({ from, author }) => prefixed(from?.name, `fiche corrigée par ${nameOf(author)}`),
  StructureRenamed: ({ from, author }) => prefixed(from?.name, `nouveau nom donné par ${nameOf(author)}`),
  StructureTookOver: ({ from, author }) =>
    prefixed(from?.name, `reprend une structure qui ferme, avec ses équipes, par décision de ${nameOf(author)}`),
  ConventionSigned: ({ from }) => prefixed(from?.name, 'convention avec l’État enregistrée'),
  ConventionEnded: ({ from, author }) => prefixed(from?.name, `convention avec l’État terminée, par ${nameOf(author)}`),
  ConventionEnds: ({ from, entries }) => prefixed(from?.name, `la convention avec l’État prend fin ${inDays(entries)}`),
  PostToFill: ({ from, entries }) =>
    prefixed(
      from?.name,
      `au moins un poste vacant est à pourvoir ou à rendre à l’État, au plus tard ${entries === 0 ? 'aujourd’hui' : `dans ${entries} jours`}`,
    ),
  ManyDuplicatesFound: ({ from, person }) =>
    prefixed(from?.name, `${nameOf(person)} a reçu de nombreux avertissements de doublon en une journée`),
  ManyCasesOpened: ({ from, person }) =>
    prefixed(from?.name, `${nameOf(person)} a ouvert de nombreux dossiers en une journée`),
  ManyResidentsCorrected: ({ from, person }) =>
    prefixed(from?.name, `${nameOf(person)} a corrigé de nombreuses identités en une journée`),
  OutsideSheetOpened: () => 'Fiche ouverte par l’organisme à qui vous l’avez envoyée',
  OutsideCodeMistaken: () => 'Code erroné sur le lien d’une orientation hors du réseau',
  OutsideAnswered: byCause('réponse à une orientation hors du réseau', {
    acknowledged: 'orientation hors du réseau bien reçue par l’organisme',
    accepted: 'orientation hors du réseau acceptée par l’organisme',
    declined: 'orientation hors du réseau refusée par l’organisme',
    reported: 'suite d’une orientation hors du réseau donnée par l’organisme',
  }),
  OutsideLinkEnded: byCause('lien d’une orientation hors du réseau bloqué, essayé trop de fois', {
    expired: 'lien d’une orientation hors du réseau arrivé à son terme',
  }),
  RecordsMerged: () => 'Deux dossiers d’une même personne réunis en un seul suivi',
  EntriesAdded: ({ actor, entries }) => {
    const what = entries === 1 ? 'nouvelle entrée' : `${entries} nouvelles entrées`;
    return prefixed(actor?.name, `${what}${actor ? '' : ' d’autres structures'} dans un suivi que vous menez`);
  },
  EntryCancelled: about(({ actor }) => actor, 'entrée saisie par erreur, annulée dans un suivi que vous menez'),
};

const longDay = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', dateStyle: 'long' });
const dayOf = (day: string | null): string => (day === null ? 'jour annoncé' : longDay.format(new Date(day)));

/** A colleague; a name is on every account. */
const nameOf = (who: Named | null | undefined): string => who?.name ?? 'une personne du réseau';

const deciders: Readonly<Record<string, string>> = {
  coordinator: ' par décision de la coordination',
  administrator: ' par décision de l’administration du réseau',
  administrative: ' par décision du réseau',
};

function tookEffect({ from, to, readerId, cause }: TitleParts): string {
  if (from?.id === to?.id) {
    return to?.id === readerId
      ? 'Passation effective dans votre structure'
      : prefixed(to?.name, 'changement de conseiller pour un suivi auquel vous contribuez');
  }
  const effective = `passation effective${deciders[cause ?? ''] ?? ''}`;
  if (to?.id === readerId) return prefixed(from?.name, `${effective}, votre structure mène désormais le suivi`);
  if (from?.id === readerId) return prefixed(to?.name, `${effective}, cette structure mène désormais le suivi`);
  return prefixed(to?.name, 'cette structure mène désormais un suivi auquel vous contribuez');
}

export const titledTypes: readonly string[] = Object.keys(titles);

/** A type of a newer version has a title too, if a poor one: the list must not fail for it. */
export const titleOf = (type: string, parts: TitleParts): string => titles[type]?.(parts) ?? 'Nouvelle notification';
