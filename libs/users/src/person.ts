/**
 * READ FIRST: a person who works in the network: account, employments, invitations. Pure.
 * Name and e-mail are a sealed piece (`identity`); the password is no event and lives in the account's row only.
 */
import { addCalendarDays, atParis, isStaff, type Fact, type Instant, type LocalDate, type RecordEvent, type Role, type Uuid } from '@fil-rouge/kernel';

export type Employment = {
  id: Uuid;
  structureId: Uuid;
  role: Role;
  from: LocalDate;
  /** Last day, included; null: until further notice. */
  until: LocalDate | null;
  /** Ended at once: no right is left, not even for the rest of that day. */
  ended: boolean;
  /** Its last day has passed, and this was noted. */
  lapsed?: true;
  /** SIREN of the EPCI where a counsellor is placed; gives that EPCI no access. */
  placedAt: string | null;
  /** Communes a coordinator watches over; null: the whole network. */
  territory: string[] | null;
};

export type PersonState = {
  status: 'none' | 'known';
  version: number;
  employments: Employment[];
};

export type PersonRecord = { person: PersonState };

/** Sealed as `identity` in AccountCreated. The e-mail is in lower case. */
export type PersonIdentity = { name: string; email: string };

export type PersonEventData = {
  /** identity PersonIdentity */
  AccountCreated: Record<string, never>;
  EmploymentStarted: { employmentId: Uuid; structureId: Uuid; role: Role; from: LocalDate; until?: LocalDate; placedAt?: string; territory?: string[] };
  /** shared_text `{reason}` when one was given */
  EmploymentEnded: { employmentId: Uuid; structureId: Uuid; role: Role; until: LocalDate; atOnce: boolean };
  /** Its last day has passed. `leaves`: no other employment there goes on. */
  EmploymentLapsed: { employmentId: Uuid; structureId: Uuid; role: Role; leaves: boolean };
  /** The link is made from `invitationId` when the mail is written: see `invitationToken`. */
  PersonInvited: { invitationId: Uuid; accountId: Uuid; expiresAt: Instant };
};

export const personWrites: Readonly<Record<keyof PersonEventData, number>> = {
  AccountCreated: 1, EmploymentStarted: 1, EmploymentEnded: 1, EmploymentLapsed: 1, PersonInvited: 1,
};

export const initialPerson: PersonState = { status: 'none', version: 0, employments: [] };

export function evolvePerson(state: PersonState, event: RecordEvent): PersonState {
  const next = { ...state, version: state.version + 1 };
  switch (event.type as keyof PersonEventData) {
    case 'AccountCreated':
      return { ...next, status: 'known' };
    case 'EmploymentStarted': {
      const { employmentId: id, structureId, role, from, until = null, placedAt = null, territory = null } = event.data as PersonEventData['EmploymentStarted'];
      return { ...next, employments: [...state.employments, { id, structureId, role, from, until, ended: false, placedAt, territory }] };
    }
    case 'EmploymentEnded': {
      const { employmentId, until, atOnce } = event.data as PersonEventData['EmploymentEnded'];
      return { ...next, employments: state.employments.map((employment) => (employment.id === employmentId ? { ...employment, until, ended: atOnce } : employment)) };
    }
    case 'EmploymentLapsed': {
      const { employmentId } = event.data as PersonEventData['EmploymentLapsed'];
      return { ...next, employments: state.employments.map((employment) => (employment.id === employmentId ? { ...employment, lapsed: true } : employment)) };
    }
    case 'PersonInvited':
      return next;
    default:
      return state;
  }
}

/** The person a rule relies on; undefined when there is none of that id. */
export const personOf = (fact: Fact | undefined): PersonState | undefined => (fact?.kind === 'person' ? (fact.state as PersonRecord).person : undefined);

export const isLive = ({ from, until, ended }: Employment, today: LocalDate): boolean => !ended && from <= today && (until === null || today <= until);

/** Does the person go on following residents for the structure, whatever becomes of that employment? A coordinator employed there does not. */
export const staysIn = ({ employments }: PersonState, structureId: Uuid, today: LocalDate, besides: Uuid): boolean =>
  employments.some((employment) =>
    employment.id !== besides && employment.structureId === structureId && isStaff(employment) && isLive(employment, today));

/** The day after the last one of the first employment that runs out; by the name of the timer. */
export function personTimers({ employments }: PersonState): Record<string, Instant> {
  const [first] = employments.flatMap(({ until, ended, lapsed }) => (until === null || ended || lapsed ? [] : [until])).sort();
  return first === undefined ? {} : { 'employment-end': atParis(addCalendarDays(first, 1), '00:00') };
}

/** Does the person work for the structure that day, in one of these roles (any when none is named)? */
export const worksFor = ({ employments }: PersonState, structureId: Uuid, today: LocalDate, roles?: readonly Role[]): boolean =>
  employments.some((employment) => employment.structureId === structureId && isLive(employment, today) && (roles === undefined || roles.includes(employment.role)));
