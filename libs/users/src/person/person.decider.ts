/** What may happen to a person's account and employments. Pure: state, input, context → events, or a `Problem`. */
import {
  checkDay,
  forbidden,
  invalid,
  notFound,
  Problem,
  wrongState,
  type Context,
  type Decided,
  type LocalDate,
  type Role,
  type Uuid,
} from '@fil-rouge/kernel';
import { staysIn, type Employment, type PersonEventData, type PersonState } from './person';
import { endingRefusal, hiringRefusal, mayCorrectName, mayInviteAgain, mayKnow, networkRefusal } from './person.policy';
import { correctName } from './own-account.decider';
import { covers, isGone, structureOf, type StructureState } from '../structure/structure';

export type EmploymentInput = {
  structureId: Uuid;
  role: Role;
  from?: LocalDate;
  until?: LocalDate;
  placedAt?: string;
  territory?: string[];
};
export type InviteInput = EmploymentInput & { name: string; email: string };
export type EndInput = { employmentId: Uuid; until?: LocalDate; reason?: string };

const invitationDays = 7;
/** A working life has a dozen; the state that every decision reads stays small. */
const mostEmployments = 50;

/** A new person: account, first employment, invitation. `invited: false` for demo accounts, which get a password instead. */
export function createPerson(
  id: Uuid,
  state: PersonState,
  { name, email, ...employment }: InviteInput,
  context: Context,
  invited = true,
): Decided[] {
  const started = startEmployment(id, state, employment, context);
  const account: Decided = { type: 'AccountCreated', data: {}, pieces: [{ kind: 'identity', value: { name, email } }] };
  return [account, ...started, ...(invited ? [invite(id, context)] : [])];
}

/** Needs the structure as a fact, whose managers alone hire once it has one. */
export function startEmployment(id: Uuid, state: PersonState, input: EmploymentInput, context: Context): Decided[] {
  const { structureId, role, from = context.today, until, placedAt, territory } = input;
  const { actor, today } = context;
  if (state.status === 'known' && !mayKnow(actor, state)) throw notFound();
  if (id === actor.userId) throw forbidden('Nobody employs themself.');
  const structure = structureOf(context.fact(structureId));
  const refusal = hiringRefusal(actor, input, structure, today) ?? networkRefusal(actor, input, state, today);
  if (refusal) throw refusal;
  if (!structure) throw invalid('/structureId', 'unknown', 'There is no structure of this id.');
  checkTerritory(structure, context);
  if (isGone(structure))
    throw invalid('/structureId', 'closed', 'This structure was refused or closed: nobody can be employed by it.');
  checkDay('employedFrom', from, context.today, '/from');
  if (until !== undefined) checkDay('employedUntil', until, context.today, '/until');
  if (until !== undefined && until < from)
    throw invalid('/until', 'before-from', 'An employment cannot end before it begins.');
  if (placedAt !== undefined && role !== 'counsellor')
    throw invalid('/placedAt', 'not-a-counsellor', 'Only counsellors are placed elsewhere.');
  if (territory !== undefined && role !== 'coordinator')
    throw invalid('/territory', 'not-a-coordinator', 'Only a coordinator has a territory.');
  if (state.employments.length >= mostEmployments)
    throw invalid('', 'too-many', `A person has at most ${mostEmployments} employments.`);
  const same = state.employments.find(
    (other) => other.structureId === structureId && other.role === role && overlaps(other, from, until ?? null),
  );
  if (same)
    throw invalid(
      '/from',
      'overlap',
      `This person already has this role in this structure from ${same.from}${same.until ? ` to ${same.until}` : ''}.`,
    );
  return [
    {
      type: 'EmploymentStarted',
      data: { employmentId: context.newId(), structureId, role, from, until, placedAt, territory },
    },
  ];
}

/**
 * Without `until`, or with a day that has come, the rights end at once; with a later day they last until its end. That the person leads no open
 * case there any more is for the commit to see (`ledCases`): a case may be opened or assigned while this is being decided.
 */
export function endEmployment(
  state: PersonState,
  { employmentId, until, reason }: EndInput,
  context: Context,
): Decided[] {
  const employment = state.employments.find(({ id }) => id === employmentId);
  if (!employment || !mayKnow(context.actor, state)) throw notFound();
  const { structureId, role, from } = employment;
  const refusal = endingRefusal(context.actor, { structureId, role }, reason);
  if (refusal) throw refusal;
  if (employment.ended || (employment.until !== null && employment.until < context.today)) throw wrongState('ended');
  if (until !== undefined) checkDay('employedUntil', until, context.today, '/until');
  const last = until ?? later(from, context.today);
  if (last < from) throw invalid('/until', 'before-from', `This employment begins on ${from}: it cannot end before.`);
  return [
    {
      type: 'EmploymentEnded',
      data: { employmentId, structureId, role, until: last, atOnce: until === undefined || until <= context.today },
      pieces: reason === undefined ? [] : [{ kind: 'shared_text', value: { reason } }],
    },
  ];
}

/** Employments whose last day has passed: an event each, so that what they leave behind is taken care of. */
export function due(state: PersonState, { today }: Context): Decided[] {
  const over = state.employments.filter(
    ({ until, ended, lapsed }) => !ended && !lapsed && until !== null && until < today,
  );
  return over.map(({ id: employmentId, structureId, role }) => ({
    type: 'EmploymentLapsed',
    data: {
      employmentId,
      structureId,
      role,
      leaves: !staysIn(state, structureId, today, employmentId),
    } satisfies PersonEventData['EmploymentLapsed'],
  }));
}

/** A new link for somebody who lost the first, or the password. Only the person's own mailbox receives it. */
export function inviteAgain(id: Uuid, state: PersonState, context: Context): Decided[] {
  if (!mayKnow(context.actor, state)) throw notFound();
  const theirs = state.employments.some((employment) => !employment.ended && mayInviteAgain(context.actor, employment));
  if (!theirs) throw forbidden('You manage none of this person’s employments.');
  return [invite(id, context)];
}

/** Somebody else's name, as everybody reads it. The same again changes nothing. Needs the piece `identity`. */
export function correctNameOf(state: PersonState, input: { name: string }, context: Context): Decided[] {
  if (!mayKnow(context.actor, state)) throw notFound();
  if (!mayCorrectName(context.actor, state, context.today))
    throw forbidden('An administrator corrects this name, or a manager of the structure where this person works.');
  return correctName(input, context);
}

/** An invitation whoever asks for it has been found entitled to. */
export function invite(accountId: Uuid, context: Context): Decided {
  const expiresAt = new Date(Date.parse(context.now) + invitationDays * 86_400_000).toISOString();
  return { type: 'PersonInvited', data: { invitationId: context.newId(), accountId, expiresAt } };
}

function checkTerritory(structure: StructureState, { actor: { role, territory } }: Context): void {
  if (role !== 'coordinator' || territory === null || territory.some((commune) => covers(structure, commune))) return;
  throw forbidden('This structure works outside your territory.');
}

/** An employment ended at once leaves its last day free: whoever ended it by mistake can start it again. */
export function overlaps(other: Employment, from: LocalDate, until: LocalDate | null): boolean {
  const startsInTime = until === null || other.from <= until;
  const stillThere = other.until === null || (other.ended ? from < other.until : from <= other.until);
  return startsInTime && stillThere;
}

const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

/** @param count open cases that no batch of handovers covers, and those that a handover agreed on will bring */
export const leadsOpenCases = (count: number) =>
  new Problem(
    'wrong-state',
    `This person still leads ${count} open case${count === 1 ? '' : 's'} for this structure, or is about to. Assign them, hand them over, or prepare a batch first.`,
    { status: 'leads-open-cases', actions: [], openCases: count },
  );
