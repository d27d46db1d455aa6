/** Words of the network's own affairs: accounts, and what the State pays for. */
import { valuesOf } from './vocabulary';

/** What somebody is, in the structures and roles that were asked for. */
export const accountStates = {
  invited: 'Invitation en attente',
  active: 'Compte actif',
  left: 'N’y travaille plus',
} as const;
export type AccountStatus = keyof typeof accountStates;
export const accountStatusValues = valuesOf(accountStates);

/** What becomes of a post that the State pays for. */
export const subsidisedPostStatuses = { occupied: 'Occupé', vacant: 'Vacant', returned: 'Rendu à l’État' } as const;
export type PostStatus = keyof typeof subsidisedPostStatuses;
export const postStatusValues = valuesOf(subsidisedPostStatuses);

export const conventionStatuses = { to_come: 'À venir', running: 'En cours', ended: 'Terminée' } as const;
export type ConventionStatus = keyof typeof conventionStatuses;
export const conventionStatusValues = valuesOf(conventionStatuses);
