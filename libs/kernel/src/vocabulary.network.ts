/** Words of the network's own affairs: accounts, and what the State pays for. */
import { valuesOf } from './vocabulary';

/** What somebody is, in the structures and roles that were asked for. */
export const accountStatuses = { invited: 'Invitation en attente', active: 'Compte actif', left: 'A quitté' } as const;
export type AccountStatus = keyof typeof accountStatuses;
export const accountStatusValues = valuesOf(accountStatuses);
