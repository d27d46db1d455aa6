/** Which people a notification reaches: whoever is named, else whoever stands in for a structure. Pure. */
import type { Role, Uuid } from '@fil-rouge/kernel';
import type { Told } from './notification.rules';
import type { Scene, Side } from './notification.audience';

export interface Employee {
  readonly userId: Uuid;
  readonly structureId: Uuid;
  readonly role: Role;
  /** Communes a coordinator watches over; null: the whole network. */
  readonly territory: readonly string[] | null;
  /** Away today: the colleague who takes over. */
  readonly deputyId?: Uuid | null;
}

/** Whom a notification reaches, and for which structure: it is read when signed in for that one. */
export interface Addressee {
  readonly userId: Uuid;
  readonly structureId: Uuid;
}

/**
 * The named counsellor, while employed there, and who takes over today from whoever is away. Without one, the structure's managers; without managers, its counsellors. The author is never told,
 * and nobody is told instead: the structure knows already.
 * @param staff who is employed today by the structures of the scene, and the coordinators
 */
export function peopleOf(
  { to }: Told,
  staff: readonly Employee[],
  { commune }: Scene,
  author: Uuid | null,
): Addressee[] {
  const found = to === 'coordinator' ? coordinatorsOf(staff, commune) : withDeputies(inCharge(to, staff), staff);
  return found.filter(({ userId }) => userId !== author).map(({ userId, structureId }) => ({ userId, structureId }));
}

function inCharge({ structureId, counsellorId, alone }: Side, staff: readonly Employee[]): Employee[] {
  const as = (role: Role) => staff.filter((employee) => employee.structureId === structureId && employee.role === role);
  const [managers, counsellors] = [as('manager'), as('counsellor')];
  const named = [...counsellors, ...managers].find(({ userId }) => userId === counsellorId);
  if (named) return [named];
  if (alone) return [];
  return managers.length > 0 ? managers : counsellors;
}

/** Each once. Whoever is away, too, takes over from nobody. */
function withDeputies(found: readonly Employee[], staff: readonly Employee[]): Employee[] {
  const deputies = found.flatMap(({ deputyId, structureId }) => {
    const deputy = staff.find((one) => one.userId === deputyId && one.structureId === structureId);
    return deputy && !deputy.deputyId ? [deputy] : [];
  });
  const known = new Set<Uuid>();
  return [...found, ...deputies].filter(({ userId }) => !known.has(userId) && Boolean(known.add(userId)));
}

const coordinatorsOf = (staff: readonly Employee[], commune: string): Employee[] =>
  staff.filter(({ role, territory }) => role === 'coordinator' && (territory === null || territory.includes(commune)));
