import { Module, type DynamicModule } from '@nestjs/common';
import { CasesModule } from '@fil-rouge/cases';
import { NotificationsModule } from '@fil-rouge/notifications';
import { PlatformModule } from '@fil-rouge/platform';
import { ReferralsModule } from '@fil-rouge/referrals';
import { UsersModule } from '@fil-rouge/users';
import { platformOptions, type Runtime } from '../../system';

/**
 * The HTTP side, whole. A request for a referral goes: referrals.controller → referrals.commands → Records.decide (platform), which loads the
 * record, asks referral.decider what happens and referral.projection which rows follow, and commits; then referrals.queries reads it back.
 */
@Module({})
export class ApiModule {
  static for(runtime: Runtime): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.for(platformOptions(runtime)), // records, access, problems, health, metrics
        UsersModule, //                                   structures, accounts, employments, sign-in
        CasesModule, //                                   residents' cases, sessions, workshops, timeline, audit
        ReferralsModule, //                               referrals and handovers
        NotificationsModule, //                           the inbox
      ],
    };
  }
}
