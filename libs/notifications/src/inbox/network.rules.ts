/**
 * Who is told of what is done to structures and accounts, row by row. Pure.
 * Whoever hires, ends or corrects from outside a structure is seen by its managers and by the other administrators: nobody makes themself an account there
 * unnoticed.
 */
import { isStaff, localDateOf, type Instant, type Role, type Uuid } from '@fil-rouge/kernel';

/**
 * `managers`: of the structure it is about, or its counsellors when it has none. `managersAlone`: nobody when it has none, of what counsellors may not read.
 * `coordinators`: in whose territory it works. `themself`: the person it is about. `deputies`: who takes over from somebody who is
 * away, or was to.
 */
type Audience = 'themself' | 'deputies' | 'managers' | 'managersAlone' | 'coordinators' | 'administrators';

export interface NetworkEvent {
  readonly type: string;
  /** The record: a person's, or the structure's own. */
  readonly stream: Uuid;
  readonly actor: Uuid | null;
  /** Whom the author works for; null for the network's roles. */
  readonly structure: Uuid | null;
  readonly data: {
    readonly structureId?: Uuid;
    readonly role?: Role;
    /** Who is away, and who takes over. */
    readonly userId?: Uuid;
    readonly deputyId?: Uuid;
    readonly previousDeputyId?: Uuid;
    /** Goes on in the structure that takes over, or comes from the one it takes over: told once, with that. */
    readonly movedTo?: Uuid;
    readonly movedFrom?: Uuid;
    readonly of?: string;
    readonly on?: string;
    readonly days?: number;
  };
  readonly at?: Instant;
}

export interface Around {
  /** The person whom it is about has a role in the network, too. */
  readonly inNetwork: boolean;
}

interface Row {
  readonly on: string;
  readonly as: string;
  readonly tell: readonly Audience[];
  readonly when: (event: NetworkEvent, around: Around) => boolean;
}

/** By somebody, and nobody of the structure; not by the closing of another. The system loads and the first administrator is made without anybody to tell. */
const fromOutside = ({ actor, structure, data }: NetworkEvent): boolean =>
  actor !== null && structure !== data.structureId && data.movedTo === undefined && data.movedFrom === undefined;
/** What had ended before it was written down is no news. */
const isAhead = ({ at, data: { on } }: NetworkEvent): boolean =>
  at !== undefined && on !== undefined && localDateOf(at) <= on;
const inStructure = ({ data: { role } }: NetworkEvent): boolean => role !== undefined && isStaff({ role });

export const whoIsToldOfTheNetwork: readonly Row[] = [
  {
    on: 'EmploymentStarted',
    as: 'FirstManagerNamed',
    tell: ['managers', 'administrators'],
    when: (event) => inStructure(event) && fromOutside(event),
  },
  {
    on: 'EmploymentStarted',
    as: 'NetworkRoleGiven',
    tell: ['managers', 'administrators'],
    when: (event) => !inStructure(event) && fromOutside(event),
  },
  {
    on: 'EmploymentStarted',
    as: 'NetworkMemberHired',
    tell: ['administrators'],
    when: (event, { inNetwork }) =>
      inStructure(event) && event.actor !== null && event.structure === event.data.structureId && inNetwork,
  },
  { on: 'EmploymentEnded', as: 'EmploymentEndedFromOutside', tell: ['managers', 'administrators'], when: fromOutside },
  {
    on: 'NameCorrected',
    as: 'NameCorrected',
    tell: ['themself'],
    when: ({ actor, stream }) => actor !== null && actor !== stream,
  },
  { on: 'SecondFactorReset', as: 'SecondFactorReset', tell: ['themself'], when: () => true },
  { on: 'AbsenceSaid', as: 'AbsenceSaid', tell: ['deputies'], when: () => true },
  { on: 'AbsenceCorrected', as: 'AbsenceCorrected', tell: ['deputies'], when: () => true },
  { on: 'AbsenceEnded', as: 'AbsenceEnded', tell: ['deputies'], when: () => true },
  {
    on: 'StructureCorrected',
    as: 'StructureCorrected',
    tell: ['managers', 'administrators'],
    when: ({ actor }) => actor !== null,
  },
  {
    on: 'StructureRenamed',
    as: 'StructureRenamed',
    tell: ['managers', 'administrators'],
    when: ({ actor }) => actor !== null,
  },
  { on: 'StructureTookOver', as: 'StructureTookOver', tell: ['managers', 'administrators'], when: () => true },
  {
    on: 'ConventionSigned',
    as: 'ConventionSigned',
    tell: ['managersAlone', 'administrators'],
    when: ({ actor }) => actor !== null,
  },
  { on: 'ConventionEnded', as: 'ConventionEnded', tell: ['managersAlone', 'administrators'], when: () => true },
  {
    on: 'EndNears',
    as: 'ConventionEnds',
    tell: ['managersAlone', 'coordinators', 'administrators'],
    when: (event) => event.data.of === 'convention' && isAhead(event),
  },
  {
    on: 'EndNears',
    as: 'PostToFill',
    tell: ['managersAlone', 'coordinators', 'administrators'],
    when: (event) => event.data.of === 'vacancy' && isAhead(event),
  },
  {
    on: 'UnusualOpenings',
    as: 'ManyDuplicatesFound',
    tell: ['administrators'],
    when: ({ data }) => data.of === 'hints',
  },
  {
    on: 'UnusualOpenings',
    as: 'ManyCasesOpened',
    tell: ['administrators'],
    when: ({ data }) => data.of === 'openings',
  },
  {
    on: 'UnusualOpenings',
    as: 'ManyResidentsCorrected',
    tell: ['administrators'],
    when: ({ data }) => data.of === 'corrections',
  },
];

export const networkEvents: readonly string[] = [...new Set(whoIsToldOfTheNetwork.map(({ on }) => on))];

export interface Reachable {
  readonly userId: Uuid;
  readonly structureId: Uuid;
  readonly role: Role;
}

/** Each once, never the author, nor whom it is about unless they alone are told. @param people of the structure, administrators, and coordinators of its territory, who work today */
export function toldOfTheNetwork(
  event: NetworkEvent,
  around: Around,
  people: readonly Reachable[],
  structureId: Uuid | null,
): { type: string; to: Reachable }[] {
  const others = people.filter(({ userId }) => userId !== event.actor && userId !== event.stream);
  const row = whoIsToldOfTheNetwork.find(({ on, when }) => on === event.type && when(event, around));
  if (!row) return [];
  const to = row.tell.flatMap((audience) => {
    if (audience === 'themself') return people.filter(({ userId }) => userId === event.stream);
    if (audience === 'deputies')
      return staffIn(others, structureId).filter(({ userId }) =>
        [event.data.deputyId, event.data.previousDeputyId].includes(userId),
      );
    if (audience === 'managers') return inCharge(others, structureId);
    if (audience === 'managersAlone') return staffOf(others, structureId, 'manager');
    return others.filter(({ role }) => `${role}s` === audience);
  });
  const known = new Set<Uuid>();
  return to
    .filter(({ userId }) => !known.has(userId) && Boolean(known.add(userId)))
    .map((person) => ({ type: row.as, to: person }));
}

const staffIn = (people: readonly Reachable[], structureId: Uuid | null): Reachable[] =>
  people.filter((person) => person.structureId === structureId && isStaff(person));

const staffOf = (people: readonly Reachable[], structureId: Uuid | null, wanted: Role): Reachable[] =>
  people.filter((person) => person.structureId === structureId && person.role === wanted);

function inCharge(people: readonly Reachable[], structureId: Uuid | null): Reachable[] {
  const managers = staffOf(people, structureId, 'manager');
  return managers.length > 0 ? managers : staffOf(people, structureId, 'counsellor');
}
