/**
 * READ FIRST: a person who works in the network: account, employments, invitations. Pure.
 * Name and e-mail are a sealed piece (`identity`); the password is no event and lives in the account's row only.
 */
import {
  addCalendarDays,
  atParis,
  eventsOf,
  isStaff,
  type Fact,
  type Instant,
  type LocalDate,
  type RecordEvent,
  type Role,
  type Uuid,
} from '@fil-rouge/kernel';

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
  /** Another e-mail address was asked for and not confirmed: the newest request. */
  emailChange?: { id: Uuid; expiresAt: Instant };
  /** The day on which administrators were last told that this person is told of, opens or corrects unusually many. */
  noticed?: { [of in Noticed]?: LocalDate };
};

/** What somebody may do unusually often: be told that a resident is followed already, open cases, correct who somebody is. */
export type Noticed = 'hints' | 'openings' | 'corrections';

export type PersonRecord = { person: PersonState };

/** Sealed as `identity` in AccountCreated. The e-mail is in lower case. */
export type PersonIdentity = { name: string; email: string };

export type PersonEventData = {
  /** identity PersonIdentity */
  AccountCreated: Record<string, never>;
  EmploymentStarted: {
    employmentId: Uuid;
    structureId: Uuid;
    role: Role;
    from: LocalDate;
    until?: LocalDate;
    placedAt?: string;
    territory?: string[];
    /** The structure that closed in favour of this one. */
    movedFrom?: Uuid;
  };
  /** shared_text `{reason}` when one was given */
  EmploymentEnded: {
    employmentId: Uuid;
    structureId: Uuid;
    role: Role;
    until: LocalDate;
    atOnce: boolean;
    /** The structure that takes this one over, where the person goes on. */
    movedTo?: Uuid;
  };
  /** Its last day has passed. `leaves`: no other employment there goes on. */
  EmploymentLapsed: { employmentId: Uuid; structureId: Uuid; role: Role; leaves: boolean };
  /** The link is made from `invitationId` when the mail is written: see `invitationToken`. */
  PersonInvited: { invitationId: Uuid; accountId: Uuid; expiresAt: Instant };
  /** Its link is made from `resetId`. */
  PasswordForgotten: { resetId: Uuid; accountId: Uuid; expiresAt: Instant };
  /** identity PersonIdentity */
  NameCorrected: Record<string, never>;
  /** profile `{email, before}` */
  EmailChangeAsked: { changeId: Uuid; accountId: Uuid; expiresAt: Instant };
  /** identity PersonIdentity */
  EmailChanged: { changeId: Uuid };
  /** Taken away by somebody else, with shared_text `{reason}`. `userId`: whose record this is. */
  SecondFactorReset: { userId: Uuid };
  /** Told to the administrators: many answers that somebody is followed already, many cases opened, or residents corrected, in one day. */
  UnusualOpenings: { day: LocalDate; of: Noticed; count: number };
};

export const personWrites: Readonly<Record<keyof PersonEventData, number>> = {
  AccountCreated: 1,
  EmploymentStarted: 1,
  EmploymentEnded: 1,
  EmploymentLapsed: 1,
  PersonInvited: 1,
  PasswordForgotten: 1,
  NameCorrected: 1,
  EmailChangeAsked: 1,
  EmailChanged: 1,
  SecondFactorReset: 1,
  UnusualOpenings: 1,
};

export const isPersonEvent = eventsOf<PersonEventData>(personWrites);

export const initialPerson: PersonState = { status: 'none', version: 0, employments: [] };

export function evolvePerson(state: PersonState, event: RecordEvent): PersonState {
  if (!isPersonEvent(event)) return state;
  const next = { ...state, version: state.version + 1 };
  switch (event.type) {
    case 'AccountCreated':
      return { ...next, status: 'known' };
    case 'EmploymentStarted': {
      const { employmentId: id, structureId, role, from, until = null, placedAt = null, territory = null } = event.data;
      return {
        ...next,
        employments: [...state.employments, { id, structureId, role, from, until, ended: false, placedAt, territory }],
      };
    }
    case 'EmploymentEnded': {
      const { employmentId, until, atOnce } = event.data;
      return {
        ...next,
        employments: state.employments.map((employment) =>
          employment.id === employmentId ? { ...employment, until, ended: atOnce } : employment,
        ),
      };
    }
    case 'EmploymentLapsed': {
      const { employmentId } = event.data;
      return {
        ...next,
        employments: state.employments.map((employment) =>
          employment.id === employmentId ? { ...employment, lapsed: true } : employment,
        ),
      };
    }
    case 'EmailChangeAsked': {
      const { changeId: id, expiresAt } = event.data;
      return { ...next, emailChange: { id, expiresAt } };
    }
    case 'EmailChanged': {
      const { emailChange: _, ...rest } = next;
      return rest;
    }
    case 'UnusualOpenings': {
      const { of, day } = event.data;
      return { ...next, noticed: { ...state.noticed, [of]: day } };
    }
    case 'PersonInvited':
    case 'PasswordForgotten':
    case 'NameCorrected':
    case 'SecondFactorReset':
      return next;
  }
}

/** The person a rule relies on; undefined when there is none of that id. */
export const personOf = (fact: Fact | undefined): PersonState | undefined =>
  fact?.kind === 'person' ? (fact.state as PersonRecord).person : undefined;

export const isLive = ({ from, until, ended }: Employment, today: LocalDate): boolean =>
  !ended && from <= today && (until === null || today <= until);

/** Does the person go on following residents for the structure, whatever becomes of that employment? A coordinator employed there does not. */
export const staysIn = ({ employments }: PersonState, structureId: Uuid, today: LocalDate, besides: Uuid): boolean =>
  employments.some(
    (employment) =>
      employment.id !== besides &&
      employment.structureId === structureId &&
      isStaff(employment) &&
      isLive(employment, today),
  );

/** The day after the last one of the first employment that runs out; by the name of the timer. */
export function personTimers({ employments }: PersonState): Record<string, Instant> {
  const [first] = employments
    .flatMap(({ until, ended, lapsed }) => (until === null || ended || lapsed ? [] : [until]))
    .sort();
  return first === undefined ? {} : { 'employment-end': atParis(addCalendarDays(first, 1), '00:00') };
}

/** Does the person work for the structure that day, in one of these roles (any when none is named)? */
export const worksFor = (
  { employments }: PersonState,
  structureId: Uuid,
  today: LocalDate,
  roles?: readonly Role[],
): boolean =>
  employments.some(
    (employment) =>
      employment.structureId === structureId &&
      isLive(employment, today) &&
      (roles === undefined || roles.includes(employment.role)),
  );
