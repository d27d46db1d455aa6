/**
 * Every closed list of the domain: wire value → French label; themes are in themes.ts, referrals and handovers in
 * vocabulary.referrals.ts, ages in age-bracket.ts, the national standard's in national.ts. Every one is
 * published (`vocabularies`), under its name here. The values and labels of sessions, residents and themes are
 * those of the national tool, so that nothing has to be typed twice. A wire value never changes; a label may.
 */
import type { Likeness } from './resemblance';

export type Vocabulary = Readonly<Record<string, string>>;

/** The wire values in their order. */
export function valuesOf<V extends Vocabulary>(vocabulary: V): (keyof V & string)[] {
  return Object.keys(vocabulary);
}

/** Own keys only: `constructor` is in every object and in no vocabulary. */
export function isValueOf<V extends Vocabulary>(vocabulary: V, value: unknown): value is keyof V & string {
  return typeof value === 'string' && Object.hasOwn(vocabulary, value);
}

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

export const workshopStatuses = { held: 'Tenu', entered_in_error: 'Saisi par erreur' } as const;
export const workshopStatusValues = valuesOf(workshopStatuses);

export const sessionStatuses = { recorded: 'Saisi', entered_in_error: 'Saisi par erreur' } as const;
export const sessionStatusValues = valuesOf(sessionStatuses);

/** Why a session counts nowhere; `entered_in_error` says no more than that. */
export const sessionErrors = {
  entered_in_error: 'Saisi par erreur',
  wrong_person: 'Mauvaise personne',
  duplicate: 'Saisi deux fois',
  did_not_take_place: 'N’a pas eu lieu',
  other: 'Autre',
} as const;
export type SessionError = keyof typeof sessionErrors;
export const sessionErrorValues = valuesOf(sessionErrors);

export const workshopErrors = {
  entered_in_error: 'Saisi par erreur',
  duplicate: 'Saisi deux fois',
  did_not_take_place: 'N’a pas eu lieu',
  other: 'Autre',
} as const satisfies Partial<Record<SessionError, string>>;
export type WorkshopError = keyof typeof workshopErrors;
export const workshopErrorValues = valuesOf(workshopErrors);

export const noteErrors = {
  entered_in_error: 'Saisie par erreur',
  wrong_person: 'Mauvaise personne',
  duplicate: 'Saisie deux fois',
  other: 'Autre',
} as const satisfies Partial<Record<SessionError, string>>;
export type NoteError = keyof typeof noteErrors;
export const noteErrorValues = valuesOf(noteErrors);

export const appointmentStatuses = {
  planned: 'Prévu',
  honoured: 'Honoré',
  missed: 'Manqué',
  cancelled: 'Annulé',
} as const;
export type AppointmentStatus = keyof typeof appointmentStatuses;
export const appointmentStatusValues = valuesOf(appointmentStatuses);

/** Who called an appointment off. */
export const appointmentSides = { counsellor: 'La structure', resident: 'La personne' } as const;
export type AppointmentSide = keyof typeof appointmentSides;
export const appointmentSideValues = valuesOf(appointmentSides);

/** Why somebody called it off. */
export const appointmentReasons = {
  unavailable: 'Empêchement',
  no_longer_needed: 'N’est plus utile',
  entered_in_error: 'Saisi par erreur',
  other: 'Autre',
} as const;
export type AppointmentReason = keyof typeof appointmentReasons;
export const appointmentReasonValues = valuesOf(appointmentReasons);

/** Why it was called off by itself. */
export const appointmentEndings = {
  case_closed: 'Suivi clos',
  part_ended: 'La structure ne participe plus au suivi',
  erased: 'Suivi effacé',
} as const;
export type AppointmentEnding = keyof typeof appointmentEndings;
/** Of one with nobody's name: there is no wrong person, and no text in which something else could be said. */
export const anonymousSessionErrors = {
  entered_in_error: 'Saisi par erreur',
  duplicate: 'Saisi deux fois',
  did_not_take_place: 'N’a pas eu lieu',
} as const satisfies Partial<Record<SessionError, string>>;
export type AnonymousSessionError = keyof typeof anonymousSessionErrors;
export const anonymousSessionErrorValues = valuesOf(anonymousSessionErrors);

export const goalStatuses = { open: 'En cours', reached: 'Atteint', abandoned: 'Abandonné' } as const;
export type GoalStatus = keyof typeof goalStatuses;
export const goalStatusValues = valuesOf(goalStatuses);

// Residents and cases

export const caseStatuses = { open: 'Ouvert', closed: 'Clos' } as const;
export const caseStatusValues = valuesOf(caseStatuses);

/** What a case is shown as: it may have ended in another one, or been erased. */
export const shownCaseStatuses = { ...caseStatuses, merged: 'Fusionné avec un autre', erased: 'Effacé' } as const;
export const shownCaseStatusValues = valuesOf(shownCaseStatuses);

/** How two records look like one resident's. */
export const resemblances = {
  phone: 'Même téléphone',
  email: 'Même adresse électronique',
  name_and_birth_year: 'Même nom et même année de naissance',
  birth_year_off_by_one: 'Même nom, années de naissance voisines',
  part_of_name: 'Une partie du nom en commun',
  name_or_phone: 'Nom ou téléphone semblable',
} as const satisfies Record<Likeness, string>;

/** In which order cases are listed. */
export const caseSorts = {
  newest_activity: 'Activité la plus récente d’abord',
  oldest_activity: 'Activité la plus ancienne d’abord',
  newest_opened: 'Ouverture la plus récente d’abord',
  oldest_opened: 'Ouverture la plus ancienne d’abord',
  name: 'Nom de famille',
} as const;
export type CaseSort = keyof typeof caseSorts;
export const caseSortValues = valuesOf(caseSorts);

/** What the entries of a record are about. */
export const entryKinds = {
  case: 'Suivi',
  session: 'Accompagnement individuel',
  workshop: 'Atelier collectif',
  note: 'Note',
  appointment: 'Rendez-vous',
  goal: 'Objectif',
  referral: 'Orientation',
  outside: 'Orientation hors du réseau',
  handover: 'Passation',
} as const;
export const entryKindValues = valuesOf(entryKinds);

/** As whom somebody reads a case. */
export const participations = {
  lead: 'Référent',
  contributor: 'Contributeur',
  former_lead: 'Ancien référent',
  former_contributor: 'Ancien contributeur',
  coordinator: 'Coordination',
  auditor: 'Contrôle',
} as const;
export const participationValues = valuesOf(participations);

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

/** Why somebody acts for the resident: a measure of protection, or parental authority. */
export const representations = {
  tutelle: 'Tutelle',
  curatelle: 'Curatelle',
  sauvegarde_de_justice: 'Sauvegarde de justice',
  habilitation_familiale: 'Habilitation familiale',
  mandat_de_protection: 'Mandat de protection future',
  autorite_parentale: 'Autorité parentale',
  autre: 'Autre',
} as const;
export const representationValues = valuesOf(representations);

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

export const placeStatuses = { open: 'Ouvert', closed: 'Fermé' } as const;
export const placeStatusValues = valuesOf(placeStatuses);

/** How near to where a resident lives a structure is, from the nearest on. */
export const nearnesses = {
  same_commune: 'Dans la même commune',
  same_epci: 'Dans la même intercommunalité',
  neighbouring_epci: 'Dans une intercommunalité voisine',
  department: 'Dans le même département',
  elsewhere: 'Ailleurs',
} as const;
export type Nearness = keyof typeof nearnesses;
export const nearnessValues = valuesOf(nearnesses);

export const weekdays = {
  monday: 'Lundi',
  tuesday: 'Mardi',
  wednesday: 'Mercredi',
  thursday: 'Jeudi',
  friday: 'Vendredi',
  saturday: 'Samedi',
  sunday: 'Dimanche',
} as const;
export type Weekday = keyof typeof weekdays;
export const weekdayValues = valuesOf(weekdays);

/** What a code of the official list stands for. */
export const communeKinds = {
  commune: 'Commune',
  former: 'Ancienne commune',
  district: 'Arrondissement municipal',
} as const;
export const communeKindValues = valuesOf(communeKinds);

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
