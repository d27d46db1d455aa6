import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CaseInserts, ClosingRule } from '@fil-rouge/cases';
import { handoverHandlers } from './handovers.commands';
import { HandoversController } from './handovers.controller';
import { HandoversQueries } from './handovers.queries';
import { referralHandlers } from './referrals.commands';
import { ReferralsController } from './referrals.controller';
import { OpenReferralsRule, ReferralsOfCase } from './referrals.on-case';
import { ReferralsQueries } from './referrals.queries';
import { TasksController } from './tasks.controller';
import { TasksQueries } from './tasks.queries';

/** Referrals and handovers. Needs the platform's global providers; global itself, so that cases find what it adds to them. */
@Global()
@Module({
  imports: [CqrsModule],
  controllers: [ReferralsController, HandoversController, TasksController],
  providers: [
    ...referralHandlers, ...handoverHandlers, ReferralsQueries, HandoversQueries, TasksQueries,
    { provide: ClosingRule, useClass: OpenReferralsRule },
    { provide: CaseInserts, useClass: ReferralsOfCase },
  ],
  exports: [ReferralsQueries, HandoversQueries, ClosingRule, CaseInserts],
})
export class ReferralsModule {}
