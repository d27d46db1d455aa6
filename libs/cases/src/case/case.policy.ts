/**
 * Who may do and see what on a case, as tables, from which docs/who-sees-what.md is made. Pure. Row-level security decides reads a second
 * time, on its own; the two are tested against each other.
 */
import { addCalendarDays, localDateOf, type Actor, type Audience, type LocalDate, type Uuid } from '@fil-rouge/kernel';
import { objectsTo, participationOf, type CaseState, type Participation } from './case';

/** As whom somebody reads: a participation, or somebody who watches from outside. A candidate reads the referral, never the case. */
export type View = Exclude<Participation, 'candidate'> | 'coordinator' | 'auditor';

/** As a participation alone. */
export type Part = Exclude<View, 'coordinator' | 'auditor'>;

/** The columns of the table: also those who only ever read a referral. `refused`: a recipient that declined, was withdrawn or expired. */
export type Reader = View | 'candidate' | 'refused';

export type Subject =
  | 'referrals'
  | 'first_name'
  | 'details'
  | 'name_beside'
  | 'shared_entries'
  | 'private_notes'
  | 'lead'
  | 'readers'
  | 'objections'
  | 'numbers'
  | 'duplicates';

/**
 * How much a reader sees of one thing.
 * - `all`, `no`
 * - `end`: what stood when its access ended, and its own entries since
 * - `own`: what its own structure wrote, or its own referrals
 * - `family`: its own referrals and the children of those
 * - `sheet`: what stands on the referral it was sent
 * - `first`: the first name alone
 * - `bare`: its own, without resident and message
 * - `reason`: all of it, only in a reading with a reason
 */
export type Extent = 'all' | 'end' | 'own' | 'family' | 'sheet' | 'first' | 'bare' | 'reason' | 'no';

export const readers: readonly Reader[] = [
  'candidate',
  'contributor',
  'lead',
  'former_lead',
  'former_contributor',
  'refused',
  'coordinator',
  'auditor',
];

/** One row's cells, in the order of `readers`. */
const row = (...extents: Extent[]): Readonly<Record<Reader, Extent>> =>
  Object.fromEntries(readers.map((reader, at) => [reader, extents[at]!])) as Record<Reader, Extent>;

/** The table. The last two rows follow from the others: whom the resident objects to, and the numbers of the record. */
export const sight: Readonly<Record<Subject, Readonly<Record<Reader, Extent>>>> = {
  //                  candidate contributor lead former_lead former_contributor refused coordinator auditor
  referrals: /*    */ row('own', 'family', 'all', 'end', 'own', 'bare', 'all', 'all'),
  first_name: /*   */ row('sheet', 'all', 'all', 'end', 'no', 'no', 'no', 'reason'),
  details: /*      */ row('no', 'all', 'all', 'end', 'no', 'no', 'no', 'reason'),
  // Lists of what there is to do: a part that has ended asks for nothing, so its old rows name nobody any more.
  name_beside: /*  */ row('first', 'all', 'all', 'no', 'no', 'no', 'no', 'no'),
  shared_entries: /**/ row('no', 'all', 'all', 'end', 'own', 'no', 'no', 'reason'),
  private_notes: /**/ row('no', 'own', 'own', 'own', 'own', 'no', 'no', 'no'),
  lead: /*         */ row('no', 'all', 'all', 'end', 'no', 'no', 'all', 'all'),
  readers: /*      */ row('no', 'no', 'all', 'no', 'no', 'no', 'all', 'all'),
  objections: /*   */ row('no', 'all', 'all', 'end', 'no', 'no', 'no', 'no'),
  // The numbers of the record would tell a contributor how much it does not see.
  numbers: /*      */ row('no', 'no', 'all', 'no', 'no', 'no', 'no', 'all'),
  // For who merges. The lead learns when it says itself who it follows, and no more often than its turns allow.
  duplicates: /*   */ row('no', 'no', 'no', 'no', 'no', 'no', 'all', 'no'),
};

export const extentOf = (reader: Reader, subject: Subject): Extent => sight[subject][reader];

/** `reading`: an auditor has given a reason. */
export function maySee(reader: Reader, subject: Subject, reading = false): boolean {
  const extent = extentOf(reader, subject);
  return extent === 'reason' ? reading : extent !== 'no';
}

/**
 * As whom a person reads a case, from the role and from the part that the person's structure has in it. Null: the case does not exist for that
 * person.
 */
export function viewOf(role: Actor['role'], participation: Participation | null): View | null {
  if (role === 'coordinator') return 'coordinator';
  if (role === 'administrator' || role === 'auditor') return 'auditor';
  return participation === 'candidate' ? null : participation;
}

/** The network's roles look at a case from outside: a coordinator over its territory, an administrator and an auditor over all. */
export const watches = ({ commune }: CaseState, { role, territory }: Actor): boolean =>
  role === 'administrator' ||
  role === 'auditor' ||
  (role === 'coordinator' && (territory === null || territory.includes(commune)));

/** How far a structure reads on a record: numbers of the last events of the shared thread, and of what only leads read. */
export interface Horizons {
  readonly structureId: Uuid;
  readonly record: number;
  readonly lead: number;
}

export const endless = 2_147_483_647;

/** A structure's grants on a record as rows: open (`to_seq` null) or ended. Rights are their union. */
export interface GrantRow {
  readonly structure_id: Uuid;
  readonly kind: 'lead' | 'contributor' | 'candidate';
  readonly to_seq: number | null;
}

export function horizonsOf(structureId: Uuid, grants: readonly GrantRow[]): Horizons {
  const own = grants.filter((grant) => grant.structure_id === structureId);
  const lead = Math.max(0, ...own.filter(({ kind }) => kind === 'lead').map(({ to_seq }) => to_seq ?? endless));
  const contributes = own.some(({ kind, to_seq }) => kind === 'contributor' && to_seq === null);
  return { structureId, lead, record: contributes ? endless : lead };
}

export interface SeenEvent {
  readonly seq: number;
  readonly structure_id: Uuid | null;
  readonly audience: Audience;
  /** First and last event of its referral or handover that this structure reads as a party; null: not a party. */
  readonly party_from: number | null;
  readonly party_until: number | null;
}

/** Its own entries always, but what is prepared at a desk; the shared thread and its referrals up to their horizons. */
export const maySeeEvent = ({ structureId, record, lead }: Horizons, event: SeenEvent): boolean =>
  event.audience !== 'desk' &&
  (event.structure_id === structureId ||
    (event.audience === 'record'
      ? event.seq <= record
      : event.seq <= lead || ((event.party_from ?? 0) <= event.seq && event.seq <= (event.party_until ?? 0))));

/** Coordinators and auditors see these events: they move the case, its referrals or its lead. What was done with the resident is not among them. */
export const isWorkflow = (type: string): boolean =>
  /^(Case(Opened|Closed|Reopened)$|LeadAssigned$|MergedInto$|RecordsMerged$|Referral|Handover)/.test(type);

/** What was written to be read before an answer: needs, message, commune and age bracket of the resident. It goes by the row `first_name`, whoever wrote it. */
export const isSheet = (type: string): boolean =>
  ['ReferralDrafted', 'ReferralDraftEdited', 'ReferralHeld', 'ReferralSent', 'HandoverProposed'].includes(type);

export type Verb =
  | 'correct'
  | 'assign'
  | 'close'
  | 'reopen'
  | 'keep'
  | 'object'
  | 'leave'
  | 'record_session'
  | 'correct_session'
  | 'cancel_session'
  | 'write_note'
  | 'correct_note'
  | 'cancel_note'
  | 'make_appointment'
  | 'move_appointment'
  | 'end_appointment'
  | 'set_goal'
  | 'reach_goal'
  | 'send_outside'
  | 'end_outside'
  | 'attend_workshop';

export const doers: Readonly<Record<Verb, readonly Participation[]>> = {
  correct: ['lead'],
  assign: ['lead'],
  close: ['lead'],
  reopen: ['lead'],
  keep: ['lead'],
  object: ['lead', 'contributor'],
  leave: ['contributor'],
  record_session: ['lead', 'contributor', 'former_lead', 'former_contributor'],
  correct_session: ['lead', 'contributor', 'former_lead', 'former_contributor'],
  cancel_session: ['lead', 'contributor', 'former_lead', 'former_contributor'],
  write_note: ['lead', 'contributor', 'former_lead', 'former_contributor'],
  correct_note: ['lead', 'contributor', 'former_lead', 'former_contributor'],
  cancel_note: ['lead', 'contributor', 'former_lead', 'former_contributor'],
  make_appointment: ['lead', 'contributor'],
  move_appointment: ['lead', 'contributor'],
  end_appointment: ['lead', 'contributor', 'former_lead', 'former_contributor'],
  set_goal: ['lead', 'contributor'],
  reach_goal: ['lead', 'contributor'],
  send_outside: ['lead', 'contributor'],
  end_outside: ['lead', 'contributor', 'former_lead', 'former_contributor'],
  attend_workshop: ['lead', 'contributor', 'former_lead', 'former_contributor'],
};

/** What is still done after the end, of a part in the case or of the follow-up itself. */
export const lateVerbs: readonly Verb[] = [
  'correct',
  'record_session',
  'correct_session',
  'cancel_session',
  'write_note',
  'correct_note',
  'cancel_note',
  'end_outside',
  'attend_workshop',
];

/** What is done for as long as there is something to do it to: by whoever agreed on it with the resident, or sent the resident there. */
const timeless: readonly Verb[] = ['end_appointment', 'end_outside'];

/** Calendar days after the end in which what happened before it may still be recorded and corrected. */
export const graceDays = 30;

/**
 * Up to which day that may have happened which a structure records. Null: it takes part at present; undefined: there is nothing it may add any more. A lead
 * hands over or closes, a contributor completes or returns: after such an end something may be left to write. After an objection or a void nothing is.
 */
export function lastDayOf(state: CaseState, structureId: Uuid | null): LocalDate | null | undefined {
  const participation = participationOf(state, structureId);
  if (participation === 'lead' && state.status === 'closed') return localDateOf(state.closedAt!);
  if (participation === 'lead' || participation === 'contributor') return null;
  const { kind, finishedAt } = (structureId !== null && state.formers[structureId]) || {};
  return finishedAt === undefined || (kind === 'former_contributor' && objectsTo(state, structureId!))
    ? undefined
    : localDateOf(finishedAt);
}

const isInGrace = (last: LocalDate, today: LocalDate): boolean => today <= addCalendarDays(last, graceDays);

/** Whether something may be left to write. */
export function isInTime(state: CaseState, structureId: Uuid | null, today: LocalDate): boolean {
  const last = lastDayOf(state, structureId);
  return last === null || (last !== undefined && isInGrace(last, today));
}

/** Null: hidden, the case does not exist for this actor; else whether it may do that now. */
export function mayDo(state: CaseState, verb: Verb, actor: Actor, today: LocalDate): boolean | null {
  const participation = participationOf(state, actor.structureId);
  const view = viewOf(actor.role, participation);
  if (state.status === 'none' || state.status === 'erased' || participation === null || view === null) return null;
  if (view === 'coordinator' || view === 'auditor' || !doers[verb].includes(participation)) return false;
  return !participation.startsWith('former') || timeless.includes(verb) || isInTime(state, actor.structureId, today);
}

/** How a structure stands to a case, as its read row says it too. `lastDay`: up to which day it adds what was left to write, after an end. */
export interface Standing {
  readonly participation: Participation;
  readonly status: CaseState['status'];
  readonly lastDay: LocalDate | null;
}

export const standingOf = (state: CaseState, structureId: Uuid | null): Standing => ({
  participation: participationOf(state, structureId) ?? 'candidate',
  status: state.status,
  lastDay: lastDayOf(state, structureId) ?? null,
});

/** What is done to a case as a whole, by the words of the routes, in the order in which it is offered. */
const routes = {
  record_session: 'sessions',
  write_note: 'notes',
  make_appointment: 'appointments',
  set_goal: 'goals',
  send_outside: 'outside-referrals',
  correct: 'corrections',
  object: 'objections',
  assign: 'assignments',
  close: 'close',
  reopen: 'reopen',
  keep: 'keep',
} as const satisfies Partial<Record<Verb, string>>;
/** Everything that a case may offer; what lives above it adds its own. */
export const caseActions = [...Object.values(routes), 'merge', 'erasure', 'referrals', 'handovers', 'leave'];

/**
 * What the structure may do now. An objection against it that came after its part had ended is not told here: the row of who has left does not change any more.
 * It is answered when something is tried.
 */
export const actionsIn = (standing: Standing, today: LocalDate): string[] =>
  (Object.keys(routes) as (keyof typeof routes)[])
    .filter((verb) => mayNow(standing, verb, today))
    .map((verb) => routes[verb]);

/** The same of one verb: of the case, or of what stands on it. */
export function mayNow({ participation, status, lastDay }: Standing, verb: Verb, today: LocalDate): boolean {
  if (!doers[verb].includes(participation)) return false;
  const late = lastDay !== null && isInGrace(lastDay, today);
  if (participation.startsWith('former')) return status !== 'merged' && (late || timeless.includes(verb));
  if (status === 'open') return verb !== 'reopen';
  return status === 'closed' && (verb === 'reopen' || verb === 'keep' || (late && lateVerbs.includes(verb)));
}
