import {
  forbidden,
  invalid,
  Problem,
  type Context,
  type Decided,
  type ProblemCode,
  type Uuid,
} from '@fil-rouge/kernel';
import { informedProblem, ledMerged, objectsTo, takesPart, type Identity } from '@fil-rouge/cases';
import { covers, hasPeople, isNotYetValidated, structureOf, type StructureState } from '@fil-rouge/users';
import { openReferral, type Informed, type Referral, type ReferralRecord } from './referral';
import { disclosed, heldBack } from './referral.events';
import { leads } from './referral.policy';

/** What is about to be sent: a draft, or one made and sent in one request. */
export type Sendable = Pick<
  Referral,
  'id' | 'from' | 'needs' | 'urgency' | 'informedOn' | 'parentId' | 'chain' | 'heldAt'
> & { to: Uuid };

/** A→B→C→D: three referrals in a row. */
const deepest = 3;

/** Checked as a whole at the moment of sending, whatever was said of it before: sent, or held while one of the two is not validated. */
export function dispatch(
  { to, ...draft }: Omit<Sendable, 'to'> & Pick<Referral, 'to' | 'contact'>,
  record: ReferralRecord,
  context: Context,
  informed?: Informed,
): Decided {
  if (to === undefined) throw invalid('/toStructureId', 'required', 'Say which structure is asked to help.');
  const referral = { ...draft, to };
  const problem = sendingProblem(referral, record, context) ?? contactProblem(referral, context);
  if (problem) throw problem;
  // What was said about informing the resident is kept with whichever event follows.
  return isHeldBack(referral, context) ? heldBack(referral, context, informed) : disclosed(referral, context, informed);
}

/** First reason why it may not be sent, in the order of the contract (403, 409, 422); null when it may. Asked again when a held one is released. */
export function sendingProblem(referral: Sendable, record: ReferralRecord, context: Context): Problem | null {
  const { case: state } = record;
  const recipient = structureOf(context.fact(referral.to));
  if (!mayBeInvolved(structureOf(context.fact(referral.from))))
    return forbidden('Your structure is suspended: it may send nothing new.');
  const onward = onwardProblem(referral, record);
  if (onward?.code === 'forbidden') return onward;
  // A→B→C→B for the same need is a duplicate too, and the circle is what must be understood.
  if (onward?.code !== 'cycle' && isKnownDuplicate(referral, record)) {
    return new Problem(
      'duplicate-referral',
      'The same needs are already referred to this structure and not answered or finished yet.',
    );
  }
  if (!referral.informedOn)
    return new Problem(
      'not-informed',
      'Inform the resident of this referral first, then say when and how (`informed`).',
    );
  // One that was held was informed of in time, however long the State took.
  const notInformed = referral.heldAt ? null : informedProblem(referral.informedOn, context.today);
  if (notInformed) return notInformed;
  if (objectsTo(state, referral.to))
    return new Problem('objection', 'The resident objects to sharing with this structure.');
  const unavailable = unavailability(recipient, context);
  if (unavailable || !recipient) return unavailable ?? noSuchRecipient();
  if (!covers(recipient, state.commune)) {
    return new Problem('out-of-area', 'This structure does not cover the commune of the resident. Choose another.');
  }
  return onward;
}

/** Why nobody can be sent there now, whoever asks and for whatever. */
function unavailability(recipient: StructureState | undefined, { today }: Context): Problem | null {
  if (!recipient || !mayBeInvolved(recipient)) return noSuchRecipient();
  if (!recipient.acceptsReferrals)
    return new Problem('recipient-unavailable', 'This structure takes no referrals at the moment. Choose another.');
  // One that waits for the State may not have anybody yet; it is asked again when what is held would be sent.
  if (!isNotYetValidated(recipient) && !hasPeople(recipient, today))
    return new Problem('recipient-unavailable', 'Nobody works in this structure at the moment. Choose another.');
  return null;
}

/** Whom a refusal names instead is offered to the sender as it stands: it must be one that could be asked. */
export function checkBetter(
  { case: state }: ReferralRecord,
  { from, to }: Pick<Referral, 'from' | 'to'>,
  id: Uuid,
  context: Context,
): void {
  const refuse = (code: string, detail: string): Problem => invalid('/betterStructureId', code, detail);
  const better = structureOf(context.fact(id));
  if (!better) throw refuse('unknown', 'There is no structure with this id.');
  if (id === to) throw refuse('own', 'Name another structure than your own.');
  if (id === from || leads(state, id))
    throw refuse('asks', 'This structure follows the resident already. Name another, or none.');
  if (unavailability(better, context))
    throw refuse('unavailable', 'Nobody can be sent to this structure at the moment. Name another, or none.');
}

/**
 * Somebody who wishes to be called needs a number on the record: else the recipient accepts whom it cannot reach. Asked when it is sent, draft or not; a correction that
 * takes the number away afterwards is the truth, and is never refused.
 */
export function contactProblem({ contact }: Pick<Referral, 'contact'>, context: Context): Problem | null {
  const known = context.piece('identity') as Identity | undefined;
  if (contact === 'phone' && !known?.phone)
    return invalid(
      '/contact',
      'no-phone',
      'There is no telephone number on the record. Add it, or choose another way of contact.',
    );
  if (contact === 'email' && !known?.email)
    return invalid(
      '/contact',
      'no-email',
      'There is no e-mail address on the record. Add it, or choose another way of contact.',
    );
  return null;
}

/** A contributor learns nothing of what others have sent; the lead reads all of it. */
const isKnownDuplicate = (referral: Sendable, { case: state, referrals }: ReferralRecord): boolean =>
  referrals.open.some(
    (other) => (other.from === referral.from || leads(state, referral.from)) && isIdentical(other, referral),
  );

/** Until the State has validated both structures nothing is disclosed: the referral is held. */
export const isHeldBack = ({ from, to }: Pick<Referral, 'from' | 'to'>, context: Context): boolean =>
  [from, to]
    .map((id) => structureOf(context.fact(id)))
    .some((structure) => structure !== undefined && isNotYetValidated(structure));

function onwardProblem(
  { id, from, to, parentId, chain, heldAt }: Pick<Sendable, 'id' | 'from' | 'to' | 'parentId' | 'chain' | 'heldAt'>,
  record: ReferralRecord,
): Problem | null {
  const { case: state, referrals } = record;
  const parent = referrals.open.find(({ id }) => id === parentId);
  if (parentId !== undefined) {
    const accepted = parent?.to === from && ['accepted', 'in_progress', 'on_hold'].includes(parent.status);
    if (!accepted) return notAccepted();
    if (!parent.onwardAllowed)
      return forbidden('The structure that referred the resident to you did not allow you to refer on.');
  } else if (
    !heldAt &&
    !leads(state, from) &&
    takesPart(state, from) &&
    !ledMerged(state, from, openReferral(referrals, id)?.seq ?? 0)
  ) {
    // A held one was the lead's when it was sent; it has reported to the new lead since.
    // So was a draft that came with a record merged into this one, from who led that; what it drafts since is a contributor's.
    return invalid(
      '/parentReferralId',
      'required',
      'Only the lead refers on its own: name the referral that you continue.',
    );
  }
  if (chain.length > deepest)
    return new Problem('too-deep', `A resident is referred on ${deepest} times at most. Ask the lead to refer.`);
  if (leads(state, to))
    return new Problem('cycle', 'This structure leads the case already: it reads what you record. Choose another.');
  if (chain.includes(to))
    return new Problem('cycle', 'This structure already takes part in this chain of referrals. Choose another.');
  return null;
}

export const ownStructure = (pointer = '/toStructureId'): Problem =>
  invalid(pointer, 'own-structure', 'This is your own structure. Assign the case to a colleague instead.');

export const notAccepted = (): Problem =>
  invalid(
    '/parentReferralId',
    'not-accepted',
    'The referral to continue must be one that your structure has accepted and not finished.',
  );

export const noSuchRecipient = (): Problem =>
  new Problem('recipient-not-active', 'This structure is not active. Choose another.');

const mayBeInvolved = (structure: StructureState | undefined): boolean =>
  structure !== undefined && (structure.status === 'active' || isNotYetValidated(structure));

const isIdentical = (other: Referral, { id, to, needs }: Sendable): boolean =>
  other.id !== id &&
  other.status !== 'draft' &&
  other.to === to &&
  other.needs.length === needs.length &&
  needs.every((need) => other.needs.includes(need));

const aboutTheRecipient: readonly ProblemCode[] = [
  'recipient-not-active',
  'recipient-unavailable',
  'out-of-area',
  'objection',
  'duplicate-referral',
  'cycle',
];

/** One of several recipients: what stands against it refuses all, and says which. */
export function ofRecipient<T>(at: number, decide: () => T): T {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.members.errors?.[0]?.pointer === '/toStructureId')
      throw invalid(`/toStructureIds/${at}`, error.members.errors[0].code, error.detail);
    if (!aboutTheRecipient.includes(error.code)) throw error;
    throw new Problem(error.code, error.detail, {
      ...error.members,
      errors: [{ pointer: `/toStructureIds/${at}`, code: error.code, detail: error.detail }],
    });
  }
}
