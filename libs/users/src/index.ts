import type { Slice } from '@fil-rouge/kernel';
import { DelaySettingEntity } from './delay-settings.entity';
import { networkSlice } from './network-record';
import { AccountEntity, EmploymentEntity, InvitationEntity } from './person.entity';
import { AccessTokenEntity, SignInAttemptEntity } from './sign-in.entity';
import { StructureDecisionEntity, StructureEntity } from './structure.entity';
import { personSlice, structureSlice } from './users.slices';

export { delaysFor, networkId } from './network-record';
export { IsDay } from './days.validator';
export { invitationToken } from './invitations';
export { usersMigrations } from './migrations';
export { Administrators, type NewAdministrator } from './network/administrators';
export { IsCommune, IsEpci } from './network/commune.validator';
export { communeName, communesOf, communesOfDepartement, communesOfEpci, epciName, isCommune, isEpci, territoryOf } from './network/communes';
export { NetworkLoader, type LoadedNetwork } from './network/load';
export { people as networkPeople, type NetworkPerson } from './network/people';
export { placements as networkPlacements, structures as networkStructures, type NetworkStructure } from './network/sarthe';
export { PeopleQueries } from './people.queries';
export { isLive, personOf, worksFor, type Employment, type PersonEventData, type PersonRecord, type PersonState } from './person';
export { SignIn, type SignedInPerson } from './sign-in';
export {
  covers, isGone, isNotYetValidated, structureOf, type StructureEventData, type StructureRecord, type StructureState, type Territory,
} from './structure';
export { StructuresQueries } from './structures.queries';
export { UsersModule } from './users.module';

export const usersSlices: readonly Slice[] = [structureSlice, personSlice, networkSlice];
export const usersEntities = [StructureEntity, StructureDecisionEntity, AccountEntity, EmploymentEntity, InvitationEntity, AccessTokenEntity, SignInAttemptEntity, DelaySettingEntity];
