import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CaseInserts } from '@fil-rouge/cases';
import { UsersModule } from '@fil-rouge/users';
import { CreateBroadcastHandler } from './referral/broadcasts.commands';
import { handoverBatchHandlers, HandoverBatchDesk, HandoverBatchProposals } from './batch/handover-batches.commands';
import { UndoHandoverBatchHandler } from './batch/handover-batches.undoing.commands';
import { HandoverBatchesController } from './batch/handover-batches.controller';
import { HandoverBatchesQueries } from './batch/handover-batches.queries';
import { handoverHandlers } from './handover/handovers.commands';
import { HandoversController } from './handover/handovers.controller';
import { HandoversQueries } from './handover/handovers.queries';
import { referralAttachmentsHandlers } from './referral/referral-attachments.commands';
import { ReferralAttachmentsController } from './referral/referral-attachments.controller';
import { ReferralAttachmentsQueries } from './referral/referral-attachments.queries';
import { referralHandlers } from './referral/referrals.commands';
import { ReferralCountsQueries } from './referral/referral-counts.queries';
import { ReferralsController } from './referral/referrals.controller';
import { ReferralsOfCase } from './referral/referrals.on-case';
import { ReferralsQueries } from './referral/referrals.queries';
import { TasksController } from './tasks/tasks.controller';
import { TasksQueries } from './tasks/tasks.queries';
import { TerritoryController } from './territory/territory.controller';
import { TerritoryQueries } from './territory/territory.queries';

/** Referrals and handovers. Needs the platform's global providers; global itself, so that cases find what it adds to them. */
@Global()
@Module({
  imports: [CqrsModule, UsersModule],
  controllers: [
    ReferralsController,
    ReferralAttachmentsController,
    HandoversController,
    HandoverBatchesController,
    TasksController,
    TerritoryController,
  ],
  providers: [
    ...referralHandlers,
    CreateBroadcastHandler,
    ...referralAttachmentsHandlers,
    ReferralAttachmentsQueries,
    ...handoverHandlers,
    ReferralsQueries,
    ReferralCountsQueries,
    HandoversQueries,
    TasksQueries,
    TerritoryQueries,
    ...handoverBatchHandlers,
    UndoHandoverBatchHandler,
    HandoverBatchDesk,
    HandoverBatchProposals,
    HandoverBatchesQueries,
    { provide: CaseInserts, useClass: ReferralsOfCase },
  ],
  exports: [ReferralsQueries, HandoversQueries, TasksQueries, CaseInserts],
})
export class ReferralsModule {}
