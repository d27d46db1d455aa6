/** Joining a file to a referral, and taking it away again. Pure. */
import { forbidden, notFound, Problem, wrongState, type Context, type Decided, type Uuid } from '@fil-rouge/kernel';
import {
  attached,
  nameOfFile,
  saying,
  type AttachmentEventData,
  type AttachmentRow,
  type Attaching,
  type Removing,
} from '@fil-rouge/cases';
import type { ReferralRecord, Standing } from './referral';
import { mayAttach, rolesOf } from './referral.policy';
import { visible, type ReferralRow } from './referral.standing.decider';

/**
 * By who sends it, from the draft on: whoever is asked reads it with the message, before having answered. By the recipient while it helps. It is sealed for the
 * record `caseId`, and no other opens it.
 */
export function attachToReferral(
  record: ReferralRecord,
  { caseId, referralId, file }: { caseId: Uuid; referralId: Uuid; file: Attaching },
  context: Context,
): Decided[] {
  const referral = visible(record, referralId, context);
  const roles = rolesOf(referral, context.actor, record.case);
  if (!roles.includes('sender') && !roles.includes('recipient'))
    throw forbidden('This referral is visible to you, but this is not yours to do.');
  if (!mayAttach(roles, referral.status)) throw wrongState(referral.status);
  if (context.row<ReferralRow>('referral')?.case_id !== caseId || record.case.status === 'merged')
    throw new Problem('busy', 'This record has just been merged with another one. Try again.', { retryAfter: 1 });
  const data: AttachmentEventData['ReferralFileAttached'] = { ...attached(file), ...sidesOf(referral) };
  return [
    { ...about(referral), type: 'ReferralFileAttached', data: { ...data }, pieces: [nameOfFile(file, referralId)] },
  ];
}

/** Also when it has ended: what was joined to the wrong one must not stay there. */
export function removeFromReferral(
  record: ReferralRecord,
  { caseId, referralId, ...removing }: Removing & { caseId: Uuid; referralId: Uuid },
  context: Context,
): Decided[] {
  const referral = visible(record, referralId, context);
  const row = context.row<AttachmentRow>('attachment');
  const here = row?.entry_id === referralId && [caseId, ...record.case.mergedFrom].includes(row.case_id);
  if (!here || row.structure_id !== context.actor.structureId) throw notFound();
  if (!['open', 'closed'].includes(record.case.status)) throw wrongState(record.case.status);
  const { attachmentId, reason } = removing;
  const data: AttachmentEventData['ReferralFileRemoved'] = { attachmentId, reason, ...sidesOf(referral) };
  return [{ ...about(referral), type: 'ReferralFileRemoved', data: { ...data }, pieces: saying(removing, referralId) }];
}

const about = ({ id }: Standing) => ({ about: id, audience: 'about' as const });

const sidesOf = ({ id, from, to }: Standing) => ({
  referralId: id,
  fromStructureId: from,
  ...(to === undefined ? {} : { toStructureId: to }),
});
