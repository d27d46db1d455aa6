/** Closed lists of referrals, handovers, batches of leavers and readings: wire value → French label, as in vocabulary.ts. */
import { valuesOf } from './vocabulary';

// Referrals

export const referralStatuses = {
  draft: 'Brouillon',
  held: 'En attente de validation d’une structure',
  sent: 'Envoyée',
  under_review: 'À l’étude',
  accepted: 'Acceptée',
  declined: 'Refusée',
  withdrawn: 'Retirée',
  expired: 'Expirée',
  in_progress: 'En cours',
  on_hold: 'En pause',
  completed: 'Terminée',
  returned: 'Rendue',
  cancelled: 'Annulée',
  entered_in_error: 'Saisie par erreur',
} as const;
export type ReferralStatus = keyof typeof referralStatuses;
export const referralStatusValues = valuesOf(referralStatuses);

export const urgencies = { normal: 'Normale', urgent: 'Urgente' } as const;
export const urgencyValues = valuesOf(urgencies);

/** How the resident wishes to be contacted. */
export const contactPreferences = {
  phone: 'Par téléphone',
  email: 'Par e-mail',
  in_person: 'En personne',
  via_referrer: 'Par la structure qui oriente',
} as const;
export const contactPreferenceValues = valuesOf(contactPreferences);

export const referralOutcomes = {
  helped: 'Aide apportée',
  helped_partially: 'Aide apportée en partie',
  could_not_help: 'Aide impossible',
  not_reachable: 'Injoignable',
  no_show: 'Ne s’est pas présenté',
  no_longer_needed: 'Besoin disparu',
  referred_onward: 'Orienté vers une autre structure',
} as const;
export type ReferralOutcome = keyof typeof referralOutcomes;
export const referralOutcomeValues = valuesOf(referralOutcomes);

export const declineReasons = {
  no_capacity: 'Pas de disponibilité',
  out_of_area: 'Hors de notre territoire',
  not_our_service: 'Ne relève pas de nos services',
  not_our_public: 'Ne relève pas de notre public',
  not_reachable: 'Injoignable',
  not_interested: 'La personne n’est pas intéressée',
  already_followed: 'Déjà suivi',
  duplicate: 'Doublon',
  missing_information: 'Informations manquantes',
  other: 'Autre',
} as const;
export type DeclineReason = keyof typeof declineReasons;
export const declineReasonValues = valuesOf(declineReasons);

export const withdrawReasons = {
  changed_mind: 'Changement d’avis',
  wrong_recipient: 'Mauvais destinataire',
  resident_declined: 'Refus de la personne',
  other: 'Autre',
} as const;
export const withdrawReasonValues = valuesOf(withdrawReasons);

export const returnReasons = {
  not_reachable: 'Injoignable',
  out_of_scope: 'Ne relève pas de nos missions',
  no_capacity: 'Pas de disponibilité',
  resident_declined: 'Refus de la personne',
  inactive: 'Sans activité',
  structure_closed: 'Structure fermée',
  other: 'Autre',
} as const;
export const returnReasonValues = valuesOf(returnReasons);

export const holdReasons = {
  waiting_list: 'Liste d’attente',
  resident_unavailable: 'Personne indisponible',
  other: 'Autre',
} as const;
export const holdReasonValues = valuesOf(holdReasons);

/** One word for all the referrals of a case that its reader may see. */
export const caseReferralStatuses = {
  none: 'Aucune orientation',
  waiting: 'En attente de réponse',
  in_progress: 'En cours',
  helped: 'Aide apportée',
  partly_helped: 'Aide apportée en partie',
  not_helped: 'Sans aide',
} as const;
export type CaseReferralStatus = keyof typeof caseReferralStatuses;
export const caseReferralStatusValues = valuesOf(caseReferralStatuses);

// Handovers and leavers

export const handoverKinds = {
  push: 'Proposée par le référent',
  pull: 'Demandée par une autre structure',
  beside: 'Demande à accompagner aussi',
  internal: 'Interne à la structure',
  administrative: 'Décision administrative',
} as const;
export type HandoverKind = keyof typeof handoverKinds;
export const handoverKindValues = valuesOf(handoverKinds);

export const handoverStatuses = {
  proposed: 'Proposée',
  requested: 'Demandée',
  accepted: 'Acceptée',
  declined: 'Refusée',
  withdrawn: 'Retirée',
  expired: 'Expirée',
  cancelled: 'Annulée',
  effective: 'Effective',
} as const;
export type HandoverStatus = keyof typeof handoverStatuses;
export const handoverStatusValues = valuesOf(handoverStatuses);

export const batchKinds = {
  counsellor_leaves: 'Départ d’un conseiller',
  post_moves: 'Poste transféré',
  structure_suspended: 'Structure suspendue',
  structure_closed: 'Fermeture de la structure',
} as const;
export type BatchKind = keyof typeof batchKinds;
export const batchKindValues = valuesOf(batchKinds);

export const batchStatuses = {
  prepared: 'Préparé',
  running: 'En cours',
  done: 'Terminé',
  cancelled: 'Annulé',
  undone: 'Annulé après son départ',
} as const;
export type BatchStatus = keyof typeof batchStatuses;
export const batchStatusValues = valuesOf(batchStatuses);

export const batchDecisions = {
  colleague: 'Confier à un collègue',
  structure: 'Confier à une autre structure',
  close: 'Clore le suivi',
} as const;
export type BatchDecision = keyof typeof batchDecisions;
export const batchDecisionValues = valuesOf(batchDecisions);

/** Why a batch proposes somebody for a case. */
export const proposalReasons = {
  same_structure: 'Même structure',
  destination_of_the_post: 'Destination du poste',
  takes_over: 'Reprend la structure',
  offer: 'Propose l’aide demandée',
  territory: 'Intervient dans la commune',
  same_commune: 'Dans la même commune',
  same_epci: 'Dans la même intercommunalité',
  neighbouring_epci: 'Dans une intercommunalité voisine',
  load: 'Suit le moins de personnes',
} as const;
export type ProposalReason = keyof typeof proposalReasons;
export const proposalReasonValues = valuesOf(proposalReasons);

export const batchItemStatuses = {
  undecided: 'À décider',
  decided: 'Décidé',
  pending: 'En attente de son tour',
  done: 'Fait',
  failed: 'Impossible, à décider de nouveau',
  cancelled: 'Annulé',
} as const;
export type BatchItemStatus = keyof typeof batchItemStatuses;

export const batchOutcomes = {
  reassigned: 'Confié à un collègue',
  moved: 'Confié à une autre structure par décision',
  proposed: 'Proposé à une autre structure',
  closed: 'Suivi clos',
  // The case had moved or closed by itself before its turn came.
  superseded: 'Devenu sans objet',
} as const;
export type BatchOutcome = keyof typeof batchOutcomes;

/** What may be joined to an entry. */
export const attachmentMedia = { pdf: 'Document PDF', jpeg: 'Photo JPEG', png: 'Image PNG' } as const;
export type AttachmentMedia = keyof typeof attachmentMedia;
export const attachmentMediaValues = valuesOf(attachmentMedia);

// Tasks and audit

export const taskKinds = {
  answer_referral: 'Répondre à une orientation',
  assign_contact: 'Désigner qui accompagne',
  start_referral: 'Commencer l’accompagnement',
  resume_referral: 'Reprendre une orientation en pause',
  agree_cancellation: 'Confirmer une annulation',
  send_draft: 'Envoyer un brouillon d’orientation',
  settle_draft: 'Régler un brouillon laissé par une autre structure',
  choose_other_structure: 'Choisir une autre structure',
  propose_next_step: 'Proposer une suite',
  answer_handover: 'Répondre à une passation',
  choose_other_lead: 'Choisir un autre référent',
  decide_lead: 'Décider qui mène le suivi',
  decide_batch: 'Décider des suivis d’un départ',
  assign_counsellor: 'Désigner un conseiller référent',
  review_case: 'Revoir un suivi sans activité',
} as const;
export type TaskKind = keyof typeof taskKinds;
export const taskKindValues = valuesOf(taskKinds);

/** Why an auditor reads the content of a case. */
export const readingReasons = {
  complaint: 'Réclamation',
  incident: 'Incident',
  control: 'Contrôle',
  request_of_resident: 'Demande de la personne concernée',
  other: 'Autre',
} as const;
export const readingReasonValues = valuesOf(readingReasons);
/** Why a case is looked for by a name. What there is to say besides is said with the reading, and sealed with that record: a search has none. */
export const findingReasonValues = readingReasonValues.filter((reason) => reason !== 'other');
