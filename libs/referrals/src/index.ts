import type { Type } from '@nestjs/common';
import type { Slice } from '@fil-rouge/kernel';
import type { Chore, ConsumerInterest } from '@fil-rouge/platform';
import { HandoverBatchEntity, HandoverBatchItemEntity } from './handover-batch.entity';
import { leavingCounsellors, LeavingCounsellors, leavingStructures, LeavingStructures } from './handover-batches.consumer';
import { HandoverBatchRunner } from './handover-batches.runner';
import { HandoverAccessEntity, HandoverEntity } from './handover.entity';
import { handoverSlice } from './handover.slice';
import { ReferralAccess, ReferralEntity } from './referral.entity';
import { referralsSlice } from './referral.slice';
import { decidedStructures, DecidedStructures, heldReferrals, HeldReferrals } from './referrals.consumers';

export { HandoverBatchRunner } from './handover-batches.runner';
export { HandoversQueries } from './handovers.queries';
export type { Handover, HandoverEventData, HandoverEventType, HandoverRecord, HandoverState, OfHandover } from './handover';
export { handoverRules } from './handover.policy';
export { referralsMigrations } from './migrations';
export type { OfReferral, Referral, ReferralEventData, ReferralEventType, ReferralRecord, ReferralsState } from './referral';
export { defaultDelays, type ReferralDelays } from './referral.delays';
export { rules as referralRules } from './referral.policy';
export { referralsSlice } from './referral.slice';
export { ReferralsModule } from './referrals.module';
export { ReferralsQueries } from './referrals.queries';
export { taskRules } from './tasks.rules';

/** The lower slice first: a handover sees what it does to open referrals. */
export const referralsSlices: readonly Slice[] = [referralsSlice(), handoverSlice];
export const referralsEntities = [ReferralEntity, ReferralAccess, HandoverEntity, HandoverAccessEntity, HandoverBatchEntity, HandoverBatchItemEntity];
/** Names for every process; handlers for the worker. */
export const referralsConsumers: readonly ConsumerInterest[] = [decidedStructures, heldReferrals, leavingStructures, leavingCounsellors];
export const referralsHandlers = [DecidedStructures, HeldReferrals, LeavingStructures, LeavingCounsellors];
/** What the worker looks at with every tick. */
export const referralsChores: readonly Type<Chore>[] = [HandoverBatchRunner];
