/** What people need help with, by the national tool: its themes, and of what an administrative one is a detail. */
import { isValueOf, valuesOf } from './vocabulary';

export const digitalThemes = {
  diagnostic_numerique: 'Diagnostic numérique',
  prendre_en_main_du_materiel: 'Prendre en main du matériel',
  maintenance_de_materiel: 'Maintenance de matériel',
  gere_ses_contenus_numeriques: 'Gérer ses contenus numériques',
  navigation_sur_internet: 'Navigation sur internet',
  email: 'E-mail',
  bureautique: 'Bureautique',
  reseaux_sociaux: 'Réseaux sociaux communication',
  sante: 'Santé',
  banque_et_achats_en_ligne: 'Banque et achats en ligne',
  entrepreneuriat: 'Accompagner un professionnel',
  insertion_professionnelle: 'Insertion professionnelle',
  securite_numerique: 'Prévention en sécurité numérique',
  parentalite: 'Parentalité',
  scolarite_et_numerique: 'Scolarité et numérique',
  creer_avec_le_numerique: 'Créer avec le numérique',
  culture_numerique: 'Culture numérique',
  intelligence_artificielle: 'Intelligence artificielle (IA)',
  aide_aux_demarches_administratives: 'Aide aux démarches administratives',
} as const;

export const administrativeThemes = {
  papiers_elections_citoyennete: 'Papiers - Élections - Citoyenneté',
  famille_scolarite: 'Famille - Scolarité',
  social_sante: 'Social - Santé',
  travail_formation: 'Travail - Formation - Entreprise',
  logement: 'Logement',
  transports_mobilite: 'Transports - Mobilité',
  argent_impots: 'Argent - Impôts',
  justice: 'Justice',
  etrangers_europe: 'Étrangers - Europe',
  loisirs_sports_culture: 'Loisirs - Sports - Culture',
  associations: 'Associations',
} as const;

/** What a session treats and what a referral needs. */
export const themes = { ...digitalThemes, ...administrativeThemes } as const;
export type DigitalTheme = keyof typeof digitalThemes;
export const digitalThemeValues = valuesOf(digitalThemes);
export const administrativeThemeValues = valuesOf(administrativeThemes);
export const themeValues = valuesOf(themes);

export type ThemesProblem = 'unknown' | 'duplicate' | 'administrative_without_parent';

/** What is wrong with a list of themes, or null. Administrative themes detail `aide_aux_demarches_administratives` and need it. */
export function themesProblem(chosen: readonly string[]): ThemesProblem | null {
  if (!chosen.every((theme) => isValueOf(themes, theme))) return 'unknown';
  if (new Set(chosen).size < chosen.length) return 'duplicate';
  const administrative = chosen.some((theme) => isValueOf(administrativeThemes, theme));
  return administrative && !chosen.includes('aide_aux_demarches_administratives')
    ? 'administrative_without_parent'
    : null;
}
