/** Words of exports: what a line of one is, what stands in it, and how far it is. */
import { valuesOf } from './vocabulary';

/** What one line is of: who came to a workshop took part in it as whoever was helped alone. */
export const exportRows = {
  session: 'Un accompagnement par ligne',
  participation: 'Une participation par ligne\u00a0: accompagnements et ateliers',
} as const;
export type ExportRow = keyof typeof exportRows;
export const exportRowValues = valuesOf(exportRows);

export const exportFormats = { csv: 'CSV (points-virgules)', xlsx: 'Classeur XLSX (LibreOffice, Excel)' } as const;
export type ExportFormat = keyof typeof exportFormats;
export const exportFormatValues = valuesOf(exportFormats);

/** What the list on the screen shows, and nothing that it does not. The label is the head of the column. */
export const exportColumns = {
  date: 'Date',
  kind: 'Activité',
  minutes: 'Durée (minutes)',
  first_name: 'Prénom',
  last_name: 'Nom',
  themes: 'Thèmes',
  place: 'Lieu',
  place_name: 'Lieu d’activité',
  commune: 'Commune (code Insee)',
  commune_name: 'Commune',
  equipment: 'Matériel',
  autonomy: 'Autonomie',
  counsellor: 'Saisi par',
  tags: 'Étiquettes',
  referred: 'Suite à une orientation',
  corrected: 'Corrigé',
  status: 'État',
  case: 'Dossier (identifiant)',
  activity: 'Activité (identifiant)',
} as const;
export type ExportColumn = keyof typeof exportColumns;
export const exportColumnValues = valuesOf(exportColumns);

export const exportStatuses = {
  waiting: 'En attente',
  running: 'En préparation',
  ready: 'Prêt',
  failed: 'Non abouti',
} as const;
export type ExportStatus = keyof typeof exportStatuses;
export const exportStatusValues = valuesOf(exportStatuses);

export const exportFailures = {
  signed_out: 'Votre session s’est terminée avant la fin de l’export',
  too_many_rows: 'Il y aurait plus d’un million de lignes\u00a0: choisissez une période plus courte',
  interrupted: 'L’export a été interrompu plusieurs fois\u00a0: demandez-le de nouveau',
} as const;
export type ExportFailure = keyof typeof exportFailures;
export const exportFailureValues = valuesOf(exportFailures);
