/**
 * What each role may ask for at all. Every route names one of these permissions (checked when the process starts);
 * whether it is granted on *this* record is the policies' business.
 */
import type { Role } from './vocabulary';

const everybody = ['counsellor', 'manager', 'coordinator', 'administrator', 'auditor'] as const;
const staff = ['counsellor', 'manager'] as const;

export const permissions = {
  'me.read': everybody,
  'me.change': everybody,
  'me.second-factor': everybody,
  'structure.read': everybody,
  'structure.declare': ['coordinator', 'administrator'],
  'structure.correct': ['coordinator', 'administrator'],
  'structure.decide': ['administrator'],
  'structure.offer': staff,
  'structure.reception': ['manager'],
  'structure.absence': staff,
  'place.manage': ['manager'],
  'delays.set': ['administrator'],
  'people.read': ['counsellor', 'manager', 'coordinator', 'administrator'],
  'people.manage': ['manager', 'coordinator', 'administrator'],
  'people.sign-out': ['administrator'],
  'people.second-factor': ['administrator'],
  'convention.read': ['manager', 'coordinator', 'administrator'],
  'convention.record': ['administrator'],
  'post.record': ['manager', 'administrator'],
  'case.open': staff,
  'case.read': everybody,
  'case.search': staff,
  'case.write': staff,
  'case.join': staff,
  'case.erase': ['administrator'],
  'case.merge': ['coordinator'],
  'session.record': staff,
  'session.read': staff,
  'workshop.record': staff,
  'workshop.read': staff,
  'referral.create': staff,
  'referral.read': everybody,
  'referral.answer': staff,
  'referral.withdraw': ['counsellor', 'manager', 'coordinator'],
  'referral.cancel': ['coordinator'],
  'handover.create': ['counsellor', 'manager', 'coordinator', 'administrator'],
  'handover.read': everybody,
  'handover.answer': staff,
  'handover.batch': ['manager', 'coordinator', 'administrator'],
  'notification.read': everybody,
  'task.read': everybody,
  'territory.read': ['manager', 'coordinator'],
  'statistics.read': everybody,
  'audit.read': ['administrator', 'auditor'],
} as const satisfies Record<string, readonly Role[]>;

/** Follows residents, for the structure the session acts for; the network's roles act for none. */
export const isStaff = ({ role }: { readonly role: Role | 'system' }): boolean =>
  (staff as readonly string[]).includes(role);

export type Permission = keyof typeof permissions;
export const permissionValues = Object.keys(permissions) as Permission[];

export const mayAsk = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role);

/** In the order they stand above; shown by `GET /v1/me`. */
export const permissionsOf = (role: Role): Permission[] =>
  permissionValues.filter((permission) => mayAsk(role, permission));
