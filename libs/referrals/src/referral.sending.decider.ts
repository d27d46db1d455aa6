import { forbidden, invalid, Problem, type Context, type ProblemCode } from '@fil-rouge/kernel';
import { ledMerged, objectsTo } from '@fil-rouge/cases';
import { covers, isNotYetValidated, structureOf, type StructureState } from '@fil-rouge/users';
import { openReferral, type Referral, type ReferralRecord } from './referral';
import { leads, takesPart } from './referral.policy';

/** What is about to be sent: a draft, or one made and sent in one request. */
export type Sendable = Pick<Referral, 'id' | 'from' | 'to' | 'needs' | 'informedOn' | 'parentId' | 'chain' | 'heldAt'>;

/** A→B→C→D: three referrals in a row. */
const deepest = 3;

/** First reason why it may not be sent, in the order of the contract (403, 409, 422); null when it may. Asked again when a held one is released. */
export function sendingProblem(referral: Sendable, record: ReferralRecord, context: Context): Problem | null {
  const { case: state } = record;
  const recipient = structureOf(context.fact(referral.to));
  if (!mayBeInvolved(structureOf(context.fact(referral.from)))) return forbidden('Your structure is suspended: it may send nothing new.');
  const onward = onwardProblem(referral, record);
  if (onward?.code === 'forbidden') return onward;
  // A→B→C→B for the same need is a duplicate too, and the circle is what must be understood.
  if (onward?.code !== 'cycle' && isKnownDuplicate(referral, record)) {
    return new Problem('duplicate-referral', 'The same needs are already referred to this structure and not answered or finished yet.');
  }
  if (!referral.informedOn || referral.informedOn > context.today) {
    return new Problem('not-informed', 'Inform the resident of this referral first, then say when and how (`informed`).');
  }
  if (objectsTo(state, referral.to)) return new Problem('objection', 'The resident objects to sharing with this structure.');
  if (!recipient || !mayBeInvolved(recipient)) return noSuchRecipient();
  if (!recipient.acceptsReferrals) return new Problem('recipient-unavailable', 'This structure takes no referrals at the moment. Choose another.');
  if (!covers(recipient, state.commune)) {
    return new Problem('out-of-area', 'This structure does not cover the commune of the resident. Choose another.');
  }
  return onward;
}

/** A contributor learns nothing of what others have sent; the lead reads all of it. */
const isKnownDuplicate = (referral: Sendable, { case: state, referrals }: ReferralRecord): boolean =>
  referrals.open.some((other) => (other.from === referral.from || leads(state, referral.from)) && isIdentical(other, referral));

/** Until the State has validated both structures nothing is disclosed: the referral is held. */
export const isHeldBack = ({ from, to }: Pick<Referral, 'from' | 'to'>, context: Context): boolean =>
  [from, to].map((id) => structureOf(context.fact(id))).some((structure) => structure !== undefined && isNotYetValidated(structure));

function onwardProblem({ id, from, to, parentId, chain, heldAt }: Pick<Sendable, 'id' | 'from' | 'to' | 'parentId' | 'chain' | 'heldAt'>, record: ReferralRecord): Problem | null {
  const { case: state, referrals } = record;
  const parent = referrals.open.find(({ id }) => id === parentId);
  if (parentId !== undefined) {
    const accepted = parent?.to === from && ['accepted', 'in_progress', 'on_hold'].includes(parent.status);
    if (!accepted) return invalid('/parentReferralId', 'not-accepted', 'The referral to continue must be one that your structure has accepted and not finished.');
    if (!parent.onwardAllowed) return forbidden('The structure that referred the resident to you did not allow you to refer on.');
  } else if (!heldAt && !leads(state, from) && takesPart(state, from) && !ledMerged(state, from, openReferral(referrals, id)?.seq ?? 0)) {
    // A held one was the lead's when it was sent; it has reported to the new lead since.
    // So was a draft that came with a record merged into this one, from who led that; what it drafts since is a contributor's.
    return invalid('/parentReferralId', 'required', 'Only the lead refers on its own: name the referral that you continue.');
  }
  if (chain.length > deepest) return new Problem('too-deep', `A resident is referred on ${deepest} times at most. Ask the lead to refer.`);
  if (chain.includes(to) || leads(state, to)) return new Problem('cycle', 'This structure already takes part in this chain of referrals. Choose another.');
  return null;
}

export const noSuchRecipient = (): Problem => new Problem('recipient-not-active', 'This structure is not active. Choose another.');

const mayBeInvolved = (structure: StructureState | undefined): boolean =>
  structure !== undefined && (structure.status === 'active' || isNotYetValidated(structure));

const isIdentical = (other: Referral, { id, to, needs }: Sendable): boolean =>
  other.id !== id && other.status !== 'draft' && other.to === to && other.needs.length === needs.length && needs.every((need) => other.needs.includes(need));

const aboutTheRecipient: readonly ProblemCode[] = ['recipient-not-active', 'recipient-unavailable', 'out-of-area', 'objection', 'duplicate-referral', 'cycle'];

/** One of several recipients: what stands against it refuses all, and says which. */
export function ofRecipient<T>(at: number, decide: () => T): T {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof Problem) || !aboutTheRecipient.includes(error.code)) throw error;
    throw new Problem(error.code, error.detail, { ...error.members, errors: [{ pointer: `/toStructureIds/${at}`, code: error.code, detail: error.detail }] });
  }
}
