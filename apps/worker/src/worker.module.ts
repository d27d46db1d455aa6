import { Module, type DynamicModule } from '@nestjs/common';
import { CasesModule, casesChores } from '@fil-rouge/cases';
import { NotificationsModule, notificationsChores, notificationsHandlers } from '@fil-rouge/notifications';
import { PlatformModule, WorkModule } from '@fil-rouge/platform';
import { ReferralsModule, referralsChores, referralsHandlers } from '@fil-rouge/referrals';
import { UsersModule } from '@fil-rouge/users';
import { platformOptions, type Runtime } from '../../system';

/** Effects and clocks: the same modules as the api, and what answers the bell. */
@Module({})
export class WorkerModule {
  static for(runtime: Runtime): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.for(platformOptions(runtime)),
        WorkModule.for({
          bell: runtime.bell,
          modules: [UsersModule, CasesModule, ReferralsModule, NotificationsModule.for(runtime.settings)],
          consumers: [...referralsHandlers, ...notificationsHandlers],
          chores: [...casesChores, ...referralsChores, ...notificationsChores],
        }),
      ],
    };
  }
}
