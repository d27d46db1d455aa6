/** Who may manage and see whom. Pure. */
import {
  forbidden,
  invalid,
  isStaff,
  type Actor,
  type LocalDate,
  type Problem,
  type Role,
  type Uuid,
} from '@fil-rouge/kernel';
import { hasManager } from '../structure/staff';
import type { StructureState } from '../structure/structure';
import type { PersonState } from './person';

/** Counsellor or manager: works for a structure, reads what it takes part in. */
const worksThere = (role: Role): boolean => isStaff({ role });

const manages = ({ role, structureId }: Actor, structure: Uuid): boolean =>
  role === 'manager' && structureId === structure;
const isOutside = ({ role }: Actor): boolean => role === 'coordinator' || role === 'administrator';

export interface Post {
  readonly structureId: Uuid;
  readonly role: Role;
}

/**
 * A structure's managers hire for it. From outside only its first manager is named: whoever could name more would read every structure's residents
 * through an account of their own. Somebody who ended another's work there from outside does not name one either: alone, that person would empty a
 * structure and enter it. Null: allowed.
 */
export function hiringRefusal(
  actor: Actor,
  { structureId, role }: Post,
  structure: StructureState | undefined,
  today: LocalDate,
): Problem | null {
  if (actor.role === 'system') return null;
  if (!worksThere(role))
    return actor.role === 'administrator' ? null : forbidden('Only an administrator gives a role in the network.');
  if (manages(actor, structureId)) return null;
  if (!isOutside(actor)) return forbidden('Only the managers of a structure hire for it.');
  if (structure && hasManager(structure, today))
    return forbidden('This structure has a manager: only its managers hire for it. Ask them.');
  if (role !== 'manager')
    return forbidden('From outside a structure only its first manager is named, who then hires the others.');
  if (structure?.endedFromOutside !== undefined && structure.endedFromOutside === actor.userId) {
    return forbidden('You have ended somebody’s work here: another coordinator or administrator names its manager.');
  }
  return null;
}

/** Whoever has a role in the network reads no resident by their own doing: a manager of the structure has to hire them. */
export function networkRefusal(
  actor: Actor,
  { structureId, role }: Post,
  person: PersonState,
  today: LocalDate,
): Problem | null {
  if (actor.role === 'system' || !worksThere(role) || manages(actor, structureId) || !holdsNetworkRole(person, today))
    return null;
  return forbidden('This person has a role in the network: only a manager of the structure may hire them.');
}

export const holdsNetworkRole = ({ employments }: PersonState, today: LocalDate): boolean =>
  employments.some(({ role, until, ended }) => !worksThere(role) && !ended && (until === null || until >= today));

/** Its managers end what people do there; an administrator what is no longer safe, with a reason. Null: allowed. */
export function endingRefusal(actor: Actor, { structureId, role }: Post, reason: string | undefined): Problem | null {
  if (actor.role === 'system' || (worksThere(role) && manages(actor, structureId))) return null;
  if (actor.role !== 'administrator') {
    return forbidden(
      worksThere(role)
        ? 'Only the managers of this structure end it, or an administrator for security, with a reason.'
        : 'Only an administrator ends a role in the network.',
    );
  }
  return reason?.trim()
    ? null
    : invalid('/reason', 'required', 'Say why: the managers of the structure and the other administrators are told.');
}

/** A link goes to the person's own mailbox and gives whoever asks for it nothing. */
export const mayInviteAgain = (actor: Actor, { structureId, role }: Post): boolean =>
  actor.role === 'administrator' || (worksThere(role) && (actor.role === 'coordinator' || manages(actor, structureId)));

/** Its administrators, and the managers of a structure where the person works; whoever has a role in the network is named by administrators alone. */
export const mayCorrectName = (actor: Actor, person: PersonState, today: LocalDate): boolean =>
  actor.role === 'administrator' ||
  (!holdsNetworkRole(person, today) &&
    person.employments.some(
      ({ role, structureId, until, ended }) =>
        worksThere(role) && manages(actor, structureId) && !ended && (until === null || until >= today),
    ));

const seesAll = ({ role }: Actor): boolean => isOutside({ role } as Actor) || role === 'system';

/** People of a structure, their names and roles: its own people, coordinators, administrators. */
export const mayReadPeople = (actor: Actor, structureId: Uuid): boolean =>
  seesAll(actor) || actor.structureId === structureId;

/** Somebody who never worked for a structure one may look into does not exist. */
export const mayKnow = (actor: Actor, { employments }: PersonState): boolean =>
  seesAll(actor) || employments.some(({ structureId }) => actor.structureId === structureId);
