/** What may happen to a case: open, correct, assign, close, reopen. Pure: (state, input, context) → events, or a `Problem`. */
import {
  canonicalJson,
  forbidden,
  invalid,
  isStaff,
  notFound,
  stale,
  wrongState,
  type Context,
  type Decided,
  type LocalDate,
  type Uuid,
} from '@fil-rouge/kernel';
import { delaysFor, personOf, structureOf, worksFor } from '@fil-rouge/users';
import { ledBy, participationOf, type CaseEventData, type CaseState } from './case';
import { checkInformed, checkThemes } from '../checks.decider';
import { actionsIn, isInTime, lateVerbs, mayDo, standingOf, type Verb } from './case.policy';
import { endedByMerge, merged } from '../merge/merge.decider';
import { endsOfAlone } from '../merge/merge.objections';
import {
  checkResident,
  correctedResident,
  piecesOf,
  residentOf,
  type Resident,
  type ResidentChanges,
} from './resident';

/** Every command on a case begins here, in the order of the contract: 404, 403, 412, 409. */
export function allow(state: CaseState, verb: Verb, context: Context, ifMatch?: number): void {
  const may = mayDo(state, verb, context.actor, context.today);
  if (may === null) throw notFound();
  if (endedByMerge(state, context.actor.structureId)) throw merged();
  if (!may) throw forbidden('Your structure does not hold the part in this case that this asks for.');
  const { structureId } = context.actor;
  if (participationOf(state, structureId)?.startsWith('former')) {
    // How the case stands now is no longer theirs to know: neither its version nor whether it has been closed since.
    if (state.status === 'merged') throw forbidden('This case takes no more entries from your structure.');
    return;
  }
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
  if (state.status === 'closed' && verb === 'keep') return;
  if (state.status === 'closed' && lateVerbs.includes(verb) && isInTime(state, structureId, context.today)) return;
  if (state.status !== (verb === 'reopen' ? 'closed' : 'open')) {
    throw wrongState(state.status, actionsIn(standingOf(state, structureId), context.today));
  }
}

/** A suspended structure records what it does and takes on nothing new. One that the State has not validated yet keeps its own cases. */
function allowTakingOn(context: Context): void {
  const { actor } = context;
  // The commit relies on the opener as a fact, as on anybody named for a case: an employment that ends at this moment must not leave a new case
  // behind.
  context.fact(actor.userId);
  const status = structureOf(context.fact(actor.structureId))?.status;
  if (actor.structureId === null || actor.userId === null || !isStaff(actor)) throw forbidden();
  if (status === undefined || !['active', 'declared', 'awaiting_state_validation'].includes(status)) {
    throw forbidden(
      'Your structure is suspended or closed: it cannot take on anything new. Its manager or the coordinator can say why.',
    );
  }
}

export interface Informed {
  readonly on: LocalDate;
  readonly how: string;
}

export interface Opening {
  readonly caseId: Uuid;
  readonly resident: Resident;
  readonly themes: readonly string[];
  readonly informed: Informed;
  readonly summary?: string;
}

/** The opener is the named counsellor until somebody else is assigned. */
export function open(
  state: CaseState,
  { caseId, resident, themes, informed, summary }: Opening,
  context: Context,
): Decided[] {
  if (state.status !== 'none') throw wrongState(state.status);
  allowTakingOn(context);
  checkResident(resident, context.today);
  checkThemes(themes);
  checkInformed(informed.on, context.today);
  const structureId = context.actor.structureId!;
  const data: CaseEventData['CaseOpened'] = {
    opened: [{ id: context.newId(), structureId, kind: 'lead', source: caseId }],
    lead: { structureId, counsellorId: context.actor.userId },
    silenceDays: delaysFor(structureId, context).silenceCalendarDays,
  };
  const text = {
    themes: [...themes],
    informed: { on: informed.on, how: informed.how },
    ...(summary ? { summary } : {}),
  };
  return [{ type: 'CaseOpened', data, pieces: [...piecesOf(resident), { kind: 'shared_text', value: text }] }];
}

export interface Correction {
  readonly resident?: ResidentChanges;
  readonly themes?: readonly string[];
  /** Null: taken back. */
  readonly summary?: string | null;
  readonly ifMatch?: number;
}

/** Needs the pieces first_name, identity and profile. Nothing different: no event. */
export function correct(state: CaseState, correction: Correction, context: Context): Decided[] {
  const { resident, themes, summary, ifMatch } = correction;
  allow(state, 'correct', context, ifMatch);
  if (resident === undefined && themes === undefined && summary === undefined)
    throw invalid('/resident', 'required', 'Say what changes: resident, themes or summary.');
  return [...(resident ? correctResident(resident, context) : []), ...describe(state, correction)];
}

function describe(state: CaseState, { themes, summary }: Correction): Decided[] {
  if (themes !== undefined) checkThemes(themes);
  const same = themes === undefined || canonicalJson([...themes].sort()) === canonicalJson([...state.themes].sort());
  const text = { ...(same ? {} : { themes: [...themes] }), ...(summary === undefined ? {} : { summary }) };
  const data: CaseEventData['CaseDescribed'] = { changed: Object.keys(text) };
  return data.changed.length === 0
    ? []
    : [{ type: 'CaseDescribed', data, pieces: [{ kind: 'shared_text', value: text }] }];
}

function correctResident(changes: ResidentChanges, context: Context): Decided[] {
  const present = residentOf((kind) => context.piece(kind));
  if (present === null) throw notFound();
  const { resident, changed } = correctedResident(present, changes);
  if (changed.length === 0) return [];
  checkResident(Object.fromEntries(changed.map((field) => [field, resident[field]])), context.today);
  return [
    {
      type: 'ResidentCorrected',
      data: { changed } satisfies CaseEventData['ResidentCorrected'],
      pieces: piecesOf(resident),
    },
  ];
}

export interface Assignment {
  readonly counsellorId: Uuid;
  readonly ifMatch?: number;
}

/** A manager names anybody the structure employs; a counsellor may take the case over. Needs the person as a fact. */
export function assign(state: CaseState, { counsellorId, ifMatch }: Assignment, context: Context): Decided[] {
  allow(state, 'assign', context, ifMatch);
  if (context.actor.role !== 'manager' && counsellorId !== context.actor.userId) {
    throw forbidden('A counsellor may take a case over; naming somebody else is for the manager of the structure.');
  }
  const person = personOf(context.fact(counsellorId));
  if (!person || !worksFor(person, context.actor.structureId!, context.today, ['counsellor', 'manager'])) {
    throw invalid('/counsellorId', 'not-employed', 'This person does not work for your structure at present.');
  }
  if (state.lead?.counsellorId === counsellorId) return [];
  const data: CaseEventData['LeadAssigned'] = {
    counsellorId,
    previousCounsellorId: state.lead?.counsellorId ?? undefined,
  };
  return [{ type: 'LeadAssigned', data: { ...data } }];
}

export interface Closing {
  readonly reason: string;
  readonly cancelReferrals?: boolean;
  readonly cancelHandover?: boolean;
  readonly ifMatch?: number;
}

/**
 * The structure keeps its access as lead, so that it can reopen. The lead period ends, and so does access that no referral would end. A slice may
 * oppose the closing because of what is open on its part of the record.
 */
export function close(
  state: CaseState,
  { reason, cancelReferrals, cancelHandover = cancelReferrals, ifMatch }: Closing,
  context: Context,
): Decided[] {
  allow(state, 'close', context, ifMatch);
  const cancels = { ...(cancelReferrals ? { cancelReferrals } : {}), ...(cancelHandover ? { cancelHandover } : {}) };
  const data: CaseEventData['CaseClosed'] = { reason, ...ledBy(state), ...cancels, ...endsOfAlone(state) };
  return [{ type: 'CaseClosed', data: { ...data } }];
}

export interface Reopening {
  readonly reason: string;
  readonly ifMatch?: number;
}

/** Whoever reopens is the named counsellor of the new lead period. */
export function reopen(state: CaseState, { reason, ifMatch }: Reopening, context: Context): Decided[] {
  allow(state, 'reopen', context, ifMatch);
  allowTakingOn(context);
  const structureId = context.actor.structureId!;
  const data: CaseEventData['CaseReopened'] = {
    lead: { structureId, counsellorId: context.actor.userId },
    silenceDays: delaysFor(structureId, context).silenceCalendarDays,
  };
  return [{ type: 'CaseReopened', data, pieces: [{ kind: 'shared_text', value: { reason } }] }];
}
