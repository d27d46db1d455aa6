import { atParis, type LocalDate } from '@fil-rouge/kernel';
import { Person } from '../journeys/driver';
import type { TestSystem } from './system';

/** Ten in the morning of another day. Whoever was signed in is not any more. @returns how somebody signs in on it: by role, and structure when it is not the Département */
export function onThe(system: TestSystem, day: LocalDate): (role: string, structure?: string) => Promise<Person> {
  system.clock.set(atParis(day, '10:00'));
  return (role, structure) => Person.signIn(system.baseUrl, system.account(role, structure), system.password);
}
