import type { Permission, Role } from '@fil-rouge/kernel';
import type { Session } from './session';

/** Whether this installation lets those who watch over everybody in with a password alone. */
export abstract class SecondFactorRule {
  abstract readonly required: boolean;
}

const asked: readonly Role[] = ['administrator', 'auditor', 'coordinator'];
/** Who one is, where one is signed in, signing out; and setting one up. */
const meanwhile: readonly Permission[] = ['me.read', 'me.second-factor'];

/** The role asks for a second factor, and this session was opened without one. */
export const lacksFactor = ({ required }: SecondFactorRule, { role, factor }: Session): boolean =>
  required && !factor && asked.includes(role);

export const mayMeanwhile = (permission: Permission): boolean => meanwhile.includes(permission);
