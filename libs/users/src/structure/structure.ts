/**
 * READ FIRST: an organisation of the network: its events, its state and how the state follows from the events. Pure.
 * Nothing here is a resident's data: names, territories and decisions stand in the events in clear.
 */
import {
  eventsOf,
  type Capacity,
  type Fact,
  type LocalDate,
  type RecordEvent,
  type Slice,
  type StructureStatus,
  type Uuid,
} from '@fil-rouge/kernel';
import { evolveDelays, nothingSet, type DelaysEventData, type DelaySettings } from '../delays/delay-settings';
import { absencesLeft, absenceWrites, evolveAbsences, type Absence, type AbsenceEventData } from '../absence/absence';
import { receptionWrites, type Contacts, type ReceptionEventData } from '../reception/reception';
import { tagsWrites, type Tag, type TagsEventData } from '../tags/tags';
import { evolveStaff, type Employed, type StaffEventData } from './staff';

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
  /** Who declared it; absent when the system did. */
  declaredBy?: Uuid;
  /** Its counsellors and managers, present and to come. Ask `hasPeople`, `hasManager`. */
  staff?: Employed[];
  /** Who answers where nobody was chosen. Ask `onDuty`. */
  contacts?: Contacts;
  /** Who is away, or is to be, and who takes over. Ask `deputyOf`. */
  absences?: Absence[];
  /** Its labels for its own sessions; absent while it has none. */
  tags?: readonly Tag[];
  /** Who, from outside, ended an employment here last. */
  endedFromOutside?: Uuid;
};

export type StructureRecord = { structure: StructureState };

export type StructureEventData = {
  /** `staffUnknown`: declared before its people stood on its own record (schema 1). */
  StructureDeclared: {
    name: string;
    typology: string;
    siret?: string;
    services: string[];
    staffUnknown?: true;
  } & Territory;
  /** What was declared by mistake; what is absent stays. `before`: the name until then, when it is another one. */
  StructureCorrected: {
    name?: string;
    before?: string;
    typology?: string;
    siret?: string | null;
    services?: string[];
    territory?: Territory;
  };
  /** It is called otherwise from this moment on; what was done before is shown under the name before. */
  StructureRenamed: { name: string; before: string };
  StructureDecided: {
    status: StructureStatus;
    previous: StructureStatus;
    decidedOn: LocalDate;
    reference?: string;
    reason?: string;
    /** Of one that closes: which structure takes it over. */
    successorId?: Uuid;
  };
  /** Said on the record of the one that takes over. */
  StructureTookOver: { takenOverId: Uuid };
  OfferChanged: { services: string[]; acceptsReferrals: boolean; capacity: Capacity } & Territory;
} & DelaysEventData &
  ReceptionEventData &
  AbsenceEventData &
  TagsEventData &
  StaffEventData;

export const structureWrites: Readonly<Record<keyof StructureEventData, number>> = {
  StructureDeclared: 2,
  StructureCorrected: 1,
  StructureRenamed: 1,
  StructureDecided: 1,
  StructureTookOver: 1,
  OfferChanged: 1,
  DelaysChanged: 1,
  StaffJoined: 1,
  StaffLeft: 1,
  ...receptionWrites,
  ...absenceWrites,
  ...tagsWrites,
};

export const isStructureEvent = eventsOf<StructureEventData>(structureWrites);

export const structureUpcasters: Slice['upcasters'] = {
  'StructureDeclared@1': (data) => ({ ...data, staffUnknown: true }),
};

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
  if (!isStructureEvent(event)) return state;
  const next = { ...state, version: state.version + 1 };
  switch (event.type) {
    case 'StructureDeclared': {
      const { name, typology, siret = null, services, communes, departement, staffUnknown } = event.data;
      const declaredBy = event.actor ?? undefined;
      return {
        ...next,
        status: 'declared',
        name,
        typology,
        siret,
        services,
        communes,
        departement,
        ...(declaredBy && { declaredBy }),
        ...(!staffUnknown && { staff: [] }),
      };
    }
    case 'StructureCorrected': {
      const {
        name = state.name,
        typology = state.typology,
        siret = state.siret,
        services = state.services,
        territory = state,
      } = event.data;
      return {
        ...next,
        name,
        typology,
        siret,
        services,
        communes: territory.communes,
        departement: territory.departement,
      };
    }
    case 'StructureRenamed':
      return { ...next, name: event.data.name };
    case 'StructureDecided': {
      const { status, decidedOn } = event.data;
      return { ...next, status, decidedOn, decisions: state.decisions + 1 };
    }
    case 'OfferChanged': {
      const { services, acceptsReferrals, capacity, communes, departement } = event.data;
      return { ...next, services, acceptsReferrals, capacity, communes, departement };
    }
    case 'DelaysChanged':
      return { ...next, delays: evolveDelays(state.delays ?? nothingSet, event) };
    case 'LeafletChanged':
    case 'StructureTookOver':
      return next;
    case 'TagsChanged':
      return { ...next, tags: event.data.tags };
    case 'ContactsNamed': {
      const { defaultId, rota } = event.data;
      return { ...next, contacts: { ...(defaultId && { defaultId }), rota } };
    }
    // Who comes and goes, or is away, changes nothing of what the structure says of itself: nobody's If-Match is stale for it.
    case 'AbsenceSaid':
    case 'AbsenceCorrected':
    case 'AbsenceEnded':
      return { ...state, absences: evolveAbsences(state.absences ?? [], event) };
    case 'StaffJoined':
    case 'StaffLeft': {
      const staff = state.staff && evolveStaff(state.staff, event);
      return {
        ...state,
        ...(staff && { staff }),
        ...(event.type === 'StaffLeft' &&
          state.absences && { absences: absencesLeft(state.absences, staff ?? [], event) }),
        ...(event.type === 'StaffLeft' &&
          event.actor !== null &&
          event.structure === null && { endedFromOutside: event.actor }),
      };
    }
  }
}

/** The structure a rule relies on; undefined when there is none of that id. */
export const structureOf = (fact: Fact | undefined): StructureState | undefined =>
  fact?.kind === 'structure' ? (fact.state as StructureRecord).structure : undefined;

/** Is the commune (INSEE code) in the structure's territory? A commune's code begins with its département's. */
export const covers = (
  { communes, departement }: Pick<StructureState, 'communes' | 'departement'>,
  commune: string,
): boolean =>
  communes === null ? departement !== null && commune.startsWith(departement) : communes.includes(commune);

/** Declared, but the State has not said yes: it keeps its own cases, its referrals are held. */
export const isNotYetValidated = ({ status }: Pick<StructureState, 'status'>): boolean =>
  status === 'declared' || status === 'awaiting_state_validation';

/** Nobody signs in for it and nobody is employed by it any more. */
export const isGone = ({ status }: Pick<StructureState, 'status'>): boolean =>
  status === 'refused' || status === 'closed';
