export { delaysFor, networkId } from './network/network-record';
export { usersLibrary } from './users.library';
export { invitationToken, linkToken, type LinkKind } from './sign-in/links.service';
export { noTurnLeft, Turns, type Allowance } from './sign-in/turns.service';
export { ForgottenPasswords } from './sign-in/forgotten-passwords.service';
export { Administrators, type NewAdministrator } from './network/administrators.service';
export { IsCommune, IsEpci, IsMeant, IsNameOfCommune, IsNear } from './network/commune.validator';
export {
  communeName,
  communesOf,
  communesOfDepartement,
  communesOfEpci,
  epciName,
  epciOf,
  isCommune,
  isEpci,
  territoryOf,
} from './network/communes.service';
export { circlesRound, nearestOf, nearnessOf, nearnessOfEpci } from './network/nearness';
export { OpeningShown, ReceptionPlace } from './reception/reception.dto';
export { onDuty } from './reception/reception';
export { receptionOf } from './schema/reception.sql';
export { placesNear } from './schema/nearness.sql';
export { NetworkLoader, type LoadedNetwork } from './network/network-load.service';
export { demoPersonId, people as networkPeople, type NetworkPerson } from './network/people';
export {
  demoStructureId,
  placements as networkPlacements,
  since as networkSince,
  structures as networkStructures,
  type NetworkStructure,
} from './network/sarthe';
export { noticeOpenings } from './person/own-account.decider';
export { PeopleQueries } from './person/people.queries';
export {
  isLive,
  personOf,
  worksFor,
  type Employment,
  type PersonEventData,
  type PersonRecord,
  type PersonState,
} from './person/person';
export { foldAddress, SignIn, type SignedInPerson } from './sign-in/sign-in.service';
export { isPersonEvent } from './person/person';
export {
  covers,
  isGone,
  isNotYetValidated,
  isStructureEvent,
  structureOf,
  type StructureEventData,
  type StructureRecord,
  type StructureState,
  type Territory,
} from './structure/structure';
export { hasPeople } from './structure/staff';
export { StructuresQueries } from './structure/structures.queries';
export { UsersModule } from './users.module';
export { employedOn, lives } from './schema/employment.sql';
export { nameAt } from './schema/structure.sql';
export { awayOn } from './schema/absence.sql';
