/** Who may manage and see whom. Pure. */
import type { Actor, Role, Uuid } from '@fil-rouge/kernel';
import type { PersonState } from './person';

const inStructures: readonly Role[] = ['counsellor', 'manager'];

/** A manager employs people in the own structure, a coordinator in any; network roles are given by an administrator only. */
export function mayEmploy(actor: Actor, structureId: Uuid, role: Role): boolean {
  switch (actor.role) {
    case 'administrator':
    case 'system':
      return true;
    case 'coordinator':
      return inStructures.includes(role);
    case 'manager':
      return actor.structureId === structureId && inStructures.includes(role);
    default:
      return false;
  }
}

const seesAll = ({ role }: Actor): boolean => role === 'coordinator' || role === 'administrator' || role === 'system';

/** People of a structure, their names and roles: its own people, coordinators, administrators. */
export const mayReadPeople = (actor: Actor, structureId: Uuid): boolean => seesAll(actor) || actor.structureId === structureId;

/** Somebody who never worked for a structure one may look into does not exist. */
export const mayKnow = (actor: Actor, { employments }: PersonState): boolean =>
  seesAll(actor) || employments.some(({ structureId }) => actor.structureId === structureId);
