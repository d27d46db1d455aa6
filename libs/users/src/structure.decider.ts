/** What may happen to a structure. Pure: state, input, context → events, or a `Problem`. */
import { forbidden, invalid, stale, wrongState, type Actor, type Capacity, type Context, type Decided, type LocalDate, type StructureStatus } from '@fil-rouge/kernel';
import type { StructureState, Territory } from './structure';

export type DeclareInput = { name: string; typology: string; siret?: string; services: string[]; territory: Territory };
export type DecideInput = { status: StructureStatus; decidedOn: LocalDate; reference?: string; reason?: string; ifMatch?: number };
export type OfferInput = { services: string[]; acceptsReferrals: boolean; capacity: Capacity; territory: Territory; ifMatch?: number };

/** What the State may decide from each status. A refusal can be followed by a new application; a closed structure stays closed. */
export const nextStatuses: Readonly<Record<StructureStatus, readonly StructureStatus[]>> = {
  declared: ['awaiting_state_validation', 'active', 'refused', 'closed'],
  awaiting_state_validation: ['active', 'refused', 'closed'],
  active: ['suspended', 'closed'],
  suspended: ['active', 'closed'],
  refused: ['awaiting_state_validation', 'closed'],
  closed: [],
};

export const mayDeclare = ({ role }: Actor): boolean => role === 'coordinator' || role === 'administrator' || role === 'system';
export const mayDecide = ({ role }: Actor): boolean => role === 'administrator' || role === 'system';
export const mayOffer = ({ role, structureId }: Actor, structure: string): boolean =>
  role === 'system' || (role === 'manager' && structureId === structure);

export function declareStructure({ name, typology, siret, services, territory }: DeclareInput, context: Context): Decided[] {
  if (!mayDeclare(context.actor)) throw forbidden('Only a coordinator or an administrator declares structures.');
  return [{ type: 'StructureDeclared', data: { name, typology, siret, services, ...territory } }];
}

export function decideOnStructure(state: StructureState, { status, decidedOn, reference, reason, ifMatch }: DecideInput, context: Context): Decided[] {
  if (!mayDecide(context.actor)) throw forbidden('Only an administrator records the State’s decisions.');
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
  const previous = state.status;
  if (previous === 'none' || !nextStatuses[previous].includes(status)) throw wrongState(previous, previous === 'none' ? [] : nextStatuses[previous]);
  if (decidedOn > context.today) throw invalid('/decidedOn', 'future', 'A decision is recorded once it has been taken: decidedOn cannot be in the future.');
  return [{ type: 'StructureDecided', data: { status, previous, decidedOn, reference, reason } }];
}

/** @param id the structure's own id: its manager, and nobody else's, says what it offers */
export function changeOffer(id: string, state: StructureState, { services, acceptsReferrals, capacity, territory, ifMatch }: OfferInput, context: Context): Decided[] {
  if (!mayOffer(context.actor, id)) throw forbidden('Only a manager of this structure changes its offer.');
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
  const offer = { services, acceptsReferrals, capacity, ...territory };
  return sameOffer(state, offer) ? [] : [{ type: 'OfferChanged', data: offer }];
}

type Offer = Omit<OfferInput, 'territory' | 'ifMatch'> & Territory;

/** A PUT of what already stands changes nothing, so it must not make other people's If-Match stale. */
const sameOffer = (state: StructureState, offer: Offer): boolean =>
  JSON.stringify([state.services, state.acceptsReferrals, state.capacity, state.communes, state.departement]) ===
  JSON.stringify([offer.services, offer.acceptsReferrals, offer.capacity, offer.communes, offer.departement]);
