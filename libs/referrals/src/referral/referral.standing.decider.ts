import {
  forbidden,
  invalid,
  isStaff,
  notFound,
  Problem,
  stale,
  wrongState,
  type Context,
  type Uuid,
} from '@fil-rouge/kernel';
import { endedByMerge, participationOf, takesPart } from '@fil-rouge/cases';
import { personOf, structureOf, worksFor } from '@fil-rouge/users';
import { openReferral, type Referral, type ReferralRecord, type Standing } from './referral';
import { actionsOf, isTakingOn, isVisibleTo, leads, mayEver, rolesOf, type ReferralAction } from './referral.policy';

/** Which referral, and its version when `If-Match` was sent. */
export type OnReferral = { referralId: Uuid; ifMatch?: number };

/** The open referral, when the action is the actor's and possible now. Problems in this order: 404, 403, 412, 409. */
export function decideOn(
  record: ReferralRecord,
  input: OnReferral,
  action: ReferralAction,
  context: Context,
): Referral {
  const { id } = standingFor(record, input, action, context);
  return openReferral(record.referrals, id)!;
}

export function standingFor(
  record: ReferralRecord,
  { referralId, ifMatch }: OnReferral,
  action: ReferralAction,
  context: Context,
): Standing {
  const { actor } = context;
  const referral = visible(record, referralId, context);
  const roles = rolesOf(referral, actor, record.case);
  if (!mayEver(action, roles)) throw forbidden('This referral is visible to you, but this is not yours to do.');
  if (isTakingOn(action)) checkNotSuspended(context);
  // Who has left reads the version of that day, for ever.
  if (ifMatch !== undefined && ifMatch !== referral.version && !roles.includes('former_sender')) throw stale();
  const actions = actionsOf(referral, actor, record.case);
  // Who has left reads the state of that day: what became of it since is not told by a refusal either. Whom the merge itself ended knows of it.
  const left = roles.includes('former_sender') && !endedByMerge(record.case, actor.structureId);
  if (!actions.includes(action)) throw left ? noLonger() : wrongState(referral.status, actions);
  // What ended on a record that went on elsewhere ended with it: its log is closed.
  if (record.case.status === 'merged') throw left ? noLonger() : wrongState('merged');
  return referral;
}

/** Problems: 404 when it does not exist for the actor. */
export function visible(record: ReferralRecord, referralId: Uuid, context: Context): Standing {
  const { referrals } = record;
  const referral =
    openReferral(referrals, referralId) ?? referrals.justEnded.find(({ id }) => id === referralId) ?? endedOf(context);
  if (!referral || !isVisibleTo(referral, context.actor, record.case)) throw notFound();
  return referral;
}

const noLonger = () =>
  new Problem('wrong-state', 'This is not possible any more. Ask who leads the case now.', { actions: [] });

/** Columns of the read row a rule may rely on: it is under the record's version. */
export type ReferralRow = {
  id: Uuid;
  case_id: Uuid;
  status: Referral['status'];
  version: number;
  seq: number;
  from_structure_id: Uuid;
  to_structure_id: Uuid | null;
  parent_from_id: Uuid | null;
  sent_at: string | null;
  cancellation_requested_at: string | null;
};

function endedOf(context: Context): Standing | undefined {
  const row = context.row<ReferralRow>('referral');
  return (
    row && {
      id: row.id,
      status: row.status,
      version: row.version,
      seq: row.seq,
      from: row.from_structure_id,
      to: row.to_structure_id ?? undefined,
      parentFrom: row.parent_from_id ?? undefined,
      sentAt: row.sent_at ?? undefined,
      cancellationRequestedAt: row.cancellation_requested_at ?? undefined,
    }
  );
}

/** Who helps is somebody whom the recipient employs. Needs the person as a fact. */
export function checkContact({ to }: Referral, contactUserId: Uuid, context: Context): void {
  const contact = personOf(context.fact(contactUserId));
  if (contact && worksFor(contact, to!, context.today, ['counsellor', 'manager'])) return;
  throw invalid('/contactUserId', 'not-employed', 'This person does not work for your structure at present.');
}

/** A structure that is suspended goes on with what it has begun. */
function checkNotSuspended(context: Context): void {
  if (structureOf(context.fact(context.actor.structureId))?.status === 'suspended')
    throw forbidden('Your structure is suspended: it may send and accept nothing new.');
}

/** The actor's structure, when it may refer on this case at all. `ifMatch` is the version of the case. */
export function senderOf(
  { case: state }: ReferralRecord,
  { send, ifMatch }: { send: boolean; ifMatch?: number },
  context: Context,
): Uuid {
  const { actor } = context;
  const participation = participationOf(state, actor.structureId);
  // A candidate reads the referral; the case itself does not exist for it yet.
  if (actor.structureId === null || participation === null || participation === 'candidate') throw notFound();
  if (!isStaff(actor)) throw forbidden();
  if (!takesPart(state, actor.structureId)) throw forbidden('Your structure no longer takes part in this case.');
  if (send) checkNotSuspended(context);
  if (ifMatch !== undefined && ifMatch !== state.version) throw stale();
  if (state.status !== 'open') throw wrongState(state.status);
  return actor.structureId;
}

/** "Again" names an ended referral of the case that was the sender's own, or any of the case it leads. Needs the row `previous`. */
export function checkPrevious(
  { case: state, referrals }: ReferralRecord,
  caseId: Uuid,
  from: Uuid,
  context: Context,
): void {
  const previous = context.row<ReferralRow>('previous');
  // What ended on a record that was merged into this one is of this case too.
  if (
    !previous ||
    ![caseId, ...state.mergedFrom].includes(previous.case_id) ||
    (previous.from_structure_id !== from && !leads(state, from))
  ) {
    throw invalid(
      '/previousReferralId',
      'unknown',
      'The referral to try again must be an ended one of this case that your structure sent, or any of a case that it leads.',
    );
  }
  if (openReferral(referrals, previous.id))
    throw invalid(
      '/previousReferralId',
      'not-ended',
      'The referral to try again has not ended yet. Withdraw it first.',
    );
}
