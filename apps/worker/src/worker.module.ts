import { Module, type DynamicModule } from '@nestjs/common';
import { Earshot, PlatformModule, WorkModule } from '@fil-rouge/platform';
import { chores, handlers, libraries, platformOptions, type Runtime } from '../../system';

/** Effects and clocks: the same modules as the api, and what answers the bell. */
@Module({})
export class WorkerModule {
  static for(given: Runtime): DynamicModule {
    // What it commits itself it hears without a queue.
    const runtime = { ...given, bell: { earshot: new Earshot(), ...given.bell } };
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.for(platformOptions(runtime)),
        WorkModule.for({
          bell: runtime.bell,
          modules: libraries.flatMap(({ module, workerModule }) => (workerModule ?? module)?.(runtime.settings) ?? []),
          consumers: handlers,
          chores,
        }),
      ],
    };
  }
}
