import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformModule } from '@fil-rouge/platform';
import { libraries, platformOptions, type Runtime } from '../../system';

/**
 * The HTTP side, whole. A request for a referral goes: referrals.controller → referrals.commands → Records.decide (platform) → referrals.queries.
 * Records.decide loads the record, asks referral.decider what happens and referral.projection which rows follow, and commits. The queries read the
 * referral back for the answer.
 */
@Module({})
export class ApiModule {
  static for(runtime: Runtime): DynamicModule {
    return {
      module: ApiModule,
      // Records, access, problems, health and metrics; then what each library brings.
      imports: [
        PlatformModule.for(platformOptions(runtime)),
        ...libraries.flatMap(({ module }) => module?.(runtime.settings) ?? []),
      ],
    };
  }
}
