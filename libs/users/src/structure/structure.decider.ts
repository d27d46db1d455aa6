/** What may happen to a structure. Pure: state, input, context → events, or a `Problem`. */
import {
  checkDay,
  forbidden,
  stale,
  wrongState,
  type Actor,
  type Capacity,
  type Context,
  type Decided,
  type LocalDate,
  type StructureStatus,
  type Uuid,
} from '@fil-rouge/kernel';
import { hasManager } from './staff';
import type { StructureState, Territory } from './structure';

export type DeclareInput = { name: string; typology: string; siret?: string; services: string[]; territory: Territory };
export type DecideInput = {
  status: StructureStatus;
  decidedOn: LocalDate;
  reference?: string;
  reason?: string;
  /** Which structure takes over the one that closes. */
  successorId?: Uuid;
  ifMatch?: number;
};
/** Absent: as it was. */
export type OfferInput = {
  services?: string[];
  acceptsReferrals?: boolean;
  capacity?: Capacity;
  territory?: Territory;
  ifMatch?: number;
};
/** Absent: as it was. `siret` null: it has none. */
export type CorrectionInput = {
  name?: string;
  typology?: string;
  siret?: string | null;
  services?: string[];
  territory?: Territory;
  ifMatch?: number;
};

export type RenameInput = { name: string; ifMatch?: number };

/** What the State may decide from each status. A refusal can be followed by a new application; a closed structure stays closed. */
export const nextStatuses: Readonly<Record<StructureStatus, readonly StructureStatus[]>> = {
  declared: ['awaiting_state_validation', 'active', 'refused', 'closed'],
  awaiting_state_validation: ['active', 'refused', 'closed'],
  active: ['suspended', 'closed'],
  suspended: ['active', 'closed'],
  refused: ['awaiting_state_validation', 'closed'],
  closed: [],
};

export const mayDeclare = ({ role }: Actor): boolean =>
  role === 'coordinator' || role === 'administrator' || role === 'system';
export const mayDecide = ({ role }: Actor): boolean => role === 'administrator' || role === 'system';

/** Its manager says what it offers; how much room there is, whoever receives people there. */
export const mayOffer = (
  { role, structureId }: Actor,
  structure: Uuid,
  { services, acceptsReferrals, territory }: OfferInput,
): boolean =>
  role === 'system' ||
  (structureId === structure &&
    (role === 'manager' ||
      (role === 'counsellor' && [services, acceptsReferrals, territory].every((part) => part === undefined))));

/** Whoever declared a structure puts right what was mistyped, until it has a manager; an administrator always. */
export const mayCorrect = ({ role, userId }: Actor, state: StructureState, today: LocalDate): boolean =>
  role === 'administrator' ||
  (role === 'coordinator' &&
    state.declaredBy !== undefined &&
    state.declaredBy === userId &&
    !hasManager(state, today));

export function declareStructure(
  { name, typology, siret, services, territory }: DeclareInput,
  context: Context,
): Decided[] {
  if (!mayDeclare(context.actor)) throw forbidden('Only a coordinator or an administrator declares structures.');
  return [{ type: 'StructureDeclared', data: { name, typology, siret, services, ...territory } }];
}

export function decideOnStructure(
  state: StructureState,
  { status, decidedOn, reference, reason, successorId, ifMatch }: DecideInput,
  context: Context,
): Decided[] {
  if (!mayDecide(context.actor)) throw forbidden('Only an administrator records the State’s decisions.');
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
  const previous = state.status;
  if (previous === 'none' || !nextStatuses[previous].includes(status))
    throw wrongState(previous, previous === 'none' ? [] : nextStatuses[previous]);
  checkDay('decided', decidedOn, context.today, '/decidedOn');
  return [{ type: 'StructureDecided', data: { status, previous, decidedOn, reference, reason, successorId } }];
}

/** @param id the structure's own id: its people, and nobody else, say what it offers */
export function changeOffer(id: Uuid, state: StructureState, input: OfferInput, context: Context): Decided[] {
  if (!mayOffer(context.actor, id, input))
    throw forbidden('Only a manager of this structure changes its offer; its counsellors change the capacity.');
  if (input.ifMatch !== undefined && input.ifMatch !== state.version) throw stale();
  const {
    services = state.services,
    acceptsReferrals = state.acceptsReferrals,
    capacity = state.capacity,
    territory = territoryIn(state),
  } = input;
  const offer = { services, acceptsReferrals, capacity, ...territory };
  // The same again must not make other people's If-Match stale.
  return same(offerOf(state), offerOf(offer)) ? [] : [{ type: 'OfferChanged', data: offer }];
}

/** What was mistyped when the structure was declared, its name included; what it offers since is its people's to say. */
export function correctStructure(
  state: StructureState,
  { ifMatch, ...input }: CorrectionInput,
  context: Context,
): Decided[] {
  if (!mayCorrect(context.actor, state, context.today)) {
    throw forbidden('Only whoever declared this structure corrects it, until it has a manager; or an administrator.');
  }
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
  const { name, typology, siret, services, territory } = input;
  const said = { name, typology, siret, services, territory: territory && [territory.communes, territory.departement] };
  const present = {
    name: state.name,
    typology: state.typology,
    siret: state.siret,
    services: state.services,
    territory: [state.communes, state.departement],
  };
  const changed = (Object.keys(said) as (keyof typeof said)[]).filter(
    (member) => said[member] !== undefined && !same(said[member], present[member]),
  );
  if (changed.length === 0) return [];
  const data = Object.fromEntries(changed.map((member) => [member, input[member]]));
  return [{ type: 'StructureCorrected', data: { ...data, ...(changed.includes('name') && { before: state.name }) } }];
}

/** It is called otherwise from now on: of a name that was never right, `correctStructure`. The same again changes nothing. */
export function renameStructure(
  { name: before, status, version }: StructureState,
  { name, ifMatch }: RenameInput,
  { actor }: Context,
): Decided[] {
  if (actor.role !== 'administrator') throw forbidden('Only an administrator renames a structure.');
  if (ifMatch !== undefined && ifMatch !== version) throw stale();
  if (status === 'closed') throw wrongState(status);
  return name === before ? [] : [{ type: 'StructureRenamed', data: { name, before } }];
}

const territoryIn = ({ communes, departement }: StructureState): Territory => ({ communes, departement }) as Territory;

const offerOf = ({
  services,
  acceptsReferrals,
  capacity,
  communes,
  departement,
}: Pick<StructureState, 'services' | 'acceptsReferrals' | 'capacity' | 'communes' | 'departement'>) => [
  services,
  acceptsReferrals,
  capacity,
  communes,
  departement,
];

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
