import type { Library } from '@fil-rouge/platform';
import { batchSlice } from './batch/handover-batch';
import { BatchEntity, BatchItemEntity } from './batch/handover-batch.entity';
import { HandoverBatchEntity, HandoverBatchItemEntity } from './batch/handover-batch.former.entity';
import { batchItemsSlice } from './batch/handover-batch.slice';
import {
  CasesOfBatches,
  LeavingCounsellors,
  LeavingStructures,
  StartedBatches,
} from './batch/handover-batches.consumers';
import { HandoverAccessEntity, HandoverEntity } from './handover/handover.entity';
import { handoverSlice } from './handover/handover.slice';
import { referralsMigrations } from './migrations';
import { ReferralAccess, ReferralEntity } from './referral/referral.entity';
import { referralsSlice } from './referral/referral.slice';
import { DecidedStructures, HeldReferrals } from './referral/referrals.consumers';
import { ReferralsModule } from './referrals.module';
import { batches, formerBatches } from './schema/batch.sql';
import { handovers } from './schema/handover.sql';
import { referrals } from './schema/referral.sql';
import { territory } from './schema/territory.sql';
import { referralsSentences } from './referrals.french';

/** Referrals, handovers, batches of handovers, tasks, the territory at a glance. */
export const referralsLibrary: Library = {
  name: 'referrals',
  french: referralsSentences,
  module: () => ReferralsModule,
  // A handover sees what it does to open referrals, a batch what became of its handovers.
  slices: [referralsSlice(), handoverSlice, batchItemsSlice, batchSlice],
  entities: [
    ReferralEntity,
    ReferralAccess,
    HandoverEntity,
    HandoverAccessEntity,
    BatchEntity,
    BatchItemEntity,
    HandoverBatchEntity,
    HandoverBatchItemEntity,
  ],
  consumers: [DecidedStructures, HeldReferrals, LeavingStructures, LeavingCounsellors, StartedBatches, CasesOfBatches],
  journal: [
    'referral.list',
    'referral.read',
    'referral.attachments',
    'referral.attachment',
    'handover.list',
    'handover.read',
    'task.list',
    'territory.read',
    'handover-batch.list',
    'handover-batch.read',
  ],
  migrations: referralsMigrations,
  texts: [...referrals, ...handovers, ...batches, ...formerBatches, ...territory],
};
