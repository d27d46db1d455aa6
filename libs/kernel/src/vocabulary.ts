import { Service, Typologie } from '@gouvfr-anct/lieux-de-mediation-numerique';

/**
 * Every closed list of the domain: wire value → French label; themes are in themes.ts, ages in age-bracket.ts. The values and labels of sessions, residents and themes are
 * those of the national tool, so that nothing has to be typed twice. A wire value never changes; a label may.
 */
export type Vocabulary = Readonly<Record<string, string>>;

/** The wire values in their order. */
export function valuesOf<V extends Vocabulary>(vocabulary: V): (keyof V & string)[] {
  return Object.keys(vocabulary);
}

/** Own keys only: `constructor` is in every object and in no vocabulary. */
export function isValueOf<V extends Vocabulary>(vocabulary: V, value: unknown): value is keyof V & string {
  return typeof value === 'string' && Object.hasOwn(vocabulary, value);
}

/** Codes of structures in the national standard: `CD`, `CC`, `LA_POSTE`, … */
export const typologies: string[] = Object.values(Typologie);
/** Services of a structure in the national standard, whose wire values are French: `Aide aux démarches administratives`, … */
export const services: string[] = Object.values(Service);

// Sessions and workshops

export const places = {
  lieu_activite: "Lieu d'activité",
  domicile: 'À domicile',
  a_distance: 'À distance',
  autre: 'Autre lieu',
} as const;
export type Place = keyof typeof places;
export const placeValues = valuesOf(places);

export const equipments = {
  ordinateur: 'Ordinateur',
  telephone: 'Téléphone',
  tablette: 'Tablette',
  autre: 'Autre',
  aucun: 'Pas de matériel',
} as const;
export const equipmentValues = valuesOf(equipments);

export const autonomies = {
  entierement_accompagne: 'Avec guidage',
  partiellement_autonome: 'Autonome avec guidage en cas de besoin',
  autonome: 'Autonome',
} as const;
export const autonomyValues = valuesOf(autonomies);

export const workshopLevels = { debutant: 'Débutant', intermediaire: 'Intermédiaire', avance: 'Avancé' } as const;
export const workshopLevelValues = valuesOf(workshopLevels);

// Residents and cases

export const genders = { masculin: 'Masculin', feminin: 'Féminin', non_communique: 'Non communiqué' } as const;
export const genderValues = valuesOf(genders);

export const residentStatuses = {
  scolarise: 'Scolarisé',
  sans_emploi: 'Sans emploi',
  en_emploi: 'En emploi',
  retraite: 'Retraité',
  non_communique: 'Non communiqué',
} as const;
export const residentStatusValues = valuesOf(residentStatuses);

export const closingReasons = {
  autonomy_reached: 'Autonomie atteinte',
  need_met: 'Besoin satisfait',
  moved_out: 'Déménagement',
  no_longer_wishes: 'Ne souhaite plus être accompagné',
  unreachable: 'Injoignable',
  followed_elsewhere: 'Suivi ailleurs',
  deceased: 'Décès',
  opened_in_error: 'Ouvert par erreur',
} as const;
export type ClosingReason = keyof typeof closingReasons;
export const closingReasonValues = valuesOf(closingReasons);

export const informedHows = { oral: 'À l’oral', written: 'Par écrit', phone: 'Par téléphone' } as const;
export const informedHowValues = valuesOf(informedHows);

// Structures and people

export const structureStatuses = {
  declared: 'Déclarée',
  awaiting_state_validation: 'En attente de validation par l’État',
  active: 'Active',
  refused: 'Refusée',
  suspended: 'Suspendue',
  closed: 'Fermée',
} as const;
export type StructureStatus = keyof typeof structureStatuses;
export const structureStatusValues = valuesOf(structureStatuses);

export const capacities = { open: 'Accueil ouvert', waiting_list: 'Liste d’attente', full: 'Complet' } as const;
export type Capacity = keyof typeof capacities;
export const capacityValues = valuesOf(capacities);

export const roles = {
  counsellor: 'conseiller numérique',
  manager: 'responsable',
  coordinator: 'coordinateur',
  administrator: 'administrateur',
  auditor: 'auditeur',
} as const;
export type Role = keyof typeof roles;
export const roleValues = valuesOf(roles);

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

// Handovers and audit

export const handoverKinds = {
  push: 'Proposée par le référent',
  pull: 'Demandée par une autre structure',
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

/** Why an auditor reads the content of a case. */
export const readingReasons = {
  complaint: 'Réclamation',
  incident: 'Incident',
  control: 'Contrôle',
  request_of_resident: 'Demande de la personne concernée',
  other: 'Autre',
} as const;
export const readingReasonValues = valuesOf(readingReasons);
