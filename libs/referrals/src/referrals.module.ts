import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CaseInserts, ClosingRule, MergingRule } from '@fil-rouge/cases';
import { CreateBroadcastHandler } from './broadcasts.commands';
import { handoverBatchHandlers, HandoverBatchDesk, HandoverBatchProposals } from './handover-batches.commands';
import { HandoverBatchesController } from './handover-batches.controller';
import { HandoverBatchesQueries } from './handover-batches.queries';
import { handoverHandlers } from './handovers.commands';
import { HandoversController } from './handovers.controller';
import { HandoversQueries } from './handovers.queries';
import { referralHandlers } from './referrals.commands';
import { ReferralsController } from './referrals.controller';
import { OpenReferralsGoOn, OpenReferralsRule, ReferralsOfCase } from './referrals.on-case';
import { ReferralsQueries } from './referrals.queries';
import { TasksController } from './tasks.controller';
import { TasksQueries } from './tasks.queries';

/** Referrals and handovers. Needs the platform's global providers; global itself, so that cases find what it adds to them. */
@Global()
@Module({
  imports: [CqrsModule],
  controllers: [ReferralsController, HandoversController, HandoverBatchesController, TasksController],
  providers: [
    ...referralHandlers, CreateBroadcastHandler, ...handoverHandlers, ReferralsQueries, HandoversQueries, TasksQueries,
    ...handoverBatchHandlers, HandoverBatchDesk, HandoverBatchProposals, HandoverBatchesQueries,
    { provide: ClosingRule, useClass: OpenReferralsRule },
    { provide: MergingRule, useClass: OpenReferralsGoOn },
    { provide: CaseInserts, useClass: ReferralsOfCase },
  ],
  exports: [ReferralsQueries, HandoversQueries, ClosingRule, CaseInserts, MergingRule],
})
export class ReferralsModule {}
