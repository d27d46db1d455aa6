/**
 * READ FIRST: an organisation of the network: its events, its state and how the state follows from the events. Pure.
 * Nothing here is a resident's data: names, territories and decisions stand in the events in clear.
 */
import type { Capacity, Fact, LocalDate, RecordEvent, StructureStatus } from '@fil-rouge/kernel';
import { evolveDelays, nothingSet, type DelaysEventData, type DelaySettings } from './delay-settings';

/** Communes by INSEE code, or all those of one département: 352 codes in every state would be read with every command. */
export type Territory = { communes: string[]; departement: null } | { communes: null; departement: string };

export type StructureState = {
  status: 'none' | StructureStatus;
  /** Counts the record's events: the ETag. */
  version: number;
  name: string;
  /** Code of the national standard: `CD`, `LA_POSTE`, … */
  typology: string;
  siret: string | null;
  /** null: every commune of `departement`. Ask `covers`. */
  communes: string[] | null;
  departement: string | null;
  services: string[];
  acceptsReferrals: boolean;
  capacity: Capacity;
  /** How many decisions of the State are recorded. */
  decisions: number;
  decidedOn: LocalDate | null;
  /** Its own delays; absent while the network's hold. */
  delays?: DelaySettings;
};

export type StructureRecord = { structure: StructureState };

export type StructureEventData = {
  StructureDeclared: { name: string; typology: string; siret?: string; services: string[] } & Territory;
  StructureDecided: { status: StructureStatus; previous: StructureStatus; decidedOn: LocalDate; reference?: string; reason?: string };
  OfferChanged: { services: string[]; acceptsReferrals: boolean; capacity: Capacity } & Territory;
} & DelaysEventData;

export const structureWrites: Readonly<Record<keyof StructureEventData, number>> = { StructureDeclared: 1, StructureDecided: 1, OfferChanged: 1, DelaysChanged: 1 };

/** A structure joins the network to take part in it: it takes referrals until its manager says otherwise. */
export const initialStructure: StructureState = {
  status: 'none',
  version: 0,
  name: '',
  typology: '',
  siret: null,
  communes: [],
  departement: null,
  services: [],
  acceptsReferrals: true,
  capacity: 'open',
  decisions: 0,
  decidedOn: null,
};

export function evolveStructure(state: StructureState, event: RecordEvent): StructureState {
  const next = { ...state, version: state.version + 1 };
  switch (event.type as keyof StructureEventData) {
    case 'StructureDeclared': {
      const { name, typology, siret = null, services, communes, departement } = event.data as StructureEventData['StructureDeclared'];
      return { ...next, status: 'declared', name, typology, siret, services, communes, departement };
    }
    case 'StructureDecided': {
      const { status, decidedOn } = event.data as StructureEventData['StructureDecided'];
      return { ...next, status, decidedOn, decisions: state.decisions + 1 };
    }
    case 'OfferChanged': {
      const { services, acceptsReferrals, capacity, communes, departement } = event.data as StructureEventData['OfferChanged'];
      return { ...next, services, acceptsReferrals, capacity, communes, departement };
    }
    case 'DelaysChanged':
      return { ...next, delays: evolveDelays(state.delays ?? nothingSet, event) };
    default:
      return state;
  }
}

/** The structure a rule relies on; undefined when there is none of that id. */
export const structureOf = (fact: Fact | undefined): StructureState | undefined =>
  fact?.kind === 'structure' ? (fact.state as StructureRecord).structure : undefined;

/** Is the commune (INSEE code) in the structure's territory? A commune's code begins with its département's. */
export const covers = ({ communes, departement }: Pick<StructureState, 'communes' | 'departement'>, commune: string): boolean =>
  communes === null ? departement !== null && commune.startsWith(departement) : communes.includes(commune);

/** Declared, but the State has not said yes: it keeps its own cases, its referrals are held. */
export const isNotYetValidated = ({ status }: Pick<StructureState, 'status'>): boolean =>
  status === 'declared' || status === 'awaiting_state_validation';

/** Nobody signs in for it and nobody is employed by it any more. */
export const isGone = ({ status }: Pick<StructureState, 'status'>): boolean => status === 'refused' || status === 'closed';
